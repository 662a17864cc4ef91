"""The rooms: imports go one way (docs/architecture.md), so that one room can change without the others."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {
    "run": {"handlers", "jobs", "hub", "store"},
    "handlers": {"handlers", "hub"},
    "jobs": {"jobs", "hub"},
    "hub": {"hub", "store"},
    "store": {"store", "hub"},
}
PUTS_A_PROCESS_TOGETHER = {ROOT / "handlers" / "server.py": {"jobs"}}
PLAIN_DATA = {"hub.model", "hub.errors", "hub.clock"}
DRIVER = {"motor", "pymongo", "bson", "gridfs"}


def files(room: str) -> list[Path]:
    return [ROOT / "run.py"] if room == "run" else sorted((ROOT / room).rglob("*.py"))


def imports(file: Path) -> Iterator[str]:
    """Yield the whole name of each module that `file` imports, also inside functions."""
    return imports_of(file.read_text(), file.relative_to(ROOT).with_suffix("").parts[:-1])


def imports_of(text: str, package: tuple[str, ...]) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def rooms_of(file: Path) -> set[str]:
    return {module.split(".")[0] for module in imports(file)} & {*MAY_IMPORT, "tests", "bench"}


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_imports_go_one_way(room: str) -> None:
    assert files(room)
    for file in files(room):
        assert rooms_of(file) <= MAY_IMPORT[room] | PUTS_A_PROCESS_TOGETHER.get(file, set()), file


def test_store_imports_only_plain_data_from_hub() -> None:
    for file in files("store"):
        ours = {".".join(module.split(".")[:2]) for module in imports(file) if module.split(".")[0] == "hub"}
        assert ours <= PLAIN_DATA, file


def test_plain_data_imports_no_other_room() -> None:
    for file in [ROOT / "hub/errors.py", ROOT / "hub/clock.py", *files("hub/model")]:
        ours = {".".join(module.split(".")[:2]) for module in imports(file) if module.split(".")[0] in MAY_IMPORT}
        assert ours <= PLAIN_DATA, file


def test_only_store_knows_the_driver() -> None:
    for room in MAY_IMPORT.keys() - {"store"}:
        for file in files(room):
            assert not {module.split(".")[0] for module in imports(file)} & DRIVER, file


def test_an_import_is_seen_however_it_is_written() -> None:
    text = "import motor.core\nfrom . import tail\ndef f():\n    from store.journal import tail\n    from .. import run"
    assert set(imports_of(text, ("hub", "live"))) == {
        "motor.core",
        "hub.live",
        "hub.live.tail",
        "store.journal",
        "store.journal.tail",
        "hub",
        "hub.run",
    }
