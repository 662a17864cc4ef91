"""Check of the handlers of pages: their program holds no text for people, which catalogues have to say."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from hub.language.problems import problem_of
from tests.catalogue_errors import ERRORS

ROOT = Path(__file__).parents[1]
PAGES = ROOT / "handlers" / "pages"
TEXT = re.compile(r"[A-Z][a-z]{2,}[.!?:]?|[A-Za-z]+,?( [A-Za-z']+[,.!?:]?)+ ?")
"""A word that begins with a capital letter, or several words: what a program calls things has neither."""
STANDARD = {"any maskable", "noindex, nofollow", "Lax", "Etag", "Range", "Vary", "Accept", "Origin", "Android"}
"""Words of a web manifest, of headers and of browsers."""


def check_literals() -> Iterator[str]:
    """Yield the texts in the handlers of pages that are neither keys of a table nor messages of errors."""
    for path in sorted(PAGES.rglob("*.py")):
        for line, text in literals_in(path.read_text("utf-8")):
            yield f"{path.relative_to(ROOT)}:{line}: {text!r} is to be a message of a catalogue"


def literals_in(program: str) -> Iterator[tuple[int, str]]:
    """Yield the texts for people that a program holds, with their lines."""
    tree = ast.parse(program)
    left_out = {id(node) for node in _elsewhere(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in left_out:
            if TEXT.fullmatch(node.value.strip()) and node.value not in STANDARD and problem_of(node.value) is None:
                yield node.lineno, node.value


def _elsewhere(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield docstrings, the keys of tables, by which a message is found, and errors, which another check has."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            yield node.value
        elif isinstance(node, ast.Dict):
            yield from (key for key in node.keys if key is not None)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ERRORS:
            yield from ast.walk(node)
