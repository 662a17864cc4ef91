"""Tickets of a manifest: encoded as JSON chunk by chunk, with salted hashes of barcodes and contacts."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence

import msgspec
from msgspec import UNSET

from hub.door.manifest_answer import LastScan, ManifestTicket
from hub.door.response import add_details, due_of
from hub.door.ticket_state import fold, rule_of
from hub.formats.phone import last_digits
from hub.model.event import Event
from hub.model.ticket import Ticket
from hub.tasks import now
from hub.vault import Vault, WrongSecret

CONTACT_CHARS = 16
"""Of a contact's hash: enough to find the guest, and short, since each ticket has several."""

SALT_BYTES = 16

Emails = Callable[[Sequence[Ticket]], Awaitable[dict[str, str]]]


def salt_of(event: Event, vault: Vault) -> bytes:
    """Return the salt of an event's manifests, which stays: phones hold hashes that were made with it.

    An event of before has none of its own: the secret that sealed its key gives it, or ours where that is not known.
    """
    if event.key.salt is not None:
        return event.key.salt
    purpose = f"barcodes of {event.id}"
    try:
        return vault.derive(purpose, sealer_of=event.key.sealed)[:SALT_BYTES]
    except WrongSecret:
        return vault.derive(purpose)[:SALT_BYTES]


class TicketEncoder:
    """Encoder of tickets as JSON, chunk by chunk; after each the event loop is left alone for as long as it took.

    With `emails`, which reads the addresses of those who booked, for a device that may search.
    """

    def __init__(self, event: Event, salt: bytes, *, with_names: bool, emails: Emails | None = None) -> None:
        self._event = event
        self._salt = salt
        self._with_names = with_names
        self._emails = emails

    async def encode(self, chunks: AsyncIterator[list[Ticket]]) -> AsyncIterator[dict[str, bytes]]:
        """Yield the tickets as JSON, by their id, some at a time."""
        async for tickets in chunks:
            emails = {} if self._emails is None else await self._emails(tickets)
            begun = now()
            views = [self.view(ticket) for ticket in tickets]
            if self._emails is not None:
                self._add_contacts(views, tickets, emails)
            yield {view.uuid: msgspec.json.encode(view) for view in views}
            await asyncio.sleep(now() - begun)

    def _add_contacts(
        self, views: Sequence[ManifestTicket], tickets: Sequence[Ticket], emails: Mapping[str, str]
    ) -> None:
        """Add the fields of the offline search: a phone number's last digits, hashes of phone numbers and e-mail."""
        for view, ticket in zip(views, tickets, strict=True):
            email = emails.get(ticket.reservation)
            found_by = [*ticket.phones, *([] if email is None else [email.lower()])]
            view.phone_end = last_digits(ticket.phone_number) or UNSET
            view.contacts = [contact_hash(self._salt, each) for each in found_by] or UNSET

    def view(self, ticket: Ticket) -> ManifestTicket:
        """Return a ticket as scanners get it."""
        state = fold(ticket, rule_of(ticket, self._event))
        view = ManifestTicket(
            uuid=ticket.id,
            issue=ticket.issue,
            status=ticket.status,
            product=ticket.product,
            starts_at=ticket.starts_at,
            expires_at=ticket.expires_at,
            is_expired=ticket.expired,
            reservation=ticket.reservation,
            where=state.where,
            entries=state.entries,
            entered=state.entered,
        )
        if state.last is not None:
            view.last = LastScan(at=state.last.at, door=state.last.door, device=state.last.device)
        if ticket.issued_at is not None:
            view.issued_at = ticket.issued_at
        view.due = due_of(ticket) or UNSET
        if ticket.barcode is not None:
            view.barcode = barcode_hash(self._salt, ticket.barcode)
        self._add_details(view, ticket)
        return view

    def _add_details(self, view: ManifestTicket, ticket: Ticket) -> None:
        """Add the details that the event shows, and the guest with the answers for a device that may see names."""
        if ticket.notice is not None and "notice" in self._event.door_shows:
            view.notice = ticket.notice
        add_details(view, ticket, self._event, with_answers=self._with_names)
        view.language = ticket.language or UNSET
        if self._with_names:
            view.first_name, view.last_name = ticket.first_name, ticket.last_name


def contact_hash(salt: bytes, contact: str) -> str:
    """Return what a manifest holds of a phone number's digits or an address: the beginning of such a hash."""
    return barcode_hash(salt, f"contact {contact}")[:CONTACT_CHARS]


def barcode_hash(salt: bytes, barcode: str) -> str:
    """Hash of a barcode in a manifest: SHA-256 over salt and text, in hex."""
    return hashlib.sha256(salt + barcode.encode()).hexdigest()
