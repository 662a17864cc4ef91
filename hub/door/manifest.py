"""Manifest: all data by which a scanner decides alone when the network is gone (scan-api.md, offline).

Read as of one instant, so that its position in the journal is exact: a scanner that follows the journal from there
misses nothing and sees nothing twice.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Hashable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from typing import Annotated, NamedTuple

import msgspec
from msgspec import UNSET

from hub.door.manifest_answer import SHAPING_RIGHTS, ManifestHead, manifest_head
from hub.door.manifest_cache import KeptManifest, ManifestCache, PageKey, Position, Sight, pack
from hub.door.manifest_tickets import TicketEncoder, salt_of
from hub.errors import NotAllowed, NotFound
from hub.model.access import Principal
from hub.model.event import Event
from hub.model.journal import Entry, Stream
from hub.model.kinds import SAME_TICKET_KINDS
from hub.model.ticket import Ticket
from hub.tasks import SingleFlight
from hub.validation import MISSING, Problems, query_values, read_message
from hub.vault import Vault
from store.collections.snapshot import Snapshot

MOST_ENTRIES = 5_000
"""Of the journal that are gone through for what changed."""

MOST_TICKETS = 5_000
"""Tickets that changed; where there are more, the whole is cheaper."""

MOST_BEHIND = 10 * MOST_ENTRIES
"""Entries that are gone through answer by answer, for a scanner that takes pages; after more, the whole is cheaper."""

MOST_ON_PAGE = 5_000

PAGE_LASTS = 1_000
"""Entries of the journal for which a page is kept: a scanner fetches what changed since once it has all pages."""

Snapshots = Callable[[], AbstractAsyncContextManager[Snapshot]]


class Since(msgspec.Struct, kw_only=True):
    """Part of the list that a scanner asks for: what changed since its position, both parts of it, or the whole.

    With `limit` in pages of so many tickets at most: of the whole those after the ticket `after`.
    """

    epoch: Annotated[str, msgspec.Meta(max_length=100)] | None = None
    since: Annotated[int, msgspec.Meta(ge=0, le=2**53)] | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=MOST_ON_PAGE)] | None = None
    after: Annotated[str, msgspec.Meta(max_length=100)] | None = None

    @property
    def position(self) -> Position | None:
        """The scanner's position; None for the whole."""
        return None if self.epoch is None or self.since is None else (self.epoch, self.since)


class Changes(NamedTuple):
    """Tickets that changed, by id, and the number up to which the journal was gone through for them."""

    tickets: list[str]
    seq: int


class _Reading(NamedTuple):
    """An event for devices that see the same, as of one instant."""

    sight: Sight
    snapshot: Snapshot
    stream: Stream
    event: Event
    salt: bytes

    @property
    def position(self) -> Position:
        return self.stream.epoch, self.stream.seq

    def head(self) -> ManifestHead:
        return manifest_head(self.event, self.stream, self.salt, may=self.sight.rights)

    async def encode(self, chunks: AsyncIterator[list[Ticket]]) -> dict[str, bytes]:
        emails = self.snapshot.emails if "search" in self.sight.rights else None
        encoder = TicketEncoder(self.event, self.salt, with_names="names" in self.sight.rights, emails=emails)
        tickets: dict[str, bytes] = {}
        async for chunk in encoder.encode(chunks):
            tickets |= chunk
        return tickets


