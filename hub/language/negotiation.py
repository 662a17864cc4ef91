"""Negotiation of a language: the header `Accept-Language` with its weights (RFC 9110, 12.5.4), and lookup. Pure."""

import re
from collections.abc import Iterable

LONGEST_HEADER = 1000
MOST_RANGES = 30
TAG = r"([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*|\*)"
WEIGHT = r"(?:[ \t]*;[ \t]*[qQ]=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?))?"
RANGE = re.compile(TAG + WEIGHT, re.ASCII)


def wanted_languages(header: str) -> list[str]:
    """Return the language ranges that a header asks for, the most wanted first; a part that is none is passed over.

    Those of equal weight keep their order; `*` and what is refused (`q=0`) are left out.
    """
    found: list[tuple[float, str]] = []
    for part in header[:LONGEST_HEADER].split(",")[:MOST_RANGES]:
        if match := RANGE.fullmatch(part.strip(" \t")):
            weight = float(match[2]) if match[2] else 1.0
            if weight > 0 and match[1] != "*":
                found.append((weight, match[1]))
    return [tag for _, tag in sorted(found, key=lambda each: -each[0])]


def best_language(header: str, known: Iterable[str]) -> str | None:
    """Return the known language that a reader wants most, by RFC 4647 lookup (`fr-CA` finds `fr`); None for none."""
    tags = {tag.lower(): tag for tag in known}
    for wanted in wanted_languages(header):
        parts = wanted.lower().split("-")
        for length in range(len(parts), 0, -1):
            if (tag := tags.get("-".join(parts[:length]))) is not None:
                return tag
    return None
