"""The files of deploy/: what systemd, compose, Kubernetes and the image are to hold a hub to."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from kubernetes_validate import ValidationError, validate

from hub.live_limits import LiveLimits
from hub.process.supervisor import GRACE_S
from hub.settings import Settings
from hub.version import VERSION
from tests.end_to_end.site import ROOT

DEPLOY = ROOT / "deploy"
STOPS_WITHIN_S = 13
"""How long a stop may take on a busy machine (docs/operating.md)."""


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose/compose.yaml").read_text())
    return found


def manifests() -> dict[str, dict[str, Any]]:
    return {each["kind"]: each for each in yaml.safe_load_all((DEPLOY / "kubernetes/scan-hub.yaml").read_text())}


def test_compose_file_is_one_by_its_specification() -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    checked = subprocess.run([*command, str(DEPLOY / "compose/compose.yaml")], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_variables_of_compose_are_those_of_its_example() -> None:
    asked = re.findall(r"\$\{(\w+)", (DEPLOY / "compose/compose.yaml").read_text())
    example = (DEPLOY / "compose/example.env").read_text()
    assert set(asked) == set(re.findall(r"^(\w+)=", example, re.MULTILINE))


@pytest.mark.parametrize("version", ["1.30", "1.34"])
def test_manifests_are_taken_by_kubernetes_without_an_unknown_field(version: str) -> None:
    for manifest in manifests().values():
        validate(manifest, version, strict=True)


def test_a_manifest_with_an_unknown_field_is_not_taken() -> None:
    service = manifests()["Service"]
    service["spec"]["prots"] = service["spec"].pop("ports")
    with pytest.raises(ValidationError):
        validate(service, "1.34", strict=True)


def test_files_and_pages_name_the_version_that_there_is() -> None:
    (container,) = manifests()["Deployment"]["spec"]["template"]["spec"]["containers"]
    assert container["image"].endswith(f"/scan-hub:{VERSION}")
    assert f"scan_hub-{VERSION}-py3-none-any.whl" in (ROOT / "docs/operating.md").read_text()
    assert re.search(
        rf"^## {re.escape(VERSION)} - \d{{4}}-\d\d-\d\d$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE
    )


def test_every_setting_that_is_named_exists() -> None:
    fields = {f"HUB_{field.upper()}" for kind in (Settings, LiveLimits) for field in kind.__struct_fields__}
    of_the_proxy = {"HUB_DOMAIN", "HUB_UPSTREAMS", "HUB_LOG"}
    for file in (path for path in DEPLOY.rglob("*") if path.is_file() and path.suffix != ".pyc"):
        named = set(re.findall(r"\bHUB_[A-Z_]+[A-Z]\b", file.read_text()))
        assert named <= fields | of_the_proxy, file


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze: apt-get install systemd")
def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    unit = (DEPLOY / "systemd/scan-hub.service").read_text()
    assert "ExecStart=/opt/scan-hub/bin/scan-hub serve\n" in unit
    (tmp_path / "scan-hub.service").write_text(unit.replace("/opt/scan-hub/bin/scan-hub", sys.executable))
    command = ["systemd-analyze", "verify", "--recursive-errors=no", str(tmp_path / "scan-hub.service")]
    verified = subprocess.run(command, capture_output=True, text=True)
    assert (verified.returncode, verified.stdout + verified.stderr) == (0, "")


def test_whatever_stops_a_hub_waits_longer_than_a_stop_takes() -> None:
    assert LiveLimits().drain_s + GRACE_S < STOPS_WITHIN_S
    unit = (DEPLOY / "systemd/scan-hub.service").read_text()
    assert int(re.findall(r"^TimeoutStopSec=(\d+)$", unit, re.MULTILINE)[0]) > STOPS_WITHIN_S
    assert int(compose()["services"]["hub1"]["stop_grace_period"].removesuffix("s")) > STOPS_WITHIN_S
    pod = manifests()["Deployment"]["spec"]["template"]["spec"]
    assert pod["terminationGracePeriodSeconds"] > STOPS_WITHIN_S


def test_hubs_in_containers_have_no_rights_and_write_to_their_volumes_alone() -> None:
    for name in ("hub1", "hub2"):
        hub = compose()["services"][name]
        assert hub["read_only"] is True and hub["cap_drop"] == ["ALL"]
        assert hub["volumes"] == [f"{name}:/data"]
    pod = manifests()["Deployment"]["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert container["securityContext"]["readOnlyRootFilesystem"] is True
    assert {each["mountPath"] for each in container["volumeMounts"]} == {"/data", "/tmp"}
    image = (DEPLOY / "Containerfile").read_text()
    assert image.index("USER 10001") < image.index("ENTRYPOINT")


def test_probes_ask_what_the_hub_answers() -> None:
    (container,) = manifests()["Deployment"]["spec"]["template"]["spec"]["containers"]
    paths = {kind: container[f"{kind}Probe"]["httpGet"]["path"] for kind in ("readiness", "liveness", "startup")}
    assert paths == {"readiness": "/readyz", "liveness": "/healthz", "startup": "/healthz"}


def test_compose_has_a_set_of_three_with_a_login_that_only_hubs_reach() -> None:
    services = compose()["services"]
    for name in ("mongo1", "mongo2", "mongo3"):
        assert {"--replSet", "--keyFile"} <= set(services[name]["command"])
        assert services[name]["networks"] == ["database"] and "ports" not in services[name]
    assert compose()["networks"]["database"] == {"internal": True}
    for hub in (services["hub1"], services["hub2"]):
        assert hub["env_file"] == ["hub.env"] and "ROOT" not in str(hub), "the root's password is for the set alone"
    assert "ROOT" not in str(services["mongo-init"]["entrypoint"]), "a command line is seen by all"
    assert "ports" in services["proxy"] and services["proxy"]["networks"] == ["front"]


def test_example_environment_of_the_service_is_one_that_a_hub_starts_with() -> None:
    lines = (DEPLOY / "systemd/environment.example").read_text().splitlines()
    environment = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    settings = Settings.load({}, environment)
    assert msgspec.structs.asdict(settings)["base_url"] == "https://hub.example.org"
    assert settings.trusted_proxies == ("127.0.0.1",)
