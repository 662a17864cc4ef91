"""Code pages of text files: whether one was read by another's, and which others it may be. Pure.

Bytes do not say by which code page they were written. A text that was read by the wrong one has signs within its words,
or letters that no language puts together: then the organiser is asked (docs/import.md, The file).
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import pairwise

import msgspec

CODE_PAGES: Mapping[str, str] = {
    "windows-1252": "cp1252",
    "windows-1250": "cp1250",
    "windows-1251": "cp1251",
    "windows-1253": "cp1253",
    "windows-1254": "cp1254",
    "windows-1255": "cp1255",
    "windows-1256": "cp1256",
    "windows-1257": "cp1257",
    "iso-8859-2": "iso8859-2",
    "koi8-r": "koi8-r",
    "macintosh": "mac-roman",
    "ibm850": "cp850",
    "ibm852": "cp852",
    "ibm866": "cp866",
    "shift_jis": "cp932",
    "gb18030": "gb18030",
    "big5": "cp950",
    "euc-kr": "cp949",
    "euc-jp": "euc_jp",
}
"""Codecs by the names of code pages (IANA)."""
MOST_CHOICES = 8
LONGEST_EXAMPLE = 60

LETTER = r"[^\W\d_]"
DOUBTFUL = re.compile(
    "|".join(
        (
            r"[À-ÖØ-öø-ÿŒœŠšŸŽž]{3}",
            r"[a-zß-öø-ÿ][À-ÖØ-Þ]",
            r"[ÐÞðþÝý\ufffd]",
            r"[\w\xa0-\xff][\x80-\x9f]|[\x80-\x9f][\w\xa0-\xff]",
            rf"(?<={LETTER})[¡-©«-±¶¸»-¿×÷‚ƒ„†‡ˆ‰‹›˜²³µ¹ªº](?={LETTER})",  # noqa: RUF001
            rf"(?<!\w)[£¥¤¦¬¯³¹²ª±](?={LETTER})|(?<={LETTER})[¤¦¯¶³¹¿¾¼](?!\w)",
            r"[ìòùÌÒÙ](?=[a-zà-ÿ]{2})|ø\w*[áíìèùšžò]|[áíìèùšžò]\w*ø|õ(?![eE])|È(?=[a-z]*[áíìøù])",
        )
    )
)
"""Signs within words, and letters together, as no language of Western Europe has them; a few names look like it."""


class EncodingChoice(msgspec.Struct, frozen=True, kw_only=True):
    """Code page that a file may be in, with the example as it reads by that one."""

    encoding: str
    means: str


class EncodingQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """Doubt about a file's code page: its first doubtful row, as each of them reads it."""

    row: int
    choices: list[EncodingChoice]


def question_of(lines: Sequence[tuple[int, bytes]], codec: str) -> EncodingQuestion | None:
    """Return the doubt about numbered lines that were read by a code page; None where people write so."""
    doubtful = next((each for each in lines if DOUBTFUL.search(each[1].decode(codec, "replace"))), None)
    if doubtful is None:
        return None
    row, example = doubtful
    sample = b"\n".join(line for _, line in lines)
    likeness = {name: found for name in CODE_PAGES if (found := _likeness(sample, name)) is not None}
    shown: dict[str, str] = {}
    for name in sorted(likeness, key=lambda each: -likeness[each]):
        shown.setdefault(_shown(example, name), name)
    choices = [EncodingChoice(encoding=name, means=text) for text, name in shown.items()]
    return EncodingQuestion(row=row, choices=choices[:MOST_CHOICES])


def _shown(line: bytes, name: str) -> str:
    """Return a line as a code page reads it, in short."""
    text = line.decode(CODE_PAGES[name], "replace").strip()
    return "".join(each if each.isprintable() else " " for each in text)[:LONGEST_EXAMPLE]


def _likeness(sample: bytes, name: str) -> float | None:
    """Return how much a sample is like words of one script, 1 at most; None where a code page cannot read it."""
    try:
        text = sample.decode(CODE_PAGES[name])
    except UnicodeDecodeError:
        return None
    high = [each for each in text if ord(each) > 127]
    letters = [each for each in high if each.isalpha() and not "\uff61" <= each <= "\uff9f"]
    moved = sum(one.islower() and other.isupper() for one, other in pairwise(text))
    mixed = len(re.findall(r"[A-Za-z][^\W\d_A-Za-z\u00aa-\u024f]|[^\W\d_A-Za-z\u00aa-\u024f][A-Za-z]", text))
    scripts = {_script(each) for each in letters}
    return (len(letters) - moved - mixed) / max(1, len(high)) - max(0, len(scripts) - 1)


def _script(letter: str) -> str:
    """Return the script of a letter, as its name in Unicode begins."""
    name = unicodedata.name(letter, "?").split()[0]
    return "CJK" if name in ("HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "IDEOGRAPHIC") else name
