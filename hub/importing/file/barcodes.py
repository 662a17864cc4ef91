"""Barcodes that a spreadsheet has changed: restored where that is certain, else found as lost. Pure."""

import re

import msgspec

from hub.formats.contact import DIRECTION_MARKS, ENDS

FORMULA = re.compile(r'="(.*)"', re.DOTALL)
SCIENTIFIC = re.compile(r"\d([.,]\d+)?[Ee]\+\d{1,3}", re.ASCII)
DECIMAL = re.compile(r"(\d+)[.,]0+", re.ASCII)
BROKEN = re.compile(r"#(REF!|VALUE!|NAME\?|N/A|NV|NULL!|DIV/0!|NUM!|WERT!|NOMBRE\?|NOM\s?\?|BEZUG!|#+)", re.IGNORECASE)
QUOTED = re.compile(r"'(.+)'|\"(.+)\"|[“„](.+)[“”]|[‘‚](.+)[‘’]|[«»]\s?(.+?)\s?[«»]", re.DOTALL)  # noqa: RUF001
PHONE_DECIMAL = re.compile(r"(\+?\d{6,15})[.,]0", re.ASCII)
EXACT_DIGITS = 15
"""Digits that a spreadsheet keeps of a number; it writes zeros for the others."""

LOST = "by a spreadsheet, its digits are lost: export the list again, and keep the column as text"


class Mended(msgspec.Struct, frozen=True):
    """Barcode as it was restored, with the repair, and whether it is lost."""

    text: str
    harm: str | None = None
    is_lost: bool = False


def mend(text: str) -> Mended:
    """Return a barcode as it was before a spreadsheet had it, or marked as lost."""
    if (plain := text.translate(DIRECTION_MARKS).strip(ENDS)) != text and plain:
        mended = mend(plain)
        return msgspec.structs.replace(mended, harm=mended.harm or f"stands among invisible marks: read as {plain}")
    if BROKEN.fullmatch(text):
        return Mended(text, f"was replaced by the spreadsheet's error {text}: export the list again", True)
    if SCIENTIFIC.fullmatch(text):
        return Mended(text, f"was turned into the number {text} {LOST}", True)
    if decimal := DECIMAL.fullmatch(text):
        if len(decimal[1]) > EXACT_DIGITS:
            return Mended(text, f"was turned into the number {text} by a spreadsheet, its last digits are lost", True)
        return Mended(decimal[1], f"was turned into the number {text} by a spreadsheet: read as {decimal[1]}")
    if formula := FORMULA.fullmatch(text):
        return Mended(formula[1], f"stands as the formula {text}: read as {formula[1]}")
    if quoted := QUOTED.fullmatch(text):
        inner = next(filter(None, quoted.groups()))
        return Mended(inner, f"stands in quotes: read as {inner}")
    if text.startswith("'") and len(text) > 1:
        return Mended(text[1:], f"begins with a spreadsheet's apostrophe: read as {text[1:]}")
    return Mended(text)


def mend_phone(text: str) -> Mended:
    """Return a phone number as it was before a spreadsheet took it for a number; its lost digits stay lost."""
    if SCIENTIFIC.fullmatch(text):
        lost = f"was turned into the number {text} by a spreadsheet, its digits are lost: kept as it is written"
        return Mended(text, lost, True)
    if decimal := PHONE_DECIMAL.fullmatch(text):
        return Mended(decimal[1], f"was turned into the number {text} by a spreadsheet: read as {decimal[1]}")
    if text.startswith("'") and len(text) > 1:
        return Mended(text[1:], f"begins with a spreadsheet's apostrophe: read as {text[1:]}")
    return Mended(text)


def unwrap(text: str) -> str:
    """Return the text in a cell that was written as a formula to keep it as text."""
    formula = FORMULA.fullmatch(text)
    return text if formula is None else formula[1]


class ZeroFilled:
    """Detector for barcodes of more than 15 digits whose last ones a spreadsheet replaced by zeros.

    One such code may end in zeros by itself; a column in which all do was rounded.
    """

    MOST_BY_CHANCE = 3
    """Zeros: one time in a thousand."""

    def __init__(self) -> None:
        self._zeros = 0
        self._is_rounded = True

    def add(self, text: str) -> None:
        """Take one more barcode of the column into account."""
        if not self.is_long(text):
            return
        beyond = text[EXACT_DIGITS:]
        self._is_rounded = self._is_rounded and not beyond.strip("0")
        self._zeros += len(beyond)

    @property
    def is_found(self) -> bool:
        """Whether the column was rounded."""
        return self._is_rounded and self._zeros > self.MOST_BY_CHANCE

    @staticmethod
    def is_long(text: str) -> bool:
        """Return whether a barcode is a number with more digits than a spreadsheet keeps."""
        return len(text) > EXACT_DIGITS and text.isascii() and text.isdecimal()
