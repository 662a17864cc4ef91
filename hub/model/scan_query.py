"""Scan queries: filters and the page of a list of scans, between the API and the database. Plain data."""

from datetime import datetime

import msgspec

from hub.model.journal import Entry


class ScanPosition(msgspec.Struct, frozen=True, kw_only=True):
    """Position in a list of scans: the scan after which the next page begins."""

    at: datetime
    seq: int
    event: str


class ScanQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Query for scans; a filter that is None takes any. Newest first, or oldest first (`is_oldest_first`).

    `after` is the position of the page before; `after_seq` the number that the event's scans are read from.
    """

    event: str | None = None
    code: str | None = None
    device: str | None = None
    door: str | None = None
    ticket: str | None = None
    request_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    after_seq: int | None = None
    after: ScanPosition | None = None
    limit: int = 100

    @property
    def is_oldest_first(self) -> bool:
        """Whether one event is read in the order of its journal, from a number on."""
        return self.event is not None and self.after_seq is not None


class ScanPage(msgspec.Struct, frozen=True, kw_only=True):
    """Page of scans, and the position of its last one where more follow."""

    entries: list[Entry]
    next: ScanPosition | None = None
