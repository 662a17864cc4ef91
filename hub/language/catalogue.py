"""Message catalogues: texts of a language by their ids, from the Fluent files in `web/locales` (docs/translating.md).

Plurals follow CLDR. Of a text that a language lacks the English one is taken.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from html import escape
from pathlib import Path

from babel import Locale
from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import FluentParser, FluentSerializer
from fluent.syntax.ast import Message, Resource

from hub.language.pseudo import PSEUDO, pseudo_text

CATALOGUES = Path(__file__).parents[2] / "web" / "locales"
SOURCE = "en"
"""The language that messages are written in, and that stands in for a missing one."""
FORMATS = {"en": "en_GB"}
"""Locale of numbers and dates, of a language whose usual one is not meant: days before months, and 24 hours."""

Argument = str | int
ENTRY = re.compile(r"^(-?[a-zA-Z][\w-]*) *=", re.MULTILINE)
"""Where a message or a term begins, in the syntax of Fluent 1.0."""
REFERENCE = re.compile(r"\{\s*(-?[a-z][\w-]*)\s*[}(.]")
"""A message or a term that another text refers to."""


class Language:
    """Language with its catalogue. `tag` is its BCP 47 tag, `locale` has its formats, `direction` is ltr or rtl."""

    def __init__(self, tag: str, texts: Iterable[str], fallback: "Language | None" = None) -> None:
        self.tag = tag
        self.locale = Locale.parse(PSEUDO.get(tag) or FORMATS.get(tag) or tag, sep="_" if tag in FORMATS else "-")
        self.direction: str = self.locale.text_direction
        self._texts = tuple(texts)
        self._fallback = fallback
        # Marks of isolation are for text of both directions in one line; elsewhere they only stand in copied text.
        self._bundle = FluentBundle([str(self.locale)], use_isolating=self.direction == "rtl")
        self._parsed = frozenset[int]()

    @cached_property
    def _place_of(self) -> Mapping[str, int]:
        """In which of its files a message or a term stands, as far as it can be seen without parsing."""
        return {name: place for place, text in enumerate(self._texts) for name in ENTRY.findall(text)}

    def _parse(self, message: str) -> None:
        """Parse the file of a message, and those of what it refers to, when they are first wanted.

        All files together take a hub's loop for a fifth of a second, in which no door is answered.
        """
        wanted, seen = [self._place_of[message]], set(self._parsed)
        while wanted:
            place = wanted.pop()
            if place not in seen:
                seen.add(place)
                self._bundle.add_resource(FluentResource(self._texts[place]))
                named = REFERENCE.findall(self._texts[place])
                wanted += [self._place_of[name] for name in named if name in self._place_of]
        self._parsed |= seen

    @property
    def name(self) -> str:
        """The language's own name: `Français`."""
        name = self.locale.get_language_name() or self.tag
        return self.tag if self.tag in PSEUDO else name[:1].upper() + name[1:]

    def has(self, message: str) -> bool:
        """Whether the language itself has a message."""
        return message in self._place_of

    def knows(self, message: str) -> bool:
        """Return whether `say` has a text for a message, the English one included."""
        return self.has(message) or (self._fallback is not None and self._fallback.has(message))

    def say(self, message: str, /, **arguments: Argument) -> str:
        """Return a message as plain text. Raises `KeyError` for an id that English has not."""
        if not self.has(message) and self._fallback is not None:
            return self._fallback.say(message, **arguments)
        if self._place_of[message] not in self._parsed:
            self._parse(message)
        pattern = self._bundle.get_message(message).value
        assert pattern is not None
        return str(self._bundle.format_pattern(pattern, arguments)[0])

    def rich(self, message: str, /, **arguments: Argument) -> str:
        """Return a message that holds markup as HTML; its arguments are escaped."""
        return self.say(message, **{name: _escaped(value) for name, value in arguments.items()})


def _escaped(value: Argument) -> Argument:
    return escape(value) if isinstance(value, str) else value


@cache
def tags() -> tuple[str, ...]:
    """Tags of the languages that there are catalogues of, English first."""
    found = sorted(folder.name for folder in CATALOGUES.iterdir() if folder.is_dir())
    return (SOURCE, *(tag for tag in found if tag != SOURCE))


def is_known(tag: str) -> bool:
    """Return whether there is such a language, a pseudo-language included."""
    return tag in tags() or tag in PSEUDO


ONE_OF_THE_LANGUAGES = f"must be one of {', '.join(tags())}"


@cache
def language(tag: str) -> Language:
    """Return a language. Raises `KeyError` for one that is not known."""
    if not is_known(tag):
        raise KeyError(tag)
    if tag in PSEUDO:
        return Language(tag, [pseudo_text(text, PSEUDO[tag]) for text in texts_of(SOURCE).values()])
    return Language(tag, texts_of(tag).values(), None if tag == SOURCE else language(SOURCE))


@cache
def texts_of(tag: str) -> Mapping[str, str]:
    """Return the catalogue files of a known language, by name, as they are when first asked for."""
    return {file.name: file.read_text("utf-8") for file in sorted((CATALOGUES / tag).glob("*.ftl"))}


def is_catalogue(name: str) -> bool:
    """Return whether there is a catalogue file of this name, without its ending."""
    return f"{name}.ftl" in texts_of(SOURCE)


@cache
def message_ids(name: str) -> tuple[str, ...]:
    """Return the ids of a catalogue file's messages, in its order."""
    return tuple(_messages_in(texts_of(SOURCE)[f"{name}.ftl"]))


@cache
def resource_of(tag: str, name: str) -> str:
    """Return a catalogue file of a language for programs: without comments, and in English what the language lacks."""
    file = f"{name}.ftl"
    if tag in PSEUDO:
        return _plain(_messages_in(pseudo_text(texts_of(SOURCE)[file], PSEUDO[tag])))
    own = _messages_in(texts_of(tag).get(file, ""))
    return _plain(_messages_in(texts_of(SOURCE)[file]) | own)


def _messages_in(text: str) -> dict[str, Message]:
    body = FluentParser(with_spans=False).parse(text).body
    return {entry.id.name: entry for entry in body if isinstance(entry, Message)}


def _plain(messages: Mapping[str, Message]) -> str:
    for message in messages.values():
        message.comment = None
    return FluentSerializer().serialize(Resource(list(messages.values())))


def first_known(*wanted: str | None) -> Language:
    """Return the first of some tags that is a known language; English where none is."""
    return language(next((tag for tag in wanted if tag is not None and is_known(tag)), SOURCE))


def every_language() -> list[Language]:
    """Return all languages that there are catalogues of, English first."""
    return [language(tag) for tag in tags()]
