"""Generator of the map in docs/architecture.md, from `tests/rooms.py` and each folder's docstring.

`python -m tests.docs.rooms_page` writes it anew.
"""

import ast
import re
from pathlib import Path

from tests.rooms import BASE, DOMAIN, ROOMS, STORE, TOOLS

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "architecture.md"
GROUPS = (("the domain's", DOMAIN), ("tools", TOOLS), ("base", BASE), ("store", STORE))
HEAD = """| folder | what lives there | may import, beside itself |
|---|---|---|
"""
TAIL = """
*Base*: {base}. *Tools*: base, {tools}. *The domain's*: tools and `store`.
"""


def page() -> str:
    """Return the whole page with its map as the table of rooms has it."""
    return re.sub(r"(?<=<!-- rooms -->\n).*?(?=<!-- /rooms -->)", lambda _: the_map(), PAGE.read_text(), flags=re.S)


def the_map() -> str:
    rows = [f"| `{room.replace('.', '/')}/` | {first_line(room)} | {words(room)} |" for room in ROOMS]
    legend = TAIL.format(base=listed(BASE), tools=listed(TOOLS - BASE))
    return HEAD + "\n".join(rows) + "\n" + legend


def first_line(room: str) -> str:
    """Return what a folder's `__init__.py` says first."""
    text = ast.get_docstring(ast.parse((ROOT / room.replace(".", "/") / "__init__.py").read_text())) or ""
    return text.split("\n")[0]


def words(room: str) -> str:
    """Return what a folder may import, by the names of groups where it may import all of one."""
    left, said = set(ROOMS[room]), []
    for name, group in GROUPS:
        if group <= left:
            said.append(name)
            left -= group
    return ", ".join([*said, *([listed(frozenset(left))] if left else [])])


def listed(modules: frozenset[str]) -> str:
    return ", ".join(f"`{module.replace('.', '/')}`" for module in sorted(modules))


if __name__ == "__main__":
    PAGE.write_text(page())
