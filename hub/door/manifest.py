"""Manifest: all data by which a scanner decides alone when the network is gone (scan-api.md, offline).

Read as of one instant, so that its position in the journal is exact: a scanner that follows the journal from there
misses nothing and sees nothing twice.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from functools import partial
from typing import Annotated

import msgspec
from msgspec import UNSET

from hub.door.manifest_answer import SHAPING_RIGHTS, LastScan, ManifestTicket, manifest_head
from hub.door.manifest_cache import KeptManifest, ManifestCache, Position, Sight, pack
from hub.door.response import add_details, due_of
from hub.door.ticket_state import fold, rule_of
from hub.errors import NotAllowed, NotFound
from hub.formats.phone import last_digits
from hub.model.access import Principal
from hub.model.event import Event
from hub.model.journal import Entry, Stream
from hub.model.kinds import SAME_TICKET_KINDS
from hub.model.ticket import Ticket
from hub.tasks import SingleFlight, now
from hub.validation import MISSING, Problems, query_values, read_message
from hub.vault import Vault, WrongSecret
from store.collections.snapshot import Snapshot

MOST_ENTRIES = 5_000
"""Of the journal that are gone through for what changed; after more, the whole is cheaper."""

MOST_TICKETS = 5_000
"""Tickets that changed; where there are more, the whole is cheaper."""

CONTACT_CHARS = 16
"""Of a contact's hash: enough to find the guest, and short, since each ticket has several."""

SALT_BYTES = 16

Emails = Callable[[Sequence[Ticket]], Awaitable[dict[str, str]]]
Snapshots = Callable[[], AbstractAsyncContextManager[Snapshot]]


class Since(msgspec.Struct, kw_only=True):
    """The position that a scanner has, as its query names it: both of its parts, or none for the whole."""

    epoch: Annotated[str, msgspec.Meta(max_length=100)] | None = None
    since: Annotated[int, msgspec.Meta(ge=0, le=2**53)] | None = None


class Manifests:
    """Builder of manifests, as JSON in gzip.

    The whole one is encoded once for all devices of an event that may see the same, and brought up to date from the
    journal: when the doors open all phones ask for it at once.
    """

    def __init__(self, snapshots: Snapshots, vault: Vault) -> None:
        self._snapshots = snapshots
        self._vault = vault
        self._cache = ManifestCache()
        self._flights = SingleFlight[bytes]()

    async def make(self, principal: Principal, have: Position | None) -> bytes:
        """Return the manifest for a device, as JSON in gzip.

        With a position that the journal still holds, it has only the tickets that changed since. Raises `NotAllowed`
        for a device that serves no one event.
        """
        if principal.event is None:
            raise NotAllowed("not_allowed", "This device serves no one event: there is no manifest for it")
        sight = Sight(principal.event, SHAPING_RIGHTS.intersection(principal.may))
        changes = None if have is None else await self._changes(sight, have)
        return changes or await self._flights.run(sight, partial(self._whole, sight))

    async def _changes(self, sight: Sight, have: Position) -> bytes | None:
        """Return the manifest of what changed since `have`; None where the whole is needed, or cheaper."""
        async with self._snapshots() as snapshot:
            stream, event = await _read_event(snapshot, sight)
            ids = await _find_changes(snapshot, stream, have)
            if ids is None:
                return None
            tickets = await self._encode(snapshot, sight, event, ids)
        gone = sorted(set(ids) - tickets.keys())
        head = manifest_head(event, stream, self._salt(event), may=sight.rights, is_full=False, gone=gone)
        return await asyncio.to_thread(pack, head, tickets.values())

    async def _whole(self, sight: Sight) -> bytes:
        """Return the whole manifest as of now: the one that is kept, with what changed since."""
        async with self._snapshots() as snapshot:
            stream, event = await _read_event(snapshot, sight)
            salt, position = self._salt(event), (stream.epoch, stream.seq)
            kept = self._cache.find(sight, event, salt)
            if kept is not None and kept.position == position:
                return kept.packed
            ids = None if kept is None else await _find_changes(snapshot, stream, kept.position)
            tickets = {} if kept is None or ids is None else dict(kept.tickets)
            for ticket in ids or ():
                tickets.pop(ticket, None)
            tickets |= await self._encode(snapshot, sight, event, ids)
        packed = await asyncio.to_thread(pack, manifest_head(event, stream, salt, may=sight.rights), tickets.values())
        self._cache.keep(sight, KeptManifest(event=event, salt=salt, position=position, tickets=tickets, packed=packed))
        return packed

    async def _encode(
        self, snapshot: Snapshot, sight: Sight, event: Event, ids: Sequence[str] | None
    ) -> dict[str, bytes]:
        emails = snapshot.emails if "search" in sight.rights else None
        encoder = TicketEncoder(event, self._salt(event), with_names="names" in sight.rights, emails=emails)
        tickets: dict[str, bytes] = {}
        async for chunk in encoder.encode(snapshot.tickets(event.id, ids)):
            tickets |= chunk
        return tickets

    def _salt(self, event: Event) -> bytes:
        return salt_of(event, self._vault)


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


def parse_since(texts: Mapping[str, str]) -> Position | None:
    """Return the position that a query names, None for none. Raises `BadInput` (bad_request) naming each error."""
    position = read_message(query_values(texts, Since), Since, _check_whole)
    return None if position.epoch is None or position.since is None else (position.epoch, position.since)


def _check_whole(position: Since, problems: Problems) -> None:
    if (position.epoch is None) != (position.since is None):
        problems.add("epoch" if position.epoch is None else "since", MISSING)


async def _read_event(snapshot: Snapshot, sight: Sight) -> tuple[Stream, Event]:
    stream, event = await snapshot.stream(sight.event), await snapshot.event(sight.event)
    if stream is None or event is None:
        raise NotFound("Event not found")
    return stream, event


async def _find_changes(snapshot: Snapshot, stream: Stream, have: Position) -> list[str] | None:
    """Return the tickets that changed since `have`; None, for all, where the journal does not reach back so far."""
    epoch, seq = have
    is_kept = stream.first - 1 <= seq <= stream.seq
    if epoch != stream.epoch or not is_kept or stream.seq - seq > MOST_ENTRIES:
        return None
    entries = await snapshot.entries(stream.id, seq, MOST_ENTRIES)
    if len(entries) != stream.seq - seq or any(map(_is_of_many, entries)):
        return None
    changed = {ticket for entry in entries for ticket in _tickets_of(entry)}
    return sorted(changed) if len(changed) <= MOST_TICKETS else None


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
