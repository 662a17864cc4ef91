"""Build hooks of the wheel: the dependencies of requirements.txt, and the pages' packages out of `web/node_modules`.

A wheel holds of npm's packages only what `handlers/pages/vendor.py` lists, so that an installed hub needs no Node.
Where `web/node_modules` lacks one in the locked version, npm installs them into a folder that is thrown away.
"""

import ast
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface


class Dependencies(MetadataHookInterface):
    """Metadata hook: the lines of requirements.txt are the wheel's dependencies, of requirements-otel.txt an extra."""

    PLUGIN_NAME = "custom"

    def update(self, metadata: dict[str, Any]) -> None:
        """Set `dependencies` and `optional-dependencies` in `metadata`."""
        metadata["dependencies"] = self._lines("requirements.txt")
        metadata["optional-dependencies"] = {"otel": self._lines("requirements-otel.txt")}

    def _lines(self, name: str) -> list[str]:
        lines = (line.strip() for line in Path(self.root, name).read_text().splitlines())
        return [line for line in lines if line and not line.startswith("#")]


class PagesPackages(BuildHookInterface[Any]):
    """Build hook: the npm packages that pages need, with their licences, go into the wheel and the source archive."""

    PLUGIN_NAME = "custom"
    made: Path | None = None
    """Folder that npm installed into, where it had to."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the files to `build_data`. Raises `SystemExit` where they are missing, and npm too."""
        root = Path(self.root)
        packages = root / "web" / "node_modules"
        if not is_complete(root, packages):
            self.made = Path(tempfile.mkdtemp(prefix="scan-hub-"))
            packages = self._install(root / "web", self.made)
        for file in served_files(root, packages):
            build_data["force_include"][str(file)] = f"web/node_modules/{file.relative_to(packages).as_posix()}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the folder that npm installed into, if one was made."""
        if self.made is not None:
            shutil.rmtree(self.made, ignore_errors=True)

    def _install(self, web: Path, folder: Path) -> Path:
        """Install the locked packages into `folder`, and return their folder."""
        npm = shutil.which("npm")
        if npm is None:
            raise SystemExit("The pages' packages come from npm: install Node 22 or newer with npm, and build again")
        for name in ("package.json", "package-lock.json"):
            shutil.copy(web / name, folder)
        self.app.display_waiting("Fetching the pages' packages by npm")
        command = [npm, "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"]
        if subprocess.run(command, cwd=folder).returncode:
            raise SystemExit("npm could not install the pages' packages; its words stand above")
        return folder / "node_modules"


def is_complete(root: Path, packages: Path) -> bool:
    """Whether a folder `node_modules` has all listed files, in the versions of the lock."""
    locked = json.loads((root / "web" / "package-lock.json").read_text())["packages"]
    return all(
        (packages / package / path).is_file()
        and (description := packages / package / "package.json").is_file()
        and json.loads(description.read_text())["version"] == locked[f"node_modules/{package}"]["version"]
        for package, path in listed(root)
    )


def served_files(root: Path, packages: Path) -> Iterator[Path]:
    """Yield the files of a folder `node_modules` that a hub serves, and each package's description and licence."""
    yield from (packages / package / path for package, path in listed(root))
    for package in {package for package, _ in listed(root)}:
        yield packages / package / "package.json"
        yield from (file for file in (packages / package).iterdir() if file.name.lower().startswith("licen"))


def listed(root: Path) -> set[tuple[str, str]]:
    """Return package and path of each file in `FILES` of `handlers/pages/vendor.py`: read, since it imports Tornado."""
    tree = ast.parse((root / "handlers" / "pages" / "vendor.py").read_text())
    for node in tree.body:
        if isinstance(node, ast.AnnAssign) and node.value and ast.unparse(node.target) == "FILES":
            return set(ast.literal_eval(node.value).values())
    raise SystemExit("handlers/pages/vendor.py has no table FILES")
