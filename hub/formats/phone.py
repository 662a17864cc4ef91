"""Phone numbers as people write them: checked, and brought into one form by which they are counted and found. Pure."""

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files

import phonenumbers

FEWEST_DIGITS, MOST_DIGITS = 3, 20
LONGEST = 60
SHOWN_DIGITS = 3
WRONG_PHONE = "must be a phone number: 3 to 20 digits, with spaces and + - ( ) . / between"

EXTENSION = re.compile(
    r"[\s,;.]*(?:;ext=|\be?xt(?:ensi[oó]n|n)?\b\.?|#|\bx|\bposte\b|\bdurchwahl\b|\bdw\b\.?|\bint(?:erno|erne)?\b\.?"
    r"|\bramal\b|\bwew(?:n[eę]trzny|n)?\b\.?|\btoestel\b|\btst\b\.?|\bankn(?:ytning)?\b\.?|\blinka\b|доб\.?|вн\.?|内線|內線|内线|분기)"
    r"\s*:?\s*(\d{1,8})\s*$",
    re.IGNORECASE | re.ASCII,
)
SIGNS = re.compile(r"\+?[\d ()./\-+]*", re.ASCII)
ALIKE = {
    **dict.fromkeys(range(0x2010, 0x2016), "-"),
    **dict.fromkeys([0x2212, 0x30FC, 0x2043, 0xFE63, 0xFF0D, 0x2022, 0x00B7, 0x30FB], "-"),
    **dict.fromkeys([0x2044, 0x2215, 0x2571], "/"),
    **dict.fromkeys([0xFF0B, 0xFE62, 0x207A], "+"),
    **dict.fromkeys([0x00AD, 0x034F, 0x061C, 0x180E, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F)]),
    **dict.fromkeys(range(0x2060, 0x2070)),
    **dict.fromkeys([0x260E, 0x260F, 0x2706, 0xFE0E, 0xFE0F, *range(0x1F4DE, 0x1F4E0), 0x1F4F1]),
}
"""Dashes, slashes and plus signs of all kinds as the plain one; invisible marks and pictures of telephones go."""


def is_phone(text: str) -> bool:
    """Return whether a text is a phone number as people write them, with 3 to 20 digits in it."""
    if len(text) > LONGEST:
        return False
    plain = _plain(text)
    number = EXTENSION.sub("", plain)
    return SIGNS.fullmatch(number) is not None and FEWEST_DIGITS <= len(_digits(plain)) <= MOST_DIGITS


@lru_cache(maxsize=4096)
def phone_digits(text: str, country: str | None) -> str:
    """Return a number's digits with its country's code (E.164, without the plus), as its event's country dials it.

    Where no country can be made out, or it has no such numbers, its digits as they are written. An extension is no
    part of it: it is the same telephone.
    """
    parsed = _parse(text, country)
    if parsed is None:
        return _digits(_plain(text))
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164).lstrip("+")


def phone_words(text: str, country: str | None) -> list[str]:
    """Return the words that a number is found by: whole, as its own country dials it, and as it is written."""
    words = [phone_digits(text, country), _digits(_plain(text))]
    if (parsed := _parse(text, country)) is not None:
        national = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
        words.append(_digits(national))
    return [word for word in dict.fromkeys(words) if word]


def last_digits(text: str) -> str | None:
    """Return the last digits of a number, by which a door tells equal names apart; None for a number of few digits."""
    digits = _digits(_plain(text))
    return digits[-SHOWN_DIGITS:] if len(digits) >= 2 * SHOWN_DIGITS else None


def typed_phone(text: str) -> str | None:
    """Search word of a phone number as it was typed; None for a text that is none."""
    return phone_digits(text, None).removeprefix("00") or None if is_phone(text) else None


@lru_cache(maxsize=1024)
def country_of(timezone: str) -> str | None:
    """Return the country (ISO 3166, two letters) of a time zone of the IANA; None for one that has none."""
    return _countries().get(_links().get(timezone, timezone))


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    rows = (line.split("\t") for line in _zoneinfo("zone.tab").splitlines() if not line.startswith("#"))
    return {zone: country for country, _, zone, *_ in rows}


@lru_cache(maxsize=1)
def _links() -> dict[str, str]:
    """Return the zones of today by their older names, those that are in no list of countries."""
    links = {}
    for line in _zoneinfo("tzdata.zi").splitlines():
        if line.startswith("L "):
            _, target, name = line.split()
            if name not in _countries():
                links[name] = target
    return links


def _zoneinfo(name: str) -> str:
    return files("tzdata").joinpath("zoneinfo", name).read_text("utf-8")


def _plain(text: str) -> str:
    """Return a number in ASCII: digits of any script, signs of all kinds, without invisible marks."""
    ascii_digits = "".join(str(unicodedata.decimal(each)) if each.isdecimal() else each for each in text)
    plain = unicodedata.normalize("NFKC", ascii_digits.translate(ALIKE)).translate(ALIKE).strip()
    return re.sub(r"^tel\s*[.:]?\s*(?://)?", "", plain, flags=re.IGNORECASE).split(";phone-context=")[0]


def _digits(plain: str) -> str:
    return re.sub(r"\D", "", EXTENSION.sub("", plain), flags=re.ASCII)


def _parse(text: str, country: str | None) -> phonenumbers.PhoneNumber | None:
    if len(text) > LONGEST or not is_phone(text):
        return None
    try:
        parsed = phonenumbers.parse(EXTENSION.sub("", _plain(text)).replace("/", " "), country)
    except phonenumbers.NumberParseException:
        return None
    return parsed if phonenumbers.is_possible_number(parsed) else None
