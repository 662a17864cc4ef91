"""Check of the message catalogues among each other: what a language lacks, or has otherwise than English."""

import re
from collections.abc import Collection, Iterator, Mapping

from babel import Locale, UnknownLocaleError
from fluent.syntax import FluentParser
from fluent.syntax.ast import (
    Identifier,
    Junk,
    Message,
    NumberLiteral,
    SelectExpression,
    TextElement,
    VariableReference,
    Variant,
)
from fluent.syntax.visitor import Visitor

from hub.language.catalogue import FORMATS, SOURCE, tags, texts_of

PLAIN_SPACE = re.compile(r"[^\s] [;:!?»](?:\s|$|<)|« |\w'\w")
"""What French typography does otherwise: a narrow no-break space, and the apostrophe."""
FRENCH = {"fr"}
TAG = re.compile(r"<[^>]+>")


class Facts(Visitor):
    """Facts of one message: its variables, its markup, and the keys of its plurals."""

    def __init__(self) -> None:
        self.variables: set[str] = set()
        self.markup: set[str] = set()
        self.keys: set[str] = set()
        self.texts: list[str] = []

    def visit_VariableReference(self, node: VariableReference) -> None:
        self.variables.add(node.id.name)

    def visit_TextElement(self, node: TextElement) -> None:
        self.texts.append(node.value)

    def visit_SelectExpression(self, node: SelectExpression) -> None:
        self.keys |= {_key_of(variant) for variant in node.variants}
        self.generic_visit(node)


def _key_of(variant: Variant) -> str:
    key: Identifier | NumberLiteral = variant.key
    return key.name if isinstance(key, Identifier) else key.value


def facts_of(message: Message) -> Facts:
    """Return the facts of a message."""
    facts = Facts()
    facts.visit(message)
    facts.markup = set(TAG.findall("{}".join(facts.texts)))
    return facts


def messages_of(tag: str) -> dict[str, Facts]:
    """Return the facts of each message of a language. Raises `ValueError` for what is no message, or stands twice."""
    return {name: facts for messages in files_of(tag).values() for name, facts in messages.items()}


def files_of(tag: str) -> dict[str, dict[str, Facts]]:
    """Return the facts of each message by file. Raises `ValueError` for what is no message, or stands twice."""
    found: dict[str, dict[str, Facts]] = {}
    places: dict[str, str] = {}
    for file, text in texts_of(tag).items():
        found[file] = {}
        for name, facts in _messages_in(f"{tag}/{file}", text):
            if name in places:
                raise ValueError(f"{tag}/{file}: {name} stands twice: in {places[name]}, too")
            places[name] = file
            found[file][name] = facts
    return found


def _messages_in(file: str, text: str) -> Iterator[tuple[str, Facts]]:
    for entry in FluentParser().parse(text).body:
        if isinstance(entry, Junk):
            line = text.count("\n", 0, entry.span.start if entry.span else 0) + 1
            raise ValueError(f"{file}, line {line}: cannot be read: {(entry.content or '').strip()[:80]}")
        if isinstance(entry, Message):
            yield entry.id.name, facts_of(entry)


def check_languages() -> Iterator[str]:
    """Yield what a language lacks, has too much, or has with other variables and markup than English."""
    for tag in tags():
        try:
            yield from check_language(tag, files_of(tag))
            yield from (
                f"{tag}/{file} is a copy of the English one: translate it, or leave it out" for file in copies_in(tag)
            )
        except ValueError as wrong:
            yield str(wrong)


def check_language(tag: str, own: Mapping[str, Mapping[str, Facts]]) -> Iterator[str]:
    """Yield what is wrong with the files of a language, a missing one as a whole."""
    if not is_tag(tag):
        yield f"{tag}: is no tag of a language, as fr or pt-BR are"
        return
    source = files_of(SOURCE)
    yield from (f"{tag}/{file}: there is no such catalogue" for file in sorted(own.keys() - source.keys()))
    for file, messages in source.items():
        if file in own:
            yield from (f"{tag}/{file}: {problem}" for problem in check_file(tag, messages, own[file]))
        else:
            yield f"{tag}/{file} is missing: its {len(messages)} messages are said in English"


def copies_in(tag: str) -> list[str]:
    """Return the files of a language that are the English ones."""
    return [] if tag == SOURCE else [file for file, text in texts_of(tag).items() if texts_of(SOURCE).get(file) == text]


def is_tag(text: str) -> bool:
    """Return whether there is a language of this tag."""
    try:
        Locale.parse(text, sep="-")
    except (ValueError, UnknownLocaleError):
        return False
    return True


def check_file(tag: str, source: Mapping[str, Facts], own: Mapping[str, Facts]) -> Iterator[str]:
    """Yield what is wrong with one file of a language."""
    yield from (f"{name} is missing: it is said in English" for name in source if name not in own)
    yield from (f"{name} is in no use" for name in own if name not in source)
    for name in (each for each in source if each in own):
        yield from (f"{name}: {problem}" for problem in check_message(tag, source[name], own[name]))


def check_message(tag: str, source: Facts, own: Facts) -> Iterator[str]:
    """Yield what is wrong with one message of a language."""
    if source.variables != own.variables:
        yield f"has the variables {_listed(own.variables)} in place of {_listed(source.variables)}"
    if source.markup != own.markup:
        yield f"has the markup {_listed(own.markup)} in place of {_listed(source.markup)}"
    categories = {"other", *Locale.parse(FORMATS.get(tag, tag), sep="_" if tag in FORMATS else "-").plural_form.tags}
    if own.keys and own.keys != categories:
        yield f"has the plurals {_listed(own.keys)}, and the language has {_listed(categories)}"
    if tag in FRENCH and (wrong := PLAIN_SPACE.search("\n".join(own.texts))):
        yield f"needs a narrow no-break space or another apostrophe: {wrong[0]!r}"


def _listed(names: Collection[str]) -> str:
    return ", ".join(sorted(names)) or "none"
