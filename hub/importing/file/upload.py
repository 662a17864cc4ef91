"""Uploaded file: a temporary one without a name in the file system, so that nothing of it outlives its process."""

import asyncio
import codecs
import hmac
import re
import tempfile
from io import TextIOWrapper
from typing import BinaryIO, TextIO, cast

from hub.errors import BadInput
from hub.importing.file.encodings import CODE_PAGES, EncodingQuestion, Sample
from hub.importing.file.workbook import MAGIC, OLD_MAGIC, Sheet, why_old, write_csv

Encoding = str
"""A codec: of Unicode, or of a code page."""
HOLES_IN_CP1252 = frozenset({0x81, 0x8D, 0x8F, 0x90, 0x9D})
ENCODING_NAMES = {
    **{codec: name.capitalize() if "windows" in name else name.upper() for name, codec in CODE_PAGES.items()},
    "utf-8-sig": "UTF-8",
    "cp1252": "Windows-1252",
    "latin-1": "Latin-1",
    "mac-roman": "Mac Roman",
    **dict.fromkeys(["utf-16", "utf-16-le", "utf-16-be"], "UTF-16"),
    "utf-32": "UTF-32",
}
BYTE_ORDER_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
WIDEST_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
WIDE: tuple[Encoding, ...] = ("utf-16-le", "utf-16-be")
SAMPLE = 200
"""Bytes at the beginning by which UTF-16 without a mark is known: names of columns, whatever those of guests."""
OTHER_FORMAT = re.compile(
    rb"(\xef\xbb\xbf)?\s*(<(!doctype|html|table|\?xml|meta|head)|%PDF|\{\s*\"|\[\s*\{|\x1f\x8b|\{\\rtf"
    rb"|\x89PNG|\xff\xd8\xff|GIF8|Rar!|7z\xbc\xaf|BEGIN:V|\x09[\x00\x02\x04\x08][\x04-\x10]\x00)",
    re.I,
)
"""How files of other kinds begin: web pages that are called .xls, most of all; pictures, archives, sheets of 1990."""
CONTROLS = bytes({*range(1, 32)} - {*b"\t\n\v\f\r\x1a"})
MOST_CONTROLS = 3
"""Control characters in the first bytes of a text: more are a program's or a picture's."""
MAC_LETTER = re.compile(rb"[a-z][\x8a\x8c-\x90\x9f]")
"""A letter with an accent after another one, as a Mac writes it; Windows has capitals there, or nothing."""
HIGH_LETTER = re.compile(rb"[A-Za-z][\xc0-\xff]|[\xc0-\xff][A-Za-z]")
MOST_LINES, LONGEST_LINES = 200, 2**15
"""Lines, and bytes of them, by which a code page is looked at: those that are not ASCII."""
MOSTLY = 0.4
"""The part of every second byte that is zero in UTF-16 of the scripts of Europe."""


