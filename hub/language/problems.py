"""Problems in a reader's language: the English message of an error is looked up in the catalogues `problems*.ftl`.

Errors carry their message in English (`hub/errors.py`), which is what logs and programs of before read. Its text in the
English catalogue finds the id, and where it holds variables also their values; the other languages say that id.
"""

import re
from collections.abc import Iterator
from functools import cache

from fluent.syntax import FluentParser
from fluent.syntax.ast import Message, Placeable, TextElement, VariableReference

from hub.language.catalogue import SOURCE, Language, texts_of

FILES = "problems"
"""How the names of the catalogues of errors begin."""
NUMBERS = {"count", "high", "left", "low", "most", "products", "row", "times"}
"""Variables that are numbers: such a message is not found where words stand in their place."""
WITHIN = ("why", "rows")
"""Variables that are messages themselves, within another: "Nothing was imported. { $why }"."""


def problem_text(message: str, language: Language) -> str:
    """Return an error's message in a language; as it is where the catalogue does not know it."""
    if language.tag == SOURCE or (found := problem_of(message)) is None:
        return message
    name, values = found
    said = {each: problem_text(text, language) if each in WITHIN else text for each, text in values.items()}
    return language.say(name, **said)


def problem_code(message: str) -> str | None:
    """Return the code of an error's message for programs: `missing` of "is missing"; None for one that has none."""
    found = problem_of(message)
    return found and found[0].removeprefix("problem-").removeprefix("field-").replace("-", "_")


def reason_text(reason: str | None, language: Language) -> str | None:
    """Return the reason of a failed delivery in a language; None where there is none."""
    return None if reason is None else problem_text(reason, language)


def problem_of(message: str) -> tuple[str, dict[str, str]] | None:
    """Return the id of an error's message and the values of its variables; None for one that the catalogue has not."""
    exact, patterns = _known()
    if (name := exact.get(message)) is not None:
        return name, {}
    for pattern, name in patterns:
        if match := pattern.fullmatch(message):
            return name, match.groupdict()
    return None


@cache
def _known() -> tuple[dict[str, str], list[tuple[re.Pattern[str], str]]]:
    """Return the ids of messages without variables by their text, and patterns of the others, the most exact first."""
    exact: dict[str, str] = {}
    patterns: list[tuple[re.Pattern[str], str]] = []
    for name, parts in _messages():
        if all(isinstance(part, TextElement) for part in parts):
            exact["".join(part.value for part in parts if isinstance(part, TextElement))] = name
        else:
            patterns.append((re.compile("".join(map(_pattern_of, parts)), re.DOTALL), name))
    return exact, sorted(patterns, key=lambda each: -len(each[0].pattern))


def _messages() -> Iterator[tuple[str, list[TextElement | Placeable]]]:
    files = [text for file, text in texts_of(SOURCE).items() if file.startswith(FILES)]
    for entry in (entry for text in files for entry in FluentParser(with_spans=False).parse(text).body):
        if isinstance(entry, Message) and entry.value is not None:
            yield entry.id.name, list(entry.value.elements)


def _pattern_of(part: TextElement | Placeable) -> str:
    if isinstance(part, TextElement):
        return re.escape(part.value)
    assert isinstance(part.expression, VariableReference)
    name = part.expression.id.name
    return f"(?P<{name}>{'[0-9.,:-]+' if name in NUMBERS else '.+'})"
