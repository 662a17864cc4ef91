"""Wallet offer: which guests are offered which passes, by settings of the hub and of their event. Pure.

`SAVE_LINKS` is the one table of the wallet providers whose passes a guest saves by a link (`hub/wallet/save_links.py`).

A rollout goes by percent of reservations: each has a side of its own, a hash of its id and its event, so that a guest
is always on the same side, and a higher percent takes nobody out.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec
from msgspec import UNSET, UnsetType

from hub.door.rules import is_expired
from hub.errors import HubError, NotAllowed, NotFound
from hub.model.event import Event
from hub.model.ticket import Ticket
from hub.settings import Settings

SIDES = 100


class SaveLink(NamedTuple):
    """Wallet provider of save links."""

    kind: str
    """Its name in paths and in a ticket's `links`."""
    title: str
    """Its name for people."""
    set_up_by: str
    """The setting without which there are no links of it."""
    absent_on: tuple[str, ...] = ()
    """Parts of the User-Agent of phones that do not have it."""


SAVE_LINKS = (SaveLink("google", "Google Wallet", "google_account", absent_on=("iPhone", "iPad", "iPod")),)


def save_links_of(settings: Settings) -> tuple[str, ...]:
    """Return the providers that are set up, by kind."""
    return tuple(each.kind for each in SAVE_LINKS if getattr(settings, each.set_up_by))


class TicketLinks(msgspec.Struct, frozen=True, kw_only=True):
    """Addresses that open a ticket, by kind: its code, its page, and its passes where they are offered."""

    qr: str
    page: str
    pkpass: str | UnsetType = UNSET
    google: str | UnsetType = UNSET

    def pass_of(self, kind: str) -> str | None:
        """Return the address of the ticket's pass of a kind; None where it is not offered."""
        return getattr(self, kind) or None

    def under(self, base_url: str) -> "TicketLinks":
        """Return the addresses, which are paths, as whole URLs of the hub."""
        paths = msgspec.structs.asdict(self)
        return TicketLinks(**{kind: base_url + path for kind, path in paths.items() if path is not UNSET})


def side_of(event_id: str, reservation_id: str) -> int:
    """Return the side of a reservation, 0 to 99: it is offered passes while the event's percent is above it."""
    digest = hashlib.sha256(f"{event_id}/{reservation_id}".encode()).digest()
    return int.from_bytes(digest[:8]) % SIDES


def percent_of(event: Event) -> int:
    """Return the share of reservations that is offered passes beside the invited ones; while they are off, was."""
    if event.wallet == "on":
        return 100
    return 0 if event.wallet == "invited" else event.wallet_percent


def is_chosen(event: Event, reservation_id: str, *, invited: bool) -> bool:
    """Return whether a reservation is among those that passes are offered to; while they are off, were."""
    return invited or side_of(event.id, reservation_id) < percent_of(event)


def check_offered(event: Event, ticket: Ticket) -> None:
    """Raise `NotFound` or `NotAllowed`, with the reason, unless this ticket's holder is offered passes."""
    if event.wallet == "off":
        raise NotFound("Passes are not offered for this event", code="wallet_off")
    if not is_chosen(event, ticket.reservation, invited=ticket.invited):
        raise NotAllowed("not_invited", "Passes are offered to some guests of this event only, for now")


def is_offered(event: Event, ticket: Ticket) -> bool:
    """Return whether this ticket's holder is offered passes."""
    try:
        check_offered(event, ticket)
    except HubError:
        return False
    return True


def gets_letter(event: Event, ticket: Ticket, now: datetime) -> bool:
    """Return whether a wave's letter is worth sending for a ticket: it is valid, to come, and offered a pass."""
    return ticket.status == "valid" and not is_expired(ticket, now) and is_offered(event, ticket)


def links_of(event: Event | None, ticket: Ticket, query: str, save_links: Sequence[str]) -> TicketLinks:
    """Return the paths that open a ticket, `query` with each; those of its passes where they are offered."""
    kinds = ("pkpass", *save_links) if event is not None and is_offered(event, ticket) else ()
    passes = {kind: f"/tickets/{ticket.id}/{kind}{query}" for kind in kinds}
    return TicketLinks(qr=f"/tickets/{ticket.id}/qr{query}", page=f"/t/{ticket.id}{query}", **passes)
