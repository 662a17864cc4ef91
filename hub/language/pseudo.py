"""Pseudo-languages: English made longer and accented (`en-XA`), or from right to left (`ar-XB`), to look at pages in.

Text that is not in the catalogues stands out in the first; what is laid out for one direction only, in the second. A
reader gets one by its tag alone (`?language=en-XA`): no browser asks for them, and no page offers them.
"""

import re

from fluent.syntax import FluentParser, FluentSerializer
from fluent.syntax.ast import BaseNode, TextElement
from fluent.syntax.visitor import Transformer

PSEUDO = {"en-XA": "en-GB", "ar-XB": "ar"}
"""By tag the locale whose formats and direction it has."""

PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
ACCENTED = str.maketrans(PLAIN, "åƀçđéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÅƁÇĐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ")
VOWEL = re.compile(r"(\b\w*?)([aeiou])(\w{2,})", re.IGNORECASE)
"""The first vowel of a word, which is said three times to make the word longer."""
OVERRIDE, POP = "\u202e", "\u202c"


class _Rewriter(Transformer):
    def __init__(self, locale: str) -> None:
        self._is_rtl = locale == "ar"

    def visit_TextElement(self, node: TextElement) -> BaseNode:
        parts = _split(node.value)
        node.value = "".join(part if part.startswith("<") else self._rewritten(part) for part in parts)
        return node

    def _rewritten(self, text: str) -> str:
        if not any(character.isalpha() for character in text):
            return text
        if self._is_rtl:
            return f"{OVERRIDE}{text}{POP}"
        return VOWEL.sub(r"\1\2\2\2\3", text).translate(ACCENTED)


def _split(text: str) -> list[str]:
    """Parts of a text: its tags, each with its brackets, and the text between them."""
    return text.replace("<", "\0<").replace(">", ">\0").split("\0")


def pseudo_text(text: str, locale: str) -> str:
    """Return a catalogue file's text with its messages rewritten; their variables and markup stay."""
    resource = FluentParser(with_spans=False).parse(text)
    return FluentSerializer().serialize(_Rewriter(locale).visit(resource))
