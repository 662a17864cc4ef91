"""Code pages of text files: whether one was read by another's, and which others it may be. Pure.

Bytes do not say by which code page they were written. A text that was read by the wrong one has signs within its words,
or letters that no language puts together: where another one is clearly more likely over the whole sample, the organiser
is asked (docs/import.md, The file).
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from hub.importing.file.words import languages_of

CODE_PAGES: Mapping[str, str] = {
    "windows-1252": "cp1252",
    "iso-8859-1": "latin-1",
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
SEPARATORS = re.compile(rb"[\x00-\x20!-&(-,./:-?]+")
"""Bytes between words: none of them is the second of a character of several bytes."""
CLEARLY = 0.25
"""The part of the words by which another code page has to be more likely."""
NEARLY_ALL = 0.9
FEWEST_OF_ONE = 5
"""Words by which a single language is known: fewer are guests of several countries as well."""


class EncodingChoice(msgspec.Struct, frozen=True, kw_only=True):
    """Code page that a file may be in, with the example as it reads by that one."""

    encoding: str
    means: str


class EncodingQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """Doubt about a file's code page: its first doubtful row, as each of them reads it."""

    row: int
    choices: list[EncodingChoice]


class Reading:
    """Sample of a file as one code page reads it: its text, and the languages that each of its words may be of."""

    def __init__(self, words: Sequence[bytes], sample: bytes, codec: str) -> None:
        self.text = sample.decode(codec, "replace")
        self.words = [each.decode(codec, "replace") for each in words]
        self.languages = [languages_of(each) for each in self.words]
        counts = Counter(name for each in self.languages for name in each)
        self.is_like = sum(map(bool, self.languages)) / max(1, len(words))
        """The part of the words that some language has."""
        self.is_like_one = max(counts.values(), default=0) / max(1, len(words))
        """The part of the words that one language has."""

    @property
    def likeness(self) -> float:
        """How much the sample is like words, of one language most of all; 2 at most."""
        return self.is_like + self.is_like_one

    def is_clearly_above(self, other: "Reading") -> bool:
        """Whether this code page is the more likely one over the whole sample: one word alone is a slip."""
        pairs = zip(self.words, other.words, self.languages, other.languages, strict=True)
        gains = [bool(mine) - bool(theirs) for one, two, mine, theirs in pairs if one != two]
        gain = sum(gains)
        if gain >= min(2, (len(self.words) + 1) // 2) and gain >= CLEARLY * len(gains):
            return gain > 0
        is_of_one = self.is_like_one >= NEARLY_ALL and self.is_like_one >= other.is_like_one + CLEARLY
        return gain >= 0 and is_of_one and len(self.words) >= FEWEST_OF_ONE


class Sample:
    """Numbered lines of a file that are not ASCII, as each code page reads them; `detected` is the codec it is read by.

    Takes some tens of milliseconds: not for the event loop.
    """

    def __init__(self, lines: Sequence[tuple[int, bytes]], detected: str) -> None:
        self._lines = lines
        self._codec = detected
        sample = b"\n".join(line for _, line in lines)
        words = sorted({word for word in SEPARATORS.split(sample) if not word.isascii()})
        self._detected = _name_of(detected)
        can = [name for name, codec in CODE_PAGES.items() if name == self._detected or _can_read(sample, codec)]
        self._readings = {name: Reading(words, sample, CODE_PAGES[name]) for name in can}

    def doubt(self) -> EncodingQuestion | None:
        """Return the question that has to be asked; None where the detected code page is as likely as any other."""
        detected = self._readings[self._detected]
        is_doubtful = any(each.is_clearly_above(detected) for each in self._readings.values())
        return self.question() if is_doubtful else None

    def doubt_of(self, kept: str) -> EncodingQuestion | None:
        """Return the question where the code page of earlier files reads this one worse than the detected."""
        reading = self._readings.get(kept)
        if reading is None or reading.likeness < self._readings[self._detected].likeness:
            return self.question()
        return None

    def question(self) -> EncodingQuestion | None:
        """Return the code pages to choose from, the likeliest first, with the detected one; None for ASCII."""
        if not self._lines:
            return None
        names = sorted(self._readings, key=lambda each: (-self._readings[each].likeness, each != self._detected))
        distinct: dict[str, str] = {}
        for name in (self._detected, *names):
            distinct.setdefault(self._readings[name].text, name)
        chosen = [name for name in names if name in distinct.values()][:MOST_CHOICES]
        if self._detected not in chosen:
            chosen[-1] = self._detected
        row, line, at = self._example()
        choices = [EncodingChoice(encoding=name, means=_shown(line, at, CODE_PAGES[name])) for name in chosen]
        return EncodingQuestion(row=row, choices=choices)

    def _example(self) -> tuple[int, bytes, int]:
        """Return the first row with a word that no language has, else the first; and where in it that word begins."""
        for row, line in self._lines:
            at = 0
            for word in SEPARATORS.split(line):
                at = line.index(word, at)
                if not word.isascii() and not languages_of(word.decode(self._codec, "replace")):
                    return row, line, at
                at += len(word)
        row, line = self._lines[0]
        return row, line, next(at for at, byte in enumerate(line) if byte > 127)


def question_of(lines: Sequence[tuple[int, bytes]], codec: str) -> EncodingQuestion | None:
    """Return the doubt about numbered lines that were read by a code page; None where people write so."""
    return Sample(lines, codec).doubt()


def _name_of(codec: str) -> str:
    return next(name for name, each in CODE_PAGES.items() if each == codec)


def _can_read(sample: bytes, codec: str) -> bool:
    try:
        sample.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _shown(line: bytes, at: int, codec: str) -> str:
    """Return the part of a line around a byte of it, as a code page reads it."""
    text = line.decode(codec, "replace")
    place = len(line[:at].decode(codec, "replace"))
    first = max(0, min(place - LONGEST_EXAMPLE // 3, len(text) - LONGEST_EXAMPLE))
    part = text[first : first + LONGEST_EXAMPLE].strip()
    shown = "".join(each if each.isprintable() else " " for each in part)
    return f"{'…' * (first > 0)}{shown}{'…' * (first + LONGEST_EXAMPLE < len(text))}"
