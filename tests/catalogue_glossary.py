"""Check of the glossaries (`web/locales/<tag>/glossary.toml`): each thing has one word in a language, everywhere."""

import re
import tomllib
from collections.abc import Iterator, Mapping

import msgspec

from hub.language.catalogue import CATALOGUES, tags
from tests.catalogue_languages import Facts, files_of

NAME = "glossary.toml"


class Word(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Word for one thing: its `english`, what it `is`, what it is `not`, `but` in messages whose ids begin so."""

    english: str
    is_: str = msgspec.field(name="is")
    not_: list[str] = msgspec.field(name="not")
    but: list[str] = []

    def wrong_in(self, name: str, text: str) -> str | None:
        """Return another word for this thing in a message's text."""
        if name.startswith(tuple(self.but)):
            return None
        return next((other for other in self.not_ if pattern_of(other).search(text)), None)


def pattern_of(word: str) -> re.Pattern[str]:
    """Return what finds a word where one begins, with any ending; a space at its end stands for none."""
    end = r"(?![\w-])" if word.endswith(" ") else ""
    return re.compile(r"(?<![\w-])" + re.escape(word.rstrip()) + end, re.IGNORECASE)


class Glossary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Glossary of a language: its words for things, and those that it writes as English does, in one text."""

    word: list[Word] = []
    same: str = ""


def glossary_of(tag: str) -> Glossary:
    """Return the glossary of a language; an empty one where it has none."""
    file = CATALOGUES / tag / NAME
    return msgspec.convert(tomllib.loads(file.read_text("utf-8")), Glossary) if file.exists() else Glossary()


def same_words(tag: str) -> set[str]:
    """Return the words that a language writes as English does; those of English itself are the same in all."""
    return set(glossary_of(tag).same.split())


def check_glossaries() -> Iterator[str]:
    """Yield the messages of each language that say a thing by another word than its glossary has."""
    for tag in tags():
        words = glossary_of(tag).word
        for file, messages in (files_of(tag) if words else {}).items():
            yield from (f"{tag}/{file}: {problem}" for problem in check_words(words, messages))


def check_words(words: list[Word], messages: Mapping[str, Facts]) -> Iterator[str]:
    """Yield the messages of a file that use another word."""
    for name, facts in messages.items():
        text = " ".join(facts.texts)
        for word in words:
            if other := word.wrong_in(name, text):
                yield f"{name}: {other.strip()} is {word.is_} here, as in the glossary ({word.english})"
