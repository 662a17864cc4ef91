"""Helpers for tests of reading files: an event with its times, and a file that is checked against them."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from hub.importing.check import Checker
from hub.importing.checked import Checked
from hub.importing.file.rows import Row
from hub.importing.file.showings import Times
from hub.importing.file.upload import Upload
from hub.importing.problems import RowsRefused
from hub.model.event import Showing
from hub.model.imports import Choices
from hub.tickets.seats import Seats, new_showing
from hub.vault import Vault
from tests.builders import an_event

NOW = datetime(2026, 12, 24, 12, tzinfo=UTC)
SEATS = Seats(Vault("a secret of the tests, long enough"), timedelta(hours=8))
EVENT = an_event(timezone="Europe/Paris", starts_at=NOW, ends_at=NOW + timedelta(days=3))


def times(*showings: tuple[str, str], now: datetime = NOW) -> Times:
    """Return an event's times, of 1,000 seats each."""
    wanted = showings or (("2026-12-24", "20:30"),)
    there: list[Showing] = [new_showing(EVENT, *when, 1000) for when in wanted]
    return Times(EVENT, there, SEATS, now)


async def nothing_taken(asked: object) -> list[Any]:
    """Find no ticket that is there already."""
    return []


def uploaded(content: bytes, piece: int = 7) -> Upload:
    """Return a file as it comes over the network."""
    upload = Upload(1_000_000, b"a key")
    for first in range(0, len(content), piece):
        upload.write(content[first : first + piece])
    upload.end()
    return upload


def check(content: bytes | str, when: Times | None = None, choices: Choices | None = None) -> Checked:
    """Check a file against an event into which nothing was imported yet."""
    upload = uploaded(content.encode() if isinstance(content, str) else content, 4096)
    try:
        return asyncio.run(Checker(upload, when or times(), nothing_taken, choices).check())
    finally:
        upload.close()


def refused(content: bytes | str, when: Times | None = None, choices: Choices | None = None) -> RowsRefused:
    """Return why a file is refused."""
    try:
        check(content, when, choices)
    except RowsRefused as refusal:
        return refusal
    raise AssertionError("the file was not refused")


def problems_of(refusal: RowsRefused) -> list[tuple[int, str, str]]:
    """Return the row, column and code of each problem."""
    return [(each.row, each.column, each.code) for each in refusal.problems]


def when_of(row: Row) -> tuple[str, str]:
    """Return date and time of a row's showing."""
    assert row.showing is not None
    return row.showing.date, row.showing.time