class Manifests:
    """Builder of manifests, as JSON in gzip.

    What is encoded is kept for all devices of an event that may see the same: when the doors open all phones ask for
    it at once. The whole one is brought up to date from the journal; of pages the scanner does that, once it has all.
    """

    def __init__(self, snapshots: Snapshots, vault: Vault) -> None:
        self._snapshots = snapshots
        self._vault = vault
        self._cache = ManifestCache()
        self._flights = SingleFlight[bytes | None]()

    async def make(self, principal: Principal, wanted: Since) -> bytes:
        """Return the manifest for a device, as JSON in gzip.

        With a position that the journal still holds, it has only the tickets that changed since. Raises `NotAllowed`
        for a device that serves no one event.
        """
        if principal.event is None:
            raise NotAllowed("not_allowed", "This device serves no one event: there is no manifest for it")
        sight = Sight(principal.event, SHAPING_RIGHTS.intersection(principal.may))
        have, limit = wanted.position, wanted.limit
        if have is not None:
            key: Hashable = (sight, have, limit)
            if changes := await self._flights.run(key, partial(self._changes, sight, have, limit)):
                return changes
        if limit is None:
            made = await self._flights.run(sight, partial(self._whole, sight))
        else:
            page = PageKey(sight, wanted.after or "", limit)
            made = await self._flights.run(page, partial(self._page, page))
        assert made is not None
        return made

    async def _changes(self, sight: Sight, have: Position, limit: int | None) -> bytes | None:
        """Return the manifest of what changed since `have`; None where the whole is needed, or cheaper."""
        async with self._read(sight) as reading:
            snapshot, stream = reading.snapshot, reading.stream
            if limit is None:
                changes = await find_changes(snapshot, stream, have)
            else:
                changes = await find_some_changes(snapshot, stream, have, limit)
            if changes is None:
                return None
            tickets = await reading.encode(snapshot.tickets(sight.event, changes.tickets))
        head = reading.head()
        head.is_full, head.seq = False, changes.seq
        head.gone = sorted(set(changes.tickets) - tickets.keys())
        head.more = UNSET if limit is None else changes.seq < stream.seq
        return await asyncio.to_thread(pack, head, tickets.values())

    async def _whole(self, sight: Sight) -> bytes:
        """Return the whole manifest as of now: the one that is kept, with what changed since."""
        async with self._read(sight) as reading:
            event, salt, position = reading.event, reading.salt, reading.position
            kept = self._cache.find(sight, event, salt)
            if kept is not None and kept.position == position:
                return kept.packed
            changes = None if kept is None else await find_changes(reading.snapshot, reading.stream, kept.position)
            tickets = {} if kept is None or changes is None else dict(kept.tickets)
            ids = None if changes is None else changes.tickets
            for ticket in ids or ():
                tickets.pop(ticket, None)
            tickets |= await reading.encode(reading.snapshot.tickets(sight.event, ids))
        packed = await asyncio.to_thread(pack, reading.head(), tickets.values())
        self._cache.keep(sight, KeptManifest(event=event, salt=salt, position=position, tickets=tickets, packed=packed))
        return packed

    async def _page(self, page: PageKey) -> bytes:
        """Return a page of the whole manifest: the one that is kept, or as of now."""
        async with self._read(page.sight) as reading:
            event, salt, (epoch, seq) = reading.event, reading.salt, reading.position
            kept = self._cache.find(page, event, salt)
            if kept is not None and kept.position[0] == epoch and seq - kept.position[1] <= PAGE_LASTS:
                return kept.packed
            until = await reading.snapshot.end_of_page(event.id, page.after, page.limit)
            tickets = await reading.encode(reading.snapshot.page(event, page.after, until))
            head = reading.head()
            head.next, head.count = until, UNSET if page.after else await reading.snapshot.count(event)
        packed = await asyncio.to_thread(pack, head, tickets.values())
        self._cache.keep(page, KeptManifest(event=event, salt=salt, position=(epoch, seq), tickets={}, packed=packed))
        return packed

    @asynccontextmanager
    async def _read(self, sight: Sight) -> AsyncIterator[_Reading]:
        async with self._snapshots() as snapshot:
            stream, event = await snapshot.stream(sight.event), await snapshot.event(sight.event)
            if stream is None or event is None:
                raise NotFound("Event not found")
            yield _Reading(sight, snapshot, stream, event, salt_of(event, self._vault))


async def find_changes(snapshot: Snapshot, stream: Stream, have: Position) -> Changes | None:
    """Return all tickets that changed since `have`.

    None, for the whole, where the journal does not reach back so far, or that would be cheaper.
    """
    if stream.seq - have[1] > MOST_ENTRIES:
        return None
    changes = await _find(snapshot, stream, have, MOST_TICKETS)
    return changes if changes is not None and changes.seq == stream.seq else None


async def find_some_changes(snapshot: Snapshot, stream: Stream, have: Position, limit: int) -> Changes | None:
    """Return tickets that changed since `have`, `limit` or those of one entry; None as `find_changes` does."""
    return None if stream.seq - have[1] > MOST_BEHIND else await _find(snapshot, stream, have, limit)


async def _find(snapshot: Snapshot, stream: Stream, have: Position, limit: int) -> Changes | None:
    epoch, seq = have
    if epoch != stream.epoch or not stream.first - 1 <= seq <= stream.seq:
        return None
    entries = await snapshot.entries(stream.id, seq, MOST_ENTRIES)
    if len(entries) != min(stream.seq - seq, MOST_ENTRIES) or any(map(_is_of_many, entries)):
        return None
    changed: set[str] = set()
    for entry in entries:
        named = changed.union(_tickets_of(entry))
        if changed and len(named) > limit:
            break
        changed, seq = named, entry.seq
    return Changes(sorted(changed), seq)


def _tickets_of(entry: Entry) -> Sequence[str]:
    """Return the tickets that an entry may have changed: of a batch of an import's corrections several."""
    if entry.kind == "import.progress":
        named = entry.data.get("tickets")
        return [each for each in named if isinstance(each, str)] if isinstance(named, list) else []
    return [entry.ticket] if entry.ticket is not None and entry.kind not in SAME_TICKET_KINDS else []


def _is_of_many(entry: Entry) -> bool:
    """Return whether an entry is of many tickets, which it does not name: an import that changed some."""
    return entry.kind == "import.completed" or (entry.kind == "import.failed" and "fields" in entry.data)


def parse_since(texts: Mapping[str, str]) -> Since:
    """Return what a query asks for. Raises `BadInput` (bad_request) naming each error."""
    return read_message(query_values(texts, Since), Since, _check_whole)


def _check_whole(wanted: Since, problems: Problems) -> None:
    if (wanted.epoch is None) != (wanted.since is None):
        problems.add("epoch" if wanted.epoch is None else "since", MISSING)
    if wanted.after is not None and wanted.limit is None:
        problems.add("limit", MISSING)
    if wanted.after is not None and wanted.epoch is not None:
        problems.add("after", "is of the whole list: leave epoch and since out")
