"""Reading on: from journal entries to letters, each stream from its cursor, in order."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

import msgspec

from hub.clock import Clock
from hub.model.journal import Entry
from hub.model.outbox import Cursor, Message
from hub.outbox.consumer import Consumer, OutgoingMessage
from store.collections.outbox import Cursors, Messages
from store.journal.journal import Journal

ENTRIES = 200
"""Read at once."""
LETTERS = 500
"""Written at once, more or less: a page of envelopes is not torn apart."""


class ReadOn(NamedTuple):
    """What came of reading on: whether there may be more to read, and whether letters were written."""

    is_more: bool = False
    are_letters: bool = False


class Router:
    """Turns what happens into letters for one consumer. Whoever leads uses it, one call at a time.

    Letters are written before the cursor moves, under ids that the entry gives: a crash in between writes none twice.
    """

    def __init__(self, consumer: Consumer, journal: Journal, cursors: Cursors, letters: Messages, clock: Clock) -> None:
        self._consumer = consumer
        self._journal = journal
        self._cursors = cursors
        self._letters = letters
        self._clock = clock
        self._at: dict[str, Cursor] = {}
        self._unwritten: set[str] = set()

    async def begin(self) -> None:
        """Take up where the last leader stopped; a consumer that is new begins now."""
        self._unwritten.clear()
        self._at = await self._cursors.begin(self._consumer.name)

    async def look(self) -> set[str]:
        """Return the streams with something unread, forget those that are gone, write down where we are."""
        standing = await self._journal.positions()
        await self._forget(self._at.keys() - standing.keys())
        for stream in list(self._unwritten):
            await self._cursors.move(self._at[stream])
            self._unwritten.discard(stream)
        return {stream for stream, position in standing.items() if self._is_behind(stream, *position)}

    async def read(self, stream: str) -> ReadOn:
        """Turn the next entries of a stream into letters."""
        position = (await self._journal.positions([stream])).get(stream)
        if position is None:
            return ReadOn()
        epoch, head = position
        cursor = self._cursor(stream, epoch, head)
        kinds = await self._consumer.kinds()
        entries = await self._journal.read(stream, cursor.seq, ENTRIES, kinds) if kinds else []
        letters, cursor, is_whole = await self._address(await self._consumer.concerned(entries), cursor)
        is_last = is_whole and len(entries) < ENTRIES
        if is_whole:
            seen = max(cursor.seq, head if is_last else entries[-1].seq)
            cursor = msgspec.structs.replace(cursor, seq=seen)
        await self._keep(cursor, letters)
        return ReadOn(is_more=not is_last, are_letters=bool(letters))

    async def _address(self, entries: Sequence[Entry], cursor: Cursor) -> tuple[list[Message], Cursor, bool]:
        """Return letters, the cursor after the last entry that is done, and whether all of `entries` are."""
        letters: list[Message] = []
        now = self._clock.now()
        for entry in entries:
            page = await self._consumer.address(entry, cursor.within)
            letters += _letters(self._consumer.name, cursor.epoch, entry, page.envelopes, now)
            if page.after is not None:
                return letters, msgspec.structs.replace(cursor, seq=entry.seq - 1, within=page.after), False
            cursor = msgspec.structs.replace(cursor, seq=entry.seq, within=None)
            if len(letters) >= LETTERS:
                return letters, cursor, False
        return letters, cursor, True

    async def _keep(self, cursor: Cursor, letters: list[Message]) -> None:
        """Write letters, then the cursor. One that passed only what nobody wants is written at the next look."""
        if letters:
            await self._letters.write(letters)
        if letters or cursor.within is not None:
            await self._cursors.move(cursor)
            self._unwritten.discard(cursor.stream)
        elif cursor != self._at.get(cursor.stream):
            self._unwritten.add(cursor.stream)
        self._at[cursor.stream] = cursor

    async def _forget(self, gone: Iterable[str]) -> None:
        for stream in list(gone):
            await self._cursors.drop(self._at.pop(stream))
            self._unwritten.discard(stream)

    def _is_behind(self, stream: str, epoch: str, head: int) -> bool:
        cursor = self._at.get(stream)
        return cursor is None or cursor.epoch != epoch or cursor.seq < head

    def _cursor(self, stream: str, epoch: str, head: int) -> Cursor:
        """Return where we are in a stream: at its start where we do not know it, not beyond its end after a restore."""
        name = self._consumer.name
        known = self._at.get(stream)
        if known is None:
            return Cursor(id=f"{name}/{stream}", consumer=name, stream=stream, epoch=epoch, seq=0)
        if known.epoch != epoch:
            return msgspec.structs.replace(known, epoch=epoch, seq=min(known.seq, head), within=None)
        return known


def _letters(
    consumer: str, epoch: str, entry: Entry, envelopes: Iterable[OutgoingMessage], now: datetime
) -> Iterable[Message]:
    for envelope in envelopes:
        about = "" if envelope.replaces else f"/{entry.event}/{epoch}/{entry.seq}"
        yield Message(
            id=str(uuid5(NAMESPACE_URL, f"{consumer}/{envelope.target}{about}")),
            consumer=consumer,
            target=envelope.target,
            lane=f"{consumer}/{envelope.lane}",
            stream=entry.event,
            seq=entry.seq,
            kind=entry.kind,
            state="waiting",
            version=0,
            replaces=envelope.replaces,
            content=envelope.content,
            written_at=now,
        )
