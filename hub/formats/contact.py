"""Contact data: names, e-mail addresses and phone numbers as people write them, cleaned and checked. Pure."""

import re
import unicodedata

ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", re.ASCII)
"""What HTML takes for a mail address (WHATWG, valid e-mail address), with a dot in its domain."""
LONGEST_ADDRESS = 254
LONGEST_NAME = 100

DIRECTION_MARKS = dict.fromkeys(
    [0x061C, 0x200E, 0x200F, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x2070), *range(0xFFF9, 0xFFFC)]
)
"""Marks that only turn the direction of a line around, or frame it: they come along with what is pasted."""
INVISIBLE = "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u180f\u200b\u200c\u200d\u2060"
INVISIBLE += "\u2061\u2062\u2063\u2064\u2065\u2800\u3164\uffa0"
INVISIBLE += "".join(map(chr, [*range(0xFFF0, 0xFFF9), *range(0x1BCA0, 0x1BCA4), 0x1D159, *range(0x1D173, 0x1D17B)]))
INVISIBLE += "".join(map(chr, range(0x13430, 0x13440)))
"""Characters without a picture of their own: joiners, fillers, blanks, which mean nothing at the ends of a text."""
TAGS = re.compile("(\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{1,8}\U000e007f)|[\U000e0000-\U000e00ff]")
"""Tag characters, which hide a text within another; those of a region's flag are its first group."""
SPACES = "".join(map(chr, [*range(9, 14), *range(28, 33), 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B)]))
SPACES += "\u2028\u2029\u202f\u205f\u3000"
ENDS = SPACES + INVISIBLE
"""What a text neither begins nor ends with."""
VARIATION = "".join(map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]))
"""Variation selectors: they choose the form of the character before them."""
MARKS = "".join(each for each in map(chr, range(0x300, 0x1F000)) if unicodedata.category(each) in ("Mn", "Me"))
"""Combining marks without a width of their own: each stands on the character before it."""
UNSEEN = ENDS + VARIATION + MARKS + "".join(map(chr, [*DIRECTION_MARKS, *range(0xE0000, 0xE0100)]))
"""Characters of which a text may hold any number and still show nothing."""
REFUSED = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Categories of characters that steer a page or a printer: controls, halves of characters, ends of lines."""
NONCHARACTERS = frozenset({0xFFFE, 0xFFFF})


def clean(text: str) -> str:
    """Text in normal form C, without direction marks and hidden tags, and without invisible characters at its ends."""
    plain = unicodedata.normalize("NFC", TAGS.sub(r"\1", text.translate(DIRECTION_MARKS)))
    return plain.strip(ENDS).lstrip(ENDS + VARIATION)


def is_printable(text: str) -> bool:
    """Return whether a text holds no character that steers a page or a printer; any script and emoji may be in it."""
    if text.isprintable():
        return True
    return not any(unicodedata.category(each) in REFUSED or ord(each) & 0xFFFF in NONCHARACTERS for each in text)


def printable(text: str) -> str:
    """Return a text with a space for each run of characters that are not printable."""
    shown = "".join(each if is_printable(each) else " " for each in text)
    return shown if shown == text else re.sub(" {2,}", " ", shown).strip()


def is_name(text: str) -> bool:
    """Return whether a cleaned text can be a person's name: 1 to 100 characters, all printable, one of them visible."""
    return 1 <= len(text) <= LONGEST_NAME and is_printable(text) and is_seen(text)


def is_seen(text: str) -> bool:
    """Return whether a text shows anything: a character that is neither blank nor a mark on one that is missing."""
    return bool(text.strip(UNSEEN))


def box_of(address: str) -> str:
    """Return the mailbox an address is counted as: most servers deliver `Ada+tickets@` to `ada@`."""
    local, _, domain = address.casefold().rpartition("@")
    return f"{local.partition('+')[0] or local}@{domain}"


def normal_address(address: str) -> str:
    """Normal form of an e-mail address, by which two are the same: without regard to case."""
    return address.lower()


def is_address(text: str) -> bool:
    """Return whether `text` looks like a mail address; whether there is such a mailbox, only a mail shows."""
    return len(text) <= LONGEST_ADDRESS and ADDRESS.fullmatch(text) is not None
