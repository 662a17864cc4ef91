"""`pass.strings`: the texts of a pass in each language, from which a phone takes its own. Pure.

A phone looks up each text of `pass.json` in the table of its language. So a table is what differs between the pass in
its own language and in another: whatever people wrote (a name, a place) is the same in both, and stays as it is.
Source: Apple's "Creating a localized pass" (Wallet).
"""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from hub.language.catalogue import Language, every_language
from hub.wallet.apple.pass_json import PassView, describe_pass

ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "", "\t": "\\t"})


def string_tables(view: PassView) -> Mapping[str, bytes]:
    """Return the table of each language, by its path in the pass file; the pass's own is empty.

    It is there all the same: a phone that finds no table of its first language takes one of its second.
    """
    return {f"{each.tag}.lproj/pass.strings": _written(translations(view, each)) for each in every_language()}


def translations(view: PassView, language: Language) -> dict[str, str]:
    """Translation of each text of a pass into a language, by the text.

    A text that stands also where people wrote it, such as a guest who is called Ticket, is left out.
    """
    own = describe_pass(view)
    other = describe_pass(msgspec.structs.replace(view, language=language))
    pairs = list(_pairs(own, other))
    foreign = {text for text, translated in pairs if text == translated}
    return {text: translated for text, translated in pairs if text != translated and text not in foreign}


def _pairs(own: Any, other: Any) -> Iterator[tuple[str, str]]:
    """Yield each text of a pass with the one at the same place in the other."""
    if isinstance(own, dict):
        for name, value in own.items():
            yield from _pairs(value, other[name])
    elif isinstance(own, list):
        for mine, others in zip(own, other, strict=True):
            yield from _pairs(mine, others)
    elif isinstance(own, str):
        yield own, other


def _written(table: Mapping[str, str]) -> bytes:
    return "".join(f'"{_escaped(text)}" = "{_escaped(to)}";\n' for text, to in sorted(table.items())).encode()


def _escaped(text: str) -> str:
    return text.translate(ESCAPES)
