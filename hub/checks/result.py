"""Result of one check, and the error boundary around checks."""

import asyncio
from collections.abc import Awaitable
from typing import Literal

import msgspec
import structlog

from hub.language.catalogue import SOURCE, Argument, language

Level = Literal["ok", "warn", "fail"]
log = structlog.get_logger(__name__)


class Check(msgspec.Struct, frozen=True):
    """Result of a check: `name` of the aspect, how it stands, and one line that says so and what to do.

    The line is the message `check-CODE` of the catalogue `checks` with `values`; `text` is its English.
    """

    name: str
    level: Level
    code: str
    values: dict[str, Argument]
    text: str


def ok(name: str, code: str, **values: Argument) -> Check:
    """Return the result of an aspect that is as it should be."""
    return _result(name, "ok", code, values)


def warn(name: str, code: str, **values: Argument) -> Check:
    """Return the result of an aspect that will hurt, or that could not be seen."""
    return _result(name, "warn", code, values)


def fail(name: str, code: str, **values: Argument) -> Check:
    """Return the result of an aspect that breaks something now."""
    return _result(name, "fail", code, values)


def _result(name: str, level: Level, code: str, values: dict[str, Argument]) -> Check:
    return Check(name, level, code, values, language(SOURCE).say(f"check-{code}", **values))


async def guarded(name: str, checking: Awaitable[list[Check]], within_s: float) -> list[Check]:
    """Return the results of a check; one that breaks or is late is doubtful itself, and stops none of the others."""
    try:
        return await asyncio.wait_for(checking, within_s)
    except TimeoutError:
        return [warn(name, "late", seconds=round(within_s))]
    except Exception as error:
        log.warning("check broke", check=name, error=type(error).__name__)
        return [warn(name, "broken")]
