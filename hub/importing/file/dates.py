"""Dates and times of day as sellers and spreadsheets write them. Pure.

A date of digits may be read in several orders of day and month; which one holds is decided for a whole column
(`hub/importing/file/survey.py`), never for a cell alone.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

import msgspec

from hub.clock import in_zone
from hub.formats.local_time import is_reckonable
from hub.importing.file.columns import bare
from hub.model.imports import DateOrder

LONGEST = 80
ORDERS: tuple[DateOrder, ...] = ("dmy", "mdy", "ymd")
MONTHS = (
    "january jan januar jänner janvier janv enero ene",
    "february feb febr februar février févr fév febrero",
    "march mar mars märz mrz marzo",
    "april apr avril avr abril abr",
    "may mai mayo",
    "june jun juni juin junio",
    "july jul juli juillet juil julio",
    "august aug août agosto ago",
    "september sep sept septembre septiembre setiembre",
    "october oct oktober okt octobre octubre",
    "november nov novembre noviembre",
    "december dec dezember dez décembre déc diciembre dic",
)
"""In English, French, German and Spanish; each also as its first letters with a dot."""
MONTH_OF: Mapping[str, int] = {bare(word): n for n, words in enumerate(MONTHS, start=1) for word in words.split()}
DAYS = (
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun "
    "lundi mardi mercredi jeudi vendredi samedi dimanche lun mar mer jeu ven sam dim "
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so "
    "lunes martes miércoles jueves viernes sábado domingo mié jue vie sáb dom"
)
FILLERS = "at the of on um uhr am den der le la les à a de del el las th st nd rd er h"
IGNORED = frozenset(bare(word) for word in f"{DAYS} {FILLERS}".split())

CLOCK = re.compile(
    r"(?<![\d/.,:-])(?P<hour>[01]?\d|2[0-3])"
    r"(?:\s?[:hH]\s?(?P<minute>[0-5]\d)?(?::(?P<second>[0-5]\d)(?:[.,]\d{1,9})?)?"
    r"|\.(?P<dotted>[0-5]\d)(?=\s*(?:[ap]\.?\s?m\b|uhr|h\b|$)))?"
    r"\s?(?P<half>[ap]\.?\s?m\b\.?)?",
    re.IGNORECASE | re.ASCII,
)
OFFSET = re.compile(
    r"\s?(?:(?P<utc>Z|UTC|GMT)?(?P<sign>[+-])(?P<h>[01]\d):?(?P<m>[0-5]\d)?|(?P<zulu>Z|UTC|GMT))$", re.I
)
ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)[T\s]*", re.ASCII)
COMPACT = re.compile(r"((?:19|20|21)\d\d)(\d\d)(\d\d)(?=T|\s|$)T?", re.ASCII)
DIGITS = re.compile(r"(\d{1,4})([/.\-\s])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?!\d)", re.ASCII)
SERIAL = re.compile(r"([1-9]\d{4})(?:[.,](\d{1,12}))?", re.ASCII)
DAY_FRACTION = re.compile(r"0[.,]\d{2,18}", re.ASCII)
MARKS = {**dict.fromkeys(map(ord, "年月"), "-"), ord("日"): " ", **dict.fromkeys([0x200E, 0x200F, 0xFEFF], None)}
"""What stands between the parts of a date in Chinese and Japanese; invisible marks go."""
EPOCH = datetime(1899, 12, 30)
"""Day 0 of a spreadsheet's serial numbers, for all days after February 1900."""
CENTURY = 2000


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """Moment in a cell: its day under each order that gives one, and a time of day where it has one."""

    days: Mapping[DateOrder, date]
    clock: time | None = None
    offset: timedelta | None = None
    """From UTC, where the cell says so."""

    @property
    def is_plain(self) -> bool:
        """Whether the day is the same in every order."""
        return len(self.days) == len(ORDERS) and len(set(self.days.values())) == 1

    def local(self, order: DateOrder, zone: ZoneInfo) -> tuple[str, str | None] | None:
        """Return `YYYY-MM-DD` and `HH:MM` in a zone; None where the order gives no day."""
        day = self.days.get(order)
        if day is None:
            return None
        if self.clock is None:
            return day.isoformat(), None
        moment = datetime.combine(day, self.clock)
        if self.offset is not None:
            moment = in_zone(moment.replace(tzinfo=timezone(self.offset)), zone)
        return moment.date().isoformat(), f"{moment:%H:%M}"


@lru_cache(maxsize=4096)
def read_moment(text: str, epoch: datetime = EPOCH) -> Moment | None:
    """Return the moment in a cell of a date, with or without a time; None for no date."""
    plain = _plain(text)
    if not plain or len(plain) > LONGEST:
        return None
    return _serial(plain, epoch) or _written(plain)


@lru_cache(maxsize=4096)
def read_clock(text: str) -> time | None:
    """Return the time of day in a cell, to the minute; None for none."""
    plain = _plain(text)
    if len(plain) > LONGEST:
        return None
    if DAY_FRACTION.fullmatch(plain):
        return (EPOCH + timedelta(seconds=round(float(plain.replace(",", ".")) * 86400))).time().replace(second=0)
    words = re.sub(r"\b(uhr|at|um|à|a las|las)\b\.?", "", plain, flags=re.IGNORECASE).strip()
    found = CLOCK.fullmatch(words)
    if found is None:
        return None
    return time(int(words)) if words.isdecimal() else _clock(found)


