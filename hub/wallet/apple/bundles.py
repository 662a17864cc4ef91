"""Bundles of passes: a reservation's passes in `.pkpasses` files, ten in each at most. Pure.

Apple's Wallet takes no more at once (Apple's "Distributing and updating a pass"), so larger reservations are several.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from hub.model.ticket import Ticket

MOST_PASSES = 10
"""In one bundle."""


class Bundle(NamedTuple):
    """Part of a reservation: which of its passes, counted from 1, are in one file."""

    part: int
    first: int
    last: int
    tickets: list[Ticket]

    @property
    def label(self) -> str:
        """The passes' numbers, as the link to the bundle names them: `Passes 1-10`, `Pass 11`."""
        return f"Pass {self.first}" if self.first == self.last else f"Passes {self.first}-{self.last}"


def bundles_of(tickets: Iterable[Ticket]) -> list[Bundle]:
    """Return the bundles of a reservation's tickets, in the order of its page."""
    ordered = sorted(tickets, key=page_order)
    bundles: list[Bundle] = []
    for start in range(0, len(ordered), MOST_PASSES):
        part = ordered[start : start + MOST_PASSES]
        bundles.append(Bundle(len(bundles) + 1, start + 1, start + len(part), part))
    return bundles


def page_order(ticket: Ticket) -> tuple[bool, datetime, str, str]:
    """Sort key of a reservation's tickets: cancelled ones last, else by time and name."""
    return ticket.status == "canceled", ticket.starts_at, ticket.name, ticket.id
