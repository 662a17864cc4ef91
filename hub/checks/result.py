"""Result of one check, and the error boundary around checks."""

from collections.abc import Callable
from typing import Literal

import msgspec

Level = Literal["ok", "warn", "fail"]


class Check(msgspec.Struct, frozen=True):
    """Result of a check: `name` of the aspect, how it stands, and one line that says so and what to do."""

    name: str
    level: Level
    text: str


def ok(name: str, text: str) -> Check:
    """Return the result of an aspect that is as it should be."""
    return Check(name, "ok", text)


def warn(name: str, text: str) -> Check:
    """Return the result of an aspect that will hurt, or that could not be seen."""
    return Check(name, "warn", text)


def fail(name: str, text: str) -> Check:
    """Return the result of an aspect that breaks something now."""
    return Check(name, "fail", text)


def guarded(name: str, check: Callable[[], list[Check]]) -> list[Check]:
    """Return the results of `check`; one that breaks is doubtful itself, and stops none of the others."""
    try:
        return check()
    except Exception as error:
        return [warn(name, f"could not be checked ({type(error).__name__})")]
