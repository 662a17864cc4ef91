"""Guard over the tests: habits by which one passes whatever the product does, or breaks with its inner parts."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent
OF_NAMED_TUPLES = {"_replace", "_asdict", "_fields", "_make"}
"""Methods of named tuples, which are public."""


def nodes(kind: type[ast.AST]) -> Iterator[tuple[Path, ast.AST]]:
    for file in ROOT.rglob("*.py"):
        yield from ((file, node) for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, kind))


def at(file: Path, node: ast.expr) -> str:
    return f"{file.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node)}"


def private_names() -> Iterator[str]:
    """Uses of a private attribute of an object other than `self`, `cls` and `super()`."""
    for file, node in nodes(ast.Attribute):
        assert isinstance(node, ast.Attribute)
        if not node.attr.startswith("_") or node.attr.startswith("__") or node.attr in OF_NAMED_TUPLES:
            continue
        root: ast.expr = node.value
        while isinstance(root, ast.Attribute):
            root = root.value
        if ast.unparse(root) not in ("self", "cls", "super()"):
            yield at(file, node)


def caught(node: ast.Call) -> set[str]:
    """Names of the exceptions that a `pytest.raises` expects; none of another call."""
    if ast.unparse(node.func) != "pytest.raises" or not node.args:
        return set()
    return {ast.unparse(each) for each in ast.walk(node.args[0]) if isinstance(each, ast.Name)}


def test_no_test_reaches_into_private_parts() -> None:
    assert list(private_names()) == []


def test_no_test_expects_just_any_exception() -> None:
    calls = [(file, node) for file, node in nodes(ast.Call) if isinstance(node, ast.Call)]
    assert [at(file, node) for file, node in calls if caught(node) & {"Exception", "BaseException"}] == []


@pytest.mark.parametrize("always", [ast.Tuple, ast.Constant, ast.List, ast.JoinedStr])
def test_no_assertion_holds_by_its_form_alone(always: type[ast.expr]) -> None:
    asserts = [(file, node) for file, node in nodes(ast.Assert) if isinstance(node, ast.Assert)]
    assert len(asserts) > 1000
    assert [at(file, node.test) for file, node in asserts if isinstance(node.test, always)] == []
