"""Heads of CSV exports: the columns' names for programs, or for people in a language; and back, for the import.

The catalogue `csv.ftl` has them. Programs get the English names, which are those of the API's fields.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from hub.language.catalogue import SOURCE, Language, language, message_ids, tags

CATALOGUE = "csv"
PREFIX = "csv-"
QUESTION = "csv-answer"
"""The message of a column of answers: its words before the question are what the import knows it by."""
OWN_ANSWER = "answer: "
"""What the head of a question's column begins with in English."""
Key = Callable[[str], str]
"""What heads are compared by, such as their letters alone."""


def csv_heads(names: Iterable[str], language: Language) -> list[str]:
    """Return the heads of some columns in a language."""
    return [language.say(PREFIX + name) for name in names]


def answer_head(question: str, language: Language) -> str:
    """Return the head of the column of answers to a question."""
    return _before_question(language) + question


def _before_question(language: Language) -> str:
    return language.say(QUESTION, question="\0").partition("\0")[0]


def english_heads(head: Sequence[str], key: Key, marks: frozenset[str]) -> Sequence[str]:
    """Return the head of a hub's export in another language as it is in English; any other head as it is.

    `marks` are the keys of the English heads that together are only in such an export.
    """
    keys = [key(name) for name in head]
    for tag in tags():
        names, before = _names_by_key(tag, key)
        # A question's first, since its letters alone may be those of a column: "respuesta: S", and "respuestas".
        found = [_of_answer(each, before) or names.get(its_key) for each, its_key in zip(head, keys, strict=True)]
        if tag != SOURCE and marks <= {key(name) for name in found if name is not None}:
            return [name or each for name, each in zip(found, head, strict=True)]
    return head


def _of_answer(head: str, before: str) -> str | None:
    plain = head.replace("\u202f", " ").replace("\u00a0", " ")
    return OWN_ANSWER + head[len(before) :] if plain.startswith(before) else None


@cache
def _names_by_key(tag: str, key: Key) -> tuple[Mapping[str, str], str]:
    """Return the column names by the keys of their heads in a language, and the prefix of a question's head."""
    spoken = language(tag)
    names: dict[str, str] = {}
    for message in message_ids(CATALOGUE):
        if message != QUESTION:
            names.setdefault(key(spoken.say(message)), message.removeprefix(PREFIX))
    return names, _before_question(spoken).replace("\u202f", " ").replace("\u00a0", " ")
