"""Manifest: all data by which a scanner decides alone when the network is gone (scan-api.md, offline).

Read as of one instant, so that its position in the journal is exact: a scanner that follows the journal from there
misses nothing and sees nothing twice.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Annotated, NamedTuple

import msgspec
from msgspec import UNSET

from hub.door.manifest_answer import LastScan, ManifestTicket, manifest_head
from hub.door.response import custom_form, due_of, seat_of
from hub.door.ticket_state import fold, rule_of
from hub.errors import NotAllowed, NotFound
from hub.formats.phone import last_digits
from hub.model.access import Principal
from hub.model.event import Event
from hub.model.journal import Entry, Stream
from hub.model.kinds import SAME_TICKET_KINDS
from hub.model.ticket import Ticket
from hub.secrets import Vault
from hub.validation import query_values, read_message
from store.collections.snapshot import Snapshot

MOST_ENTRIES = 5_000
"""Of the journal that are gone through for what changed; after more, the whole is cheaper."""

MOST_TICKETS = 5_000
"""Tickets that changed; where there are more, the whole is cheaper."""

CONTACT_CHARS = 16
"""Of a contact's hash: enough to find the guest, and short, since each ticket has several."""

Emails = Callable[[Sequence[Ticket]], Awaitable[dict[str, str]]]
Position = tuple[str, int]
Snapshots = Callable[[], AbstractAsyncContextManager[Snapshot]]


class Since(msgspec.Struct, kw_only=True):
    """The position that a scanner has, as its query names it."""

    epoch: Annotated[str, msgspec.Meta(max_length=100)]
    since: Annotated[int, msgspec.Meta(ge=0, le=2**53)]


class _Changes(NamedTuple):
    """Tickets that an answer holds: all for None."""

    ids: list[str] | None


class Manifests:
    """Builder of manifests."""

    def __init__(self, snapshots: Snapshots, vault: Vault) -> None:
        self._snapshots = snapshots
        self._vault = vault

    async def make(self, principal: Principal, have: Position | None) -> list[bytes]:
        """Return the manifest for a device, as JSON in pieces.

        With a position that the journal still holds, it has only the tickets that changed since. Raises `NotAllowed`
        for a device that serves no one event.
        """
        if principal.event is None:
            raise NotAllowed("not_allowed", "This device serves no one event: there is no manifest for it")
        async with self._snapshots() as snapshot:
            stream, event = await snapshot.stream(principal.event), await snapshot.event(principal.event)
            if stream is None or event is None:
                raise NotFound("Event not found")
            changes = await _find_changes(snapshot, stream, have)
            salt = self._vault.derive(f"barcodes of {event.id}")[:16]
            emails = snapshot.emails if "search" in principal.may else None
            encoder = TicketEncoder(event, salt, with_names="names" in principal.may, emails=emails)
            pieces = [piece async for piece in encoder.encode(snapshot.tickets(event.id, changes.ids))]
        gone = sorted(set(changes.ids or ()) - encoder.seen)
        head = manifest_head(event, stream, salt, may=principal.may, is_full=changes.ids is None, gone=gone)
        return [msgspec.json.encode(head)[:-1], b',"tickets":[', *pieces, b"]}"]


def parse_since(texts: Mapping[str, str]) -> Position | None:
    """Return the position that a query names, None for none. Raises `BadInput` (bad_request) naming each error."""
    if not texts.keys() & {"epoch", "since"}:
        return None
    position = read_message(query_values(texts, Since), Since)
    return position.epoch, position.since


async def _find_changes(snapshot: Snapshot, stream: Stream, have: Position | None) -> _Changes:
    """Return the tickets that changed since `have`; all, where the journal does not reach back so far."""
    if have is None:
        return _Changes(None)
    epoch, seq = have
    is_kept = stream.first - 1 <= seq <= stream.seq
    if epoch != stream.epoch or not is_kept or stream.seq - seq > MOST_ENTRIES:
        return _Changes(None)
    entries = await snapshot.entries(stream.id, seq, MOST_ENTRIES)
    if len(entries) != stream.seq - seq or any(map(_is_of_many, entries)):
        return _Changes(None)
    changed = {ticket for entry in entries for ticket in _tickets_of(entry)}
    return _Changes(sorted(changed) if len(changed) <= MOST_TICKETS else None)


def _tickets_of(entry: Entry) -> Sequence[str]:
    """Return the tickets that an entry may have changed: of a batch of an import's corrections several."""
    if entry.kind == "import.progress":
        named = entry.data.get("tickets")
        return [each for each in named if isinstance(each, str)] if isinstance(named, list) else []
    return [entry.ticket] if entry.ticket is not None and entry.kind not in SAME_TICKET_KINDS else []


def _is_of_many(entry: Entry) -> bool:
    """Return whether an entry is of many tickets, which it does not name: an import that changed some."""
    return entry.kind == "import.completed" or (entry.kind == "import.failed" and "fields" in entry.data)


class TicketEncoder:
    """Encoder of tickets as JSON, chunk by chunk, yielding to the event loop after each.

    With `emails`, which reads the addresses of those who booked, for a device that may search.
    """

    def __init__(self, event: Event, salt: bytes, *, with_names: bool, emails: Emails | None = None) -> None:
        self._event = event
        self._salt = salt
        self._with_names = with_names
        self._emails = emails
        self.seen: set[str] = set()

    async def encode(self, chunks: AsyncIterator[list[Ticket]]) -> AsyncIterator[bytes]:
        """Yield the tickets as the inside of a JSON array."""
        async for tickets in chunks:
            if not tickets:
                continue  # none of them could be read
            comma = b"," if self.seen else b""
            self.seen.update(ticket.id for ticket in tickets)
            views = [self.view(ticket) for ticket in tickets]
            if self._emails is not None:
                self._add_contacts(views, tickets, await self._emails(tickets))
            yield comma + msgspec.json.encode(views)[1:-1]
            await asyncio.sleep(0)

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
        """Add notice and seat as the event shows them, and the guest for a device that may see names."""
        if ticket.notice is not None and "notice" in self._event.door_shows:
            view.notice = ticket.notice
        if seat := seat_of(ticket, self._event):
            view.seat = seat
        if self._with_names:
            view.first_name, view.last_name = ticket.first_name, ticket.last_name
            view.language = ticket.language or UNSET
            view.fields = custom_form(ticket, self._event) or UNSET


def contact_hash(salt: bytes, contact: str) -> str:
    """Return what a manifest holds of a phone number's digits or an address: the beginning of such a hash."""
    return barcode_hash(salt, f"contact {contact}")[:CONTACT_CHARS]


def barcode_hash(salt: bytes, barcode: str) -> str:
    """Hash of a barcode in a manifest: SHA-256 over salt and text, in hex."""
    return hashlib.sha256(salt + barcode.encode()).hexdigest()
