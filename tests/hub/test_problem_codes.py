"""The table of problem codes, held to what the hub raises."""

import ast
from collections.abc import Iterator
from pathlib import Path

from hub.model.refusals import OUTCOMES
from hub.problem_codes import PROBLEM_CODES
from tests.docs.problems_page import PAGE, page

ROOT = Path(__file__).parents[2]
ERRORS = {"Conflict", "NotAllowed", "HubError", "Gone"}
"""Errors whose first argument is their code."""
NAMED = {"BadInput", "NotFound"}
"""Errors whose code is named."""
OF_FRAMES = {"bad_request", "unknown_event", "unknown_type"}
"""Codes of frames over a socket, which are no problems."""


def raised() -> Iterator[tuple[str, str]]:
    """Yield the codes of errors that the hub's source raises, each with its file."""
    for path in [*ROOT.glob("hub/**/*.py"), *ROOT.glob("handlers/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in ERRORS and node.args and isinstance(node.args[0], ast.Constant):
                yield str(node.args[0].value), path.name
            if name in NAMED:
                for keyword in node.keywords:
                    if keyword.arg == "code" and isinstance(keyword.value, ast.Constant):
                        yield str(keyword.value.value), path.name


def test_every_code_that_is_raised_is_in_the_table() -> None:
    codes = dict(raised())
    assert len(codes) > 40
    assert codes.keys() - PROBLEM_CODES.keys() - OF_FRAMES == set()


def test_codes_of_the_door_have_the_statuses_of_its_own_table() -> None:
    for code in OUTCOMES.keys() & PROBLEM_CODES.keys():
        if (status := OUTCOMES[code].status) != 200:
            assert status in PROBLEM_CODES[code].statuses, code


def test_every_code_says_what_it_means_and_what_to_do() -> None:
    for code in PROBLEM_CODES.values():
        assert code.meaning.endswith(".") and code.remedy.endswith("."), code.code
        assert code.statuses and all(400 <= status < 600 for status in code.statuses), code.code


def test_the_page_of_codes_is_this_table() -> None:
    assert PAGE.read_text() == page(), "python -m tests.docs.problems_page"
