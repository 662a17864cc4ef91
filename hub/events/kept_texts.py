"""Texts of a stored event that its form does not take any more, and keeps where they are sent back. Pure.

An older version took names with control characters: an event that has one can be changed all the same.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from hub.validation import Problems

STEP = re.compile(r"[^.\[\]]+")
Place = tuple[str, ...]
"""Path of a text without the numbers of its list entries: they may stand in another order."""


def keep_texts(form: Any, raw: Any, stored: Mapping[str, Any], problems: Problems) -> None:
    """Put the texts of `raw` that are wrong, and in `stored` likewise, into `form` as they are: no error is left."""
    known = set(_texts(stored, ()))
    for path in list(problems.errors):
        steps = STEP.findall(path)
        text = _found(raw, steps)
        if isinstance(text, str) and (_place(steps), text) in known:
            _put(form, steps, text)
            problems.keep(path)


def _texts(value: Any, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, Mapping):
        for name, each in value.items():
            yield from _texts(each, (*place, name))
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each, place)


def _place(steps: list[str]) -> Place:
    return tuple(step for step in steps if not step.isdecimal())


def _found(value: Any, steps: list[str]) -> Any:
    for step in steps:
        if isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            value = value.get(step) if isinstance(value, Mapping) else None
    return value


def _put(form: Any, steps: list[str], text: str) -> None:
    *around, last = steps
    for step in around:
        form = form[int(step)] if step.isdecimal() else getattr(form, step)
    msgspec.structs.force_setattr(form, last, text)
