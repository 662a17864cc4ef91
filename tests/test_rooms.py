"""The rooms: imports go one way (docs/architecture.md, the map), so that one room can change without the others."""

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.docs.rooms_page import PAGE, page
from tests.rooms import ASSEMBLY, ROOMS, TOOLS

ROOT = Path(__file__).parents[1]
TOPS = ("handlers", "jobs", "hub", "store")
DRIVERS = {"motor", "pymongo", "bson", "gridfs"}
MOST_FILES = 22


def files(room: str) -> list[Path]:
    """Return the files of a folder, without those of the folders in it."""
    return sorted((ROOT / room.replace(".", "/")).glob("*.py"))


def module_of(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def imports(file: Path) -> tuple[str, ...]:
    """Return the whole name of each module that `file` imports, also inside functions."""
    return tuple(imports_of(file.read_text(), file.relative_to(ROOT).with_suffix("").parts[:-1]))


def imports_of(text: str, package: tuple[str, ...]) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def ours(file: Path) -> set[str]:
    """Return the modules of ours that `file` imports."""
    found = (module for name in imports(file) if (module := existing(name)) is not None)
    return {module for module in found if module.split(".")[0] in (*TOPS, "tests", "bench", "run")}


def existing(name: str) -> str | None:
    """Return the module that an imported name is, or is in; None for a folder that is only passed on the way."""
    path = ROOT / name.replace(".", "/")
    if path.with_suffix(".py").is_file():
        return name
    if path.is_dir():
        return name if any(path.glob("__init__.py")) and "=" in (path / "__init__.py").read_text() else None
    return existing(name.rpartition(".")[0]) if "." in name else None


def is_in(module: str, rooms: frozenset[str]) -> bool:
    return any(module == room or module.startswith(f"{room}.") for room in rooms)


def all_files() -> Iterator[Path]:
    """Yield all Python files of the repository, tests and benchmarks included."""
    yield ROOT / "run.py"
    for top in (*TOPS, "tests", "bench"):
        yield from (ROOT / top).rglob("*.py")


def all_rooms() -> list[str]:
    """Return all folders of Python files under the four tops."""
    folders = {file.parent for top in TOPS for file in (ROOT / top).rglob("*.py")}
    return sorted(".".join(folder.relative_to(ROOT).parts) for folder in folders)


def test_every_folder_stands_on_the_map() -> None:
    assert all_rooms() == sorted(ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_imports_go_one_way(room: str) -> None:
    assert files(room)
    for file in files(room):
        wrong = {module for module in ours(file) if not is_in(module, ROOMS[room] | {room})}
        assert not wrong, file.relative_to(ROOT)


def test_tools_of_the_hub_import_no_part_of_it() -> None:
    for file in files("hub"):
        if module_of(file) not in ASSEMBLY | {"hub"}:
            assert not {module for module in ours(file) if not is_in(module, TOOLS)}, file.relative_to(ROOT)


def test_no_circle_between_folders() -> None:
    """Each folder is one node; the modules of a top folder itself, which put parts together, are one each."""
    graph: dict[str, set[str]] = {}
    for room in all_rooms():
        for file in files(room):
            graph.setdefault(node_of(module_of(file)), set()).update(node_of(module) for module in ours(file))
    try:
        TopologicalSorter(without_loops(graph)).prepare()
    except CycleError as circle:
        pytest.fail(" -> ".join(circle.args[1]))


def node_of(module: str) -> str:
    room, _, _ = module.rpartition(".")
    return module if room in TOPS or room == "" else room


def without_loops(graph: Mapping[str, set[str]]) -> dict[str, set[str]]:
    return {node: others - {node} for node, others in graph.items()}


@pytest.mark.parametrize("room", ROOMS)
def test_no_folder_is_too_full_to_find_ones_way_in(room: str) -> None:
    assert len([file for file in files(room) if file.name != "__init__.py"]) <= MOST_FILES


def test_only_the_store_knows_the_drivers() -> None:
    for room in all_rooms():
        for file in files(room):
            if not room.startswith("store"):
                assert not {name.split(".")[0] for name in imports(file)} & DRIVERS, file.relative_to(ROOT)


def reaches(text: str, name: str) -> list[int]:
    """Return the lines of `text` that take an attribute `name` of anything."""
    return [node.lineno for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Attribute) and node.attr == name]


@pytest.mark.parametrize("text", ["self.hub.store.events", "kept = hub.store", "turn.hub.store.leases.take()"])
def test_a_reach_into_the_store_is_seen_however_it_is_written(text: str) -> None:
    assert reaches(text, "store") == [1]


def test_handlers_and_jobs_go_through_the_hubs_services_not_into_its_store() -> None:
    for room in all_rooms():
        for file in files(room):
            if room.split(".")[0] in ("handlers", "jobs"):
                assert not reaches(file.read_text(), "store"), file.relative_to(ROOT)


def test_only_the_connection_knows_motor() -> None:
    knows = {file for file in all_files() if any(name.split(".")[0] == "motor" for name in imports(file))}
    assert knows == {ROOT / "store" / "mongo" / "connection.py"}


def test_the_map_in_the_docs_is_this_one() -> None:
    assert PAGE.read_text() == page(), "python -m tests.docs.rooms_page"


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
