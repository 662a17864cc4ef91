"""Check of the messages of errors in the program: each stands in a catalogue (`python -m tests.catalogues`)."""

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

from hub.language.problems import problem_of

ROOT = Path(__file__).parents[1]
ERRORS = {"BadInput": 0, "NotFound": 0, "SlowDown": 0, "Unavailable": 0, "HubError": 1, "NotAllowed": 1, "Gone": 1} | {
    "Conflict": 1,
    "ProductSoldOut": 0,
    "raise_if_any": 0,
    "read_form": 2,
    "read_list": 2,
    "WrongTime": 1,
    "Remark": 1,
    "Mended": 1,
    "DeliveryFailed": 0,
    "NotReachable": 0,
    "GoogleError": 0,
    "_failure": 0,
}
"""By the name of an error, or of what raises one, which of its arguments is the message."""
IN_ENGLISH = (
    *("hub/door", "hub/live", "hub/client", "hub/simulation", "handlers/live", "handlers/fast_path", "store/journal"),
    *("hub/relay", "handlers/relay"),
    *("handlers/api/scan.py", "handlers/api/door_sales.py", "hub/live_wiring.py", "hub/errors.py"),
)
"""Where errors stay English: the messages of the door, of sockets and between a relay and its hub are contracts."""
OF_FIELDS = {"errors", "wrong", "changed"}
"""Names of dictionaries with a text for each field."""
SAY_WRONG = re.compile(r"_?wrong(_\w+)?")
"""Names of functions that return what is wrong with one value."""


def check_errors() -> Iterator[str]:
    """Yield messages of errors that `problems*.ftl` have not."""
    for path, message in error_messages():
        if problem_of(message) is None:
            yield f"{path.relative_to(ROOT)}: the error {message!r} is in no problems*.ftl"


def error_messages() -> Iterator[tuple[Path, str]]:
    """Yield the messages of errors where they are raised, with a stand-in for each value in them."""
    trees = {path: ast.parse(path.read_text("utf-8")) for path in _programs()}
    constants: Constants = {}
    for tree in trees.values():
        constants |= _text_constants(tree.body, constants)
    for path, tree in trees.items():
        if not str(path.relative_to(ROOT)).startswith(IN_ENGLISH):
            own = constants | _text_constants(tree.body, constants)
            yield from ((path, text) for text in dict.fromkeys(_messages_in(tree.body, own)))


def _programs() -> list[Path]:
    return [path for top in ("hub", "handlers", "jobs", "store") for path in sorted((ROOT / top).rglob("*.py"))]


Constants = dict[str, list[str]]
"""Texts that a name may be."""


def _text_constants(body: Sequence[ast.stmt], known: Constants) -> Constants:
    """Return the texts of the names that are assigned in some statements, and in blocks within them."""
    found: Constants = {}
    for node in (each for statement in body for each in _within(statement)):
        if isinstance(node, ast.Assign):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
            texts = list(_texts_of(node.value, known | found)) if names else []
            for name in names if texts else ():
                found[name] = found.get(name, []) + texts
    return found


def _within(node: ast.AST) -> Iterator[ast.AST]:
    """Yield a node with those within it, but for functions and classes."""
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
        yield node
        for child in ast.iter_child_nodes(node):
            yield from _within(child)


def _messages_in(body: Sequence[ast.stmt], constants: Constants, function: str = "") -> Iterator[str]:
    """Yield the messages in statements: a function's local names hide those of its module."""
    for statement in body:
        for node in _within(statement):
            yield from _message_of(node, constants, function)
        for node in ast.walk(statement):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield from _messages_in(node.body, constants | _text_constants(node.body, constants), node.name)


def _message_of(node: ast.AST, constants: Constants, function: str) -> Iterator[str]:
    if isinstance(node, ast.Call):
        yield from _message_of_call(node, constants)
    elif isinstance(node, ast.Assign) and any(_is_of_fields(target) for target in node.targets):
        yield from _texts_of(node.value, constants)
    elif isinstance(node, ast.Return) and node.value is not None and SAY_WRONG.fullmatch(function):
        yield from _texts_of(node.value, constants)


def _is_of_fields(target: ast.expr) -> bool:
    """Return whether a text is assigned to a field: `errors["name"] = ...`."""
    return isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name) and target.value.id in OF_FIELDS


def _message_of_call(call: ast.Call, constants: Constants) -> Iterator[str]:
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    if name in ERRORS and len(call.args) > ERRORS[name]:
        yield from _texts_of(call.args[ERRORS[name]], constants)
    if name == "add" and len(call.args) == 2:  # of a form's problems
        yield from _texts_of(call.args[1], constants)
    if name == "Problem":  # of an import's row
        yield from (
            text for each in call.keywords if each.arg == "message" for text in _texts_of(each.value, constants)
        )
    fields = call.args[1] if name == "BadInput" and len(call.args) > 1 else None
    if isinstance(fields, ast.Dict):
        yield from (text for value in fields.values for text in _texts_of(value, constants))
    if name == "Meta":  # of a field's type
        extra = next((each.value for each in call.keywords if each.arg == "extra"), None)
        yield from (text for value in getattr(extra, "values", ()) for text in _texts_of(value, constants))


def _texts_of(node: ast.expr, constants: Constants) -> Iterator[str]:
    """Yield the texts that an expression may be; none where only the running program knows."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        parts = [
            str(part.value) if isinstance(part, ast.Constant) else _filled(cast(ast.FormattedValue, part), constants)
            for part in node.values
        ]
        yield "".join(parts)
    elif isinstance(node, ast.IfExp):
        yield from (*_texts_of(node.body, constants), *_texts_of(node.orelse, constants))
    elif isinstance(node, ast.Name) and node.id in constants:
        yield from constants[node.id]
    elif isinstance(node, ast.BoolOp):
        yield from (text for value in node.values for text in _texts_of(value, constants))


def _filled(part: ast.FormattedValue, constants: Constants) -> str:
    """Return a value in a text: a constant of the program itself, or a number in place of what is known later."""
    name = part.value.id if isinstance(part.value, ast.Name) else ""
    return constants[name][0] if name.isupper() and name in constants else "7"
