"""Architecture page: the files and names by which it says where to look and where to change are there."""

import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "architecture.md"
SOURCES = ("hub", "handlers", "store", "jobs", "web", "tests", "docs")
SUFFIXES = {".py", ".js", ".css", ".ftl", ".md", ".html"}


@cache
def sources() -> dict[str, str]:
    """Return the texts of the repository's sources by their paths."""
    found = [path for folder in SOURCES for path in (ROOT / folder).rglob("*") if path.suffix in SUFFIXES]
    kept = [path for path in found if "node_modules" not in path.parts]
    return {f"/{path.relative_to(ROOT)}": path.read_text() for path in kept}


def is_there(named: str) -> bool:
    """Whether a path, or the beginning or the end of one, or a name of the code is one of the repository's."""
    if named.startswith("python "):
        return is_there(f"{named.rpartition(' ')[2].replace('.', '/')}.py")
    if "/" in named or Path(named).suffix in SUFFIXES:
        return any(path.endswith(f"/{named}") or f"/{named.strip('/')}/" in path for path in sources())
    word = re.compile(rf"(?<!\w){re.escape(named.rpartition('.')[2])}(?!\w)")
    return any(
        word.search(text)
        for path, text in sources().items()
        if not path.startswith("/tests") and path.endswith((".py", ".js"))
    )


def test_all_that_the_tables_of_places_name_is_there() -> None:
    page = PAGE.read_text()
    tables = page[page.index("## Where to look") : page.index("## Glossary")]
    named = set(re.findall(r"`([^`]+)`", tables))
    assert len(named) > 50
    assert [each for each in sorted(named) if not is_there(each)] == []


def test_each_name_is_in_the_file_that_the_page_gives_for_it() -> None:
    pairs = re.findall(r"`([\w.#]+)` in `([\w/]+\.(?:py|js))`", PAGE.read_text())
    assert len(pairs) > 10
    for name, path in pairs:
        texts = [text for known, text in sources().items() if known.endswith(f"/{path}")]
        assert any(name.rpartition(".")[2] in text for text in texts), (name, path)
