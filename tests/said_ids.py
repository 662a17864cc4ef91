"""Ids of messages that a script says: literal ones, and those it builds, which a list beside the call declares.

A built id (`say(`scan-pay-${method}`)`, `say(word)`) needs a comment within three lines before it:
`// says: scan-pay-{cash, card}`. A list may end in `*` where the codes
are the hub's own: `reason-*` is every message that begins so.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

CALL = re.compile(r"(?<![\w.#$])(?<!function )say\(")
LITERAL = re.compile(r"[\"'`]([\w.-]+)[\"'`]")
SAYS = re.compile(r"// says: (.+)")
BRACES = re.compile(r"([\w-]*)\{([^}]*)\}")
ENTRY = re.compile(r"[\w-]*\{[^}]*\}|[\w-]+\*?")
LINES_BEFORE = 3


class Said(NamedTuple):
    """Ids of one call; `wrong` says why they are not known."""

    ids: tuple[str, ...]
    wrong: str = ""


def said_in(script: str) -> Iterator[Said]:
    """Yield what each `say` of a script says."""
    for call in CALL.finditer(script):
        argument = first_argument(script[call.end() :])
        values = list(_values_of(argument))
        literals = tuple(match[1] for value in values if (match := LITERAL.fullmatch(value)))
        yield Said(literals)
        for built in (value for value in values if not LITERAL.fullmatch(value)):
            yield _declared_for(built, script[: call.start()])


def first_argument(text: str) -> str:
    """Return what stands before the first comma or the closing parenthesis of a call."""
    depth, quote = 0, ""
    for at, letter in enumerate(text):
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "\"'`":
            quote = letter
        elif letter in "([{":
            depth += 1
        elif depth == 0 and letter in ",)":
            return text[:at].strip()
        elif letter in ")]}":
            depth -= 1
    return text.strip()


def _values_of(argument: str) -> Iterator[str]:
    """Yield the values that an expression of conditions may have: what is followed by a `?` is a condition."""
    bare = re.sub(r"/\*.*?\*/", "", argument)
    if bare.startswith("`"):
        yield bare.strip()
        return
    parts = re.split(r"(\?(?![.?])|(?<!\?):)", bare)
    for part, after in zip(parts[::2], [*parts[1::2], ""], strict=True):
        if after != "?":
            yield part.strip()


def _declared_for(built: str, before: str) -> Said:
    """Return the ids that the list beside a call declares for one that is built."""
    near = before.split("\n")[-LINES_BEFORE - 1 :]
    lists = [match[1] for line in near if (match := SAYS.search(line))]
    if not lists:
        return Said((), f"builds an id by {built}, without a list of what it says")
    ids = tuple(expanded(lists[-1]))
    shape = re.escape(built.strip("`"))
    pattern = re.sub(r"\\\$\\\{.*?\\\}", ".+", shape) if built.startswith("`") else ".+"
    strange = [each for each in ids if not re.fullmatch(pattern, each)]
    return Said(ids, f"declares {', '.join(strange)}, which {built} is not" if strange else "")


def expanded(declared: str) -> Iterator[str]:
    """Yield the ids of a list: `scan-pay-{cash, card}, reason-*`."""
    for entry in ENTRY.findall(declared):
        if match := BRACES.fullmatch(entry):
            yield from (f"{match[1]}{part.strip()}" for part in match[2].split(","))
        else:
            yield entry