def _plain(text: str) -> str:
    """Return a cell's text in plain digits and spaces."""
    digits = "".join(str(unicodedata.digit(each)) if each.isdecimal() else each for each in text)
    return " ".join(unicodedata.normalize("NFKC", digits).translate(MARKS).split())


def _serial(plain: str, epoch: datetime) -> Moment | None:
    """Return the moment of a spreadsheet's serial number: days, and parts of a day."""
    found = SERIAL.fullmatch(plain)
    if found is None:
        return None
    seconds = round(float(f"0.{found[2]}") * 86400) if found[2] else 0
    moment = epoch + timedelta(days=int(found[1]), seconds=seconds)
    return _moment(dict.fromkeys(ORDERS, moment.date()), moment.time().replace(second=0) if found[2] else None)


def _written(plain: str) -> Moment | None:
    for find in (_iso, _digits, _worded):
        if (read := find(plain)) is None:
            continue
        days, rest = read
        return _with_rest(days, rest)
    return None


def _with_rest(days: Mapping[DateOrder, date], rest: str) -> Moment | None:
    """Return a moment with the time that stands beside its date; None where something else stands there."""
    rest = re.sub(r"^[T\s,;|·•-]+|[\s,;|·•-]+$", "", rest)
    rest = re.sub(r"^([01]\d|2[0-3])([0-5]\d)([0-5]\d)?(?=$|Z|[+-])", r"\1:\2", rest)
    offset, found = None, OFFSET.search(rest)
    if found is not None and CLOCK.match(rest):
        offset, rest = _offset(found), rest[: found.start()].strip()
    words = [word for word in re.split(r"[\s,;()|]+", rest) if word and bare(word) not in IGNORED]
    if not words:
        return _moment(days, None)
    clock = CLOCK.fullmatch(" ".join(words))
    if clock is None or (said := _clock(clock)) is None:
        return None
    return _moment(days, said, offset)


def _moment(days: Mapping[DateOrder, date], clock: time | None, offset: timedelta | None = None) -> Moment | None:
    good = {
        order: day for order, day in days.items() if is_reckonable(datetime(day.year, day.month, day.day, tzinfo=UTC))
    }
    return Moment(days=good, clock=clock, offset=offset) if good else None


def _iso(plain: str) -> tuple[dict[DateOrder, date], str] | None:
    for form in (ISO, COMPACT):
        if (found := form.match(plain)) and (day := _date(found[1], int(found[2]), int(found[3]))):
            return dict.fromkeys(ORDERS, day), plain[found.end() :]
    return None


def _digits(plain: str) -> tuple[dict[DateOrder, date], str] | None:
    """Read three groups of digits, in each order that makes a date of them."""
    found = DIGITS.search(plain)
    if found is None or (before := bare(plain[: found.start()])) not in IGNORED | {""}:
        return None
    first, second, year = int(found[1]), int(found[3]), found[4]
    in_order = {"dmy": (year, second, first), "mdy": (year, first, second)}
    if found[2] == ".":
        in_order.pop("mdy")  # no language writes the month first with dots
    if len(found[1]) == len(found[4]) == 2:
        in_order["ymd"] = (found[1], second, int(year))
    elif len(found[1]) > 2:
        return None
    read = {order: _date(*parts) for order, parts in in_order.items()}
    days: dict[DateOrder, date] = {order: day for order in ORDERS if (day := read.get(order))}
    rest = f"{before} {plain[found.end() :]}".removeprefix(before).strip()
    return (days, rest) if days else None


def _worded(plain: str) -> tuple[dict[DateOrder, date], str] | None:
    """Read a date with the name of its month: `24 Dec 2026`, `Thursday, December 24th, 2026`."""
    number = r"(?P<{}>\d{{1,2}})(?:\.|st|nd|rd|th|er|º|ª)?"
    word = r"(?P<month>[^\W\d_]{3,12})\.?"
    year = r"(?P<year>\d{4}|\d{2})(?![\d:hH])"
    middle = r"[\s,\-/]*(?:de[l]?\s)?"
    for form in (
        rf"{number.format('day')}{middle}{word}{middle}{year}",
        rf"{word}{middle}{number.format('day')}{middle}{year}",
    ):
        for found in re.finditer(form, plain, re.IGNORECASE):
            month = MONTH_OF.get(bare(found["month"]))
            before = [each for each in re.split(r"[\s,.]+", plain[: found.start()]) if bare(each) not in IGNORED | {""}]
            if month is None or before:
                continue
            if day := _date(found["year"], month, int(found["day"])):
                return dict.fromkeys(ORDERS, day), plain[found.end() :]
    return None


def _date(year: str, month: int, day: int) -> date | None:
    try:
        return date(int(year) + (CENTURY if len(year) == 2 else 0), month, day)
    except ValueError:
        return None


def _clock(found: re.Match[str]) -> time | None:
    """Return the time of a match, None for a lone number that may be anything."""
    hour, minute = int(found["hour"]), int(found["minute"] or found["dotted"] or 0)
    half = (found["half"] or "").lower()[:1]
    if not half:
        is_marked = re.search(r"[:h.]", found[0], re.IGNORECASE) is not None
        return time(hour, minute) if is_marked else None
    if not 1 <= hour <= 12:
        return None
    return time(hour % 12 + (12 if half == "p" else 0), minute)


def _offset(found: re.Match[str]) -> timedelta:
    if found["sign"] is None:
        return timedelta()
    size = timedelta(hours=int(found["h"]), minutes=int(found["m"] or 0))
    return -size if found["sign"] == "-" else size