class Upload:
    """Upload buffer: takes a file piece by piece, `most` bytes of it, and then gives its text, repeatedly.

    `key` is what its hash is made under.
    """

    def __init__(self, most: int, key: bytes) -> None:
        self._most = most
        self._file = tempfile.TemporaryFile()
        self._hash = hmac.new(key, digestmod="sha256")
        self._size = 0
        self._utf8 = codecs.getincrementaldecoder("utf-8")()
        self._is_utf8 = True
        self._bytes: set[int] = set()
        self._ends = {b"\r": False, b"\n": False}
        self._has_mac_letters = self._has_high_letters = False
        self._head = b""
        self._chosen: Encoding | None = None
        self._sample: Sample | None = None
        self.sheet: Sheet | None = None
        """The sheet that was read, of a workbook."""

    def write(self, piece: bytes) -> None:
        """Take the next piece; beyond the limit it is counted and dropped."""
        self._size += len(piece)
        if self._size > self._most:
            return
        self._hash.update(piece)
        if len(self._head) < SAMPLE:
            self._head = (self._head + piece)[:SAMPLE]
        self._file.write(piece)
        self._look_at(piece)

    def end(self) -> None:
        """End the upload. Raises `BadInput` with 413 above the limit, 422 for an empty file."""
        if self._size > self._most:
            raise BadInput(f"The file is too large: {self._most} bytes at most", code="too_large", status=413)
        if not self._size:
            raise BadInput("The file is empty")
        self._look_at(b"", final=True)
        self._file.flush()

    @property
    def digest(self) -> str:
        """Keyed hash of the file, in hex: of a plain one, a short file's names could be guessed."""
        return self._hash.hexdigest()

    async def unpack(self) -> None:
        """Put the CSV of a workbook in its place. Raises `BadInput` for an unreadable one."""
        if self._head.startswith(OLD_MAGIC):
            raise BadInput(await asyncio.to_thread(why_old, cast(BinaryIO, self._file)))
        if OTHER_FORMAT.match(self._head) or self._is_binary:
            raise BadInput("This is neither CSV nor .xlsx: open it in a spreadsheet, and save it as one of them")
        if not self._head.startswith(MAGIC):
            return
        unpacked = tempfile.TemporaryFile()
        try:
            self.sheet = await asyncio.to_thread(write_csv, cast(BinaryIO, self._file), cast(BinaryIO, unpacked))
        except BaseException:
            unpacked.close()
            raise
        self._file, packed = unpacked, self._file
        packed.close()
        self._file.flush()
        self._is_utf8, self._head = True, b""

    @property
    def _is_binary(self) -> bool:
        """Whether the file is no text: not even of a spreadsheet that left a control character in a cell."""
        controls = len(self._head) - len(self._head.translate(None, CONTROLS))
        is_wide = self.encoding.startswith(("utf-16", "utf-32"))
        return controls > MOST_CONTROLS and not is_wide and not self._head.startswith(MAGIC)

    @property
    def encoding(self) -> Encoding:
        """Codec of the file: the chosen code page where it is not in Unicode, else the detected one."""
        detected = self.detected
        return self._chosen if self._chosen is not None and not detected.startswith("utf") else detected

    @property
    def detected(self) -> Encoding:
        """UTF-16 or UTF-8; else the code page of Windows or a Mac, or else Latin-1, which is never wrong."""
        if self._head.startswith(WIDEST_MARKS):
            return "utf-32"
        if self._head.startswith(BYTE_ORDER_MARKS):
            return "utf-16"
        for first, encoding in enumerate(WIDE):
            if len(self._head) > 1 and self._head[1 - first :: 2].count(0) > MOSTLY * len(self._head) / 2:
                return encoding
        if self._is_utf8:
            return "utf-8-sig"
        if self._is_of_a_mac:
            return "mac-roman"
        return "latin-1" if self._bytes & HOLES_IN_CP1252 else "cp1252"

    def choose(self, code_page: str | None) -> None:
        """Read the file by a code page from now on, unless it is in Unicode; None: by the detected one."""
        self._chosen = None if code_page is None else CODE_PAGES.get(code_page)

    async def doubt(self) -> EncodingQuestion | None:
        """Return the doubt about the file's code page: the detected one, or the one that earlier files were in.

        None where it fits, or where it was chosen for a file that was detected as that.
        """
        if self.detected.startswith("utf") or self._chosen == self.detected:
            return None
        return await asyncio.to_thread(self._doubt)

    async def code_pages(self) -> EncodingQuestion | None:
        """Return the code pages that the file may be in; None for Unicode, which ASCII is too."""
        if self.detected.startswith("utf"):
            return None
        return (await asyncio.to_thread(self._readings)).question()

    def _doubt(self) -> EncodingQuestion | None:
        sample = self._readings()
        if self._chosen is None:
            return sample.doubt()
        return sample.doubt_of(next(name for name, codec in CODE_PAGES.items() if codec == self._chosen))

    def _readings(self) -> Sample:
        self._sample = self._sample or Sample(self._high_lines(), self.detected)
        return self._sample

    def _high_lines(self) -> list[tuple[int, bytes]]:
        """Return the first lines that are not ASCII, with their numbers; they end as a Mac's do, too. Blocks."""
        found: list[tuple[int, bytes]] = []
        self._file.seek(0)
        with TextIOWrapper(open(self._file.fileno(), "rb", closefd=False), encoding="latin-1", newline=None) as text:
            number = size = 0
            while (line := text.readline(LONGEST_LINES)) and size < LONGEST_LINES and len(found) < MOST_LINES:
                number += 1
                if not line.isascii():
                    found.append((number, line.rstrip("\n").encode("latin-1")))
                    size += len(line)
        return found

    def text(self, encoding: Encoding | None = None) -> TextIO:
        """Return the file's text from its beginning, line ends as they are; no other text of it is read meanwhile."""
        self._file.seek(0)
        # A reader of its own on a copy of the descriptor, because closing a reader closes what it reads from.
        return TextIOWrapper(
            open(self._file.fileno(), "rb", closefd=False),
            encoding=encoding or self.encoding,
            errors=self._errors,
            newline="",
        )

    @property
    def _is_of_a_mac(self) -> bool:
        """Mac file: with lines that end by a carriage return, or accents in a Mac's encoding."""
        return (self._ends[b"\r"] and not self._ends[b"\n"]) or (self._has_mac_letters and not self._has_high_letters)

    @property
    def _errors(self) -> str:
        """Error handler of the decoder (`errors=`): half a character at the end of UTF-16 is no reason to break."""
        is_certain = self.encoding == self.detected and not self.encoding.startswith(("utf-16", "utf-32"))
        return "strict" if is_certain else "replace"

    @property
    def is_closed(self) -> bool:
        """Whether the file is deleted."""
        return self._file.closed

    def close(self) -> None:
        """Delete the file."""
        self._file.close()

    def _look_at(self, piece: bytes, *, final: bool = False) -> None:
        if self._is_utf8:
            try:
                self._utf8.decode(piece, final)
            except UnicodeDecodeError:
                self._is_utf8 = False
        self._bytes.update(HOLES_IN_CP1252.intersection(piece))
        self._ends = {end: known or end in piece for end, known in self._ends.items()}
        self._has_mac_letters = self._has_mac_letters or MAC_LETTER.search(piece) is not None
        self._has_high_letters = self._has_high_letters or HIGH_LETTER.search(piece) is not None
