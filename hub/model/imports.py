"""Imports of tickets: state, refused rows, choices; never a name or a barcode. Plain data."""

from datetime import datetime
from typing import Literal

import msgspec

from hub.model.base import Count, Document
from hub.model.ticket import Reservation, Ticket

ImportState = Literal["staging", "completed", "failed"]
Meaning = Literal["good", "unpaid", "cancelled", "blocked"]
"""What a seller's word for a ticket's state means here."""
DateOrder = Literal["dmy", "mdy", "ymd"]
"""The order of day, month and year in dates of digits."""


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Error of one row of a file: our name of the column, a code, and a text."""

    row: int
    column: str
    code: str = "invalid"
    message: str


class Import(Document, kw_only=True):
    """Import. While it is staging, its process moves `alive_until` on; one whose time is past is dead."""

    id: str
    event: str
    by: str | None = None
    """Whose login or key began it; None for those made before this was kept."""
    state: ImportState
    rows: Count
    staged: Count = 0
    code: str | None = None
    message: str | None = None
    problems: list[Problem] = msgspec.field(default_factory=list)
    problem_count: Count = 0
    added: Count | None = None
    """Of those made before lists could be imported again: None, and all rows were added."""
    changed: Count = 0
    canceled: Count = 0
    unchanged: Count = 0
    untouched: Count = 0
    """Tickets that the list says something new of, but that were scanned or are over."""
    alive_until: datetime
    created_at: datetime
    ended_at: datetime | None = None


class Choices(msgspec.Struct, frozen=True, kw_only=True):
    """Choices of an organiser for a file: meanings of unknown states and columns, and the order of dates."""

    states: dict[str, Meaning] = {}
    """By the seller's word."""
    columns: dict[str, str] = {}
    """Our columns by the seller's heads; "" for one that is not to be read."""
    products: dict[str, str] = {}
    """Our products by the seller's names."""
    dates: DateOrder | None = None
    encoding: str | None = None
    """Code page of files that are not in Unicode, by its name."""

    def over(self, before: "Choices") -> "Choices":
        """Return these choices, and those of `before` where these are open."""
        return Choices(
            states=before.states | self.states,
            columns=before.columns | self.columns,
            products=before.products | self.products,
            dates=self.dates or before.dates,
            encoding=self.encoding or before.encoding,
        )


class KeptChoices(Document, kw_only=True):
    """Choices that are kept for the next file of the same event, or with the same head. `id` says which of the two."""

    id: str
    choices: bytes
    """As JSON: sellers' words are no field names."""
    kept_at: datetime


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """Existing ticket with its reservation; or a reservation alone."""

    ticket: Ticket | None = None
    reservation: Reservation | None = None
