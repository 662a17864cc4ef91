"""Calendar files as RFC 5545 wants them: read back by the rules of its grammar."""

import re
from datetime import UTC, datetime, timedelta, timezone

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from hub.formats.calendar import LONGEST_LINE, CalendarEntry, calendar_file

ENTRY = CalendarEntry(
    uid="6c2e984e@scan-hub",
    written_at=datetime(2026, 11, 30, 12, tzinfo=UTC),
    starts_at=datetime(2026, 12, 24, 20, 30, tzinfo=timezone(timedelta(hours=1))),
    ends_at=datetime(2026, 12, 25, 1, tzinfo=UTC),
    title="Jazz & Blues; live, at the Mill",
    place="The Old Mill, 4 quai du Moulin",
    notes="Ada\nTicket number 6c2e984e",
)
TEXTS = st.text(max_size=200)


def unfolded(file: bytes) -> list[str]:
    """Return the content lines of a file."""
    text = file.decode()
    assert text.endswith("\r\n")
    return text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def text_of(value: str) -> str:
    """Return the text that a property's value stands for."""
    assert re.fullmatch(r"(?:[^\\;,\n]|\\[\\;,nN])*", value)
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def properties(file: bytes) -> dict[str, str]:
    return {name: value for name, _, value in (line.partition(":") for line in unfolded(file))}


def test_file_of_a_ticket_is_one_entry_in_utc() -> None:
    assert unfolded(calendar_file(ENTRY)) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Scan Hub//Tickets//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        "UID:6c2e984e@scan-hub",
        "DTSTAMP:20261130T120000Z",
        "DTSTART:20261224T193000Z",
        "DTEND:20261225T010000Z",
        r"SUMMARY:Jazz & Blues\; live\, at the Mill",
        r"LOCATION:The Old Mill\, 4 quai du Moulin",
        r"DESCRIPTION:Ada\nTicket number 6c2e984e",
        "STATUS:CONFIRMED",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_entry_without_a_known_end_has_none_and_a_cancelled_one_says_so() -> None:
    for ends_at in (None, ENTRY.starts_at, ENTRY.starts_at - timedelta(days=1)):
        assert b"DTEND" not in calendar_file(msgspec.structs.replace(ENTRY, ends_at=ends_at))
    assert properties(calendar_file(msgspec.structs.replace(ENTRY, is_canceled=True)))["STATUS"] == "CANCELLED"
    bare = properties(calendar_file(msgspec.structs.replace(ENTRY, place="", notes="")))
    assert not {"LOCATION", "DESCRIPTION"} & bare.keys()


@given(title=TEXTS, place=TEXTS, notes=TEXTS)
def test_any_text_comes_through_and_no_line_is_too_long(title: str, place: str, notes: str) -> None:
    file = calendar_file(msgspec.structs.replace(ENTRY, title=title, place=place, notes=notes))
    for line in file.removesuffix(b"\r\n").split(b"\r\n"):
        assert 1 <= len(line) <= LONGEST_LINE
        assert not re.search(rb"[\x00-\x1f\x7f]", line)
        line.decode()
    assert [line.partition(":")[0] for line in unfolded(file)].count("BEGIN") == 2
    read = properties(file)
    for name, text in (("SUMMARY", title), ("LOCATION", place), ("DESCRIPTION", notes)):
        lines = text.replace("\r\n", "\n").replace("\r", "\n")
        assert text_of(read.get(name, "")) == re.sub(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", "", lines)


def test_line_of_wide_characters_is_cut_between_them() -> None:
    title = "🎟" * 60 + "é" * 60 + "x" * 150
    file = calendar_file(msgspec.structs.replace(ENTRY, title=title))
    assert properties(file)["SUMMARY"] == title
