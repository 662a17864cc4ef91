"""Calendar files: one entry as iCalendar (RFC 5545), for any calendar program. Pure."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec

from hub.clock import in_zone

PRODUCT = "-//Scan Hub//Tickets//EN"
ESCAPED = re.compile(r"[\\;,\n]")
LONGEST_LINE = 75
"""Octets of a line, its end aside (RFC 5545, 3.1)."""


class CalendarEntry(msgspec.Struct, frozen=True, kw_only=True):
    """Entry of a calendar. `uid` names it for ever: the same one again replaces it. Times are instants."""

    uid: str
    written_at: datetime
    starts_at: datetime
    ends_at: datetime | None
    """None: no end is known."""
    title: str
    place: str
    notes: str
    is_canceled: bool = False


def calendar_file(entry: CalendarEntry) -> bytes:
    """Return the iCalendar file of one entry. Its times are in UTC, which every program shows by its own clock."""
    return "".join(f"{folded(line)}\r\n" for line in _lines(entry)).encode()


def _lines(entry: CalendarEntry) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "METHOD:PUBLISH", "BEGIN:VEVENT")
    yield f"UID:{escaped(entry.uid)}"
    yield f"DTSTAMP:{_instant(entry.written_at)}"
    yield f"DTSTART:{_instant(entry.starts_at)}"
    if entry.ends_at is not None and entry.ends_at > entry.starts_at:
        yield f"DTEND:{_instant(entry.ends_at)}"
    texts = {"SUMMARY": entry.title, "LOCATION": entry.place, "DESCRIPTION": entry.notes}
    yield from (f"{name}:{escaped(text)}" for name, text in texts.items() if text)
    yield f"STATUS:{'CANCELLED' if entry.is_canceled else 'CONFIRMED'}"
    yield from ("END:VEVENT", "END:VCALENDAR")


def _instant(moment: datetime) -> str:
    return f"{in_zone(moment, UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """Return a text as a property's value: separators and line ends escaped, control characters left out."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = "".join(c for c in lines if c == "\n" or unicodedata.category(c) != "Cc")
    return ESCAPED.sub(lambda found: "\\n" if found[0] == "\n" else f"\\{found[0]}", plain)


def folded(line: str) -> str:
    """Return a line as lines of 75 octets at most, each after the first begun by a space; no character is cut."""
    parts, used = [""], 0
    for character in line:
        size = len(character.encode())
        if used + size > LONGEST_LINE:
            parts.append(" ")
            used = 1
        parts[-1] += character
        used += size
    return "\r\n".join(parts)
