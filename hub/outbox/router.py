"""Router: turns journal entries into messages, one stream after another, from a durable cursor."""

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

READ_BATCH = 200
"""Entries read at once."""
WRITE_BATCH = 500
"""Messages written at once, more or less: a page of one entry is not split."""


class Progress(NamedTuple):
    """Result of one step: whether the stream may hold more entries, and whether messages were written."""

    has_more: bool = False
    has_messages: bool = False


class Router:
    """Router of one consumer: writes the messages of new entries. Used by the leading process, one call at a time.

    Messages are written before the cursor moves, under ids derived from the entry: a crash in between duplicates none.
    """

    def __init__(
        self, consumer: Consumer, journal: Journal, cursors: Cursors, messages: Messages, clock: Clock
    ) -> None:
        self._consumer = consumer
        self._journal = journal
        self._cursors = cursors
        self._messages = messages
        self._clock = clock
        self._at: dict[str, Cursor] = {}
        self._unsaved: set[str] = set()

    async def begin(self) -> None:
        """Load the cursors as the last leader saved them; a new consumer's are made at the ends of all streams."""
        self._unsaved.clear()
        self._at = await self._cursors.begin(self._consumer.name)

    async def behind(self) -> set[str]:
        """Return the streams with unread entries; drops cursors of deleted streams and saves the unsaved ones."""
        positions = await self._journal.positions()
        await self._drop(self._at.keys() - positions.keys())
        for stream in list(self._unsaved):
            await self._cursors.move(self._at[stream])
            self._unsaved.discard(stream)
        return {stream for stream, position in positions.items() if self._is_behind(stream, *position)}

    async def advance(self, stream: str) -> Progress:
        """Route the next entries of a stream: write their messages, then move its cursor."""
        position = (await self._journal.positions([stream])).get(stream)
        if position is None:
            return Progress()
        epoch, head = position
        cursor = self._cursor(stream, epoch, head)
        kinds = await self._consumer.subscribed_kinds()
        entries = await self._journal.read(stream, cursor.seq, READ_BATCH, kinds) if kinds else []
        messages, cursor, is_whole = await self._route(await self._consumer.filter(entries), cursor)
        is_last = is_whole and len(entries) < READ_BATCH
        if is_whole:
            seen = max(cursor.seq, head if is_last else entries[-1].seq)
            cursor = msgspec.structs.replace(cursor, seq=seen)
        await self._save(cursor, messages)
        return Progress(has_more=not is_last, has_messages=bool(messages))

    async def _route(self, entries: Sequence[Entry], cursor: Cursor) -> tuple[list[Message], Cursor, bool]:
        """Return messages, the cursor after the last entry that is done, and whether all of `entries` are."""
        messages: list[Message] = []
        now = self._clock.now()
        for entry in entries:
            page = await self._consumer.route(entry, cursor.within)
            messages += _messages(self._consumer.name, cursor.epoch, entry, page.messages, now)
            if page.after is not None:
                return messages, msgspec.structs.replace(cursor, seq=entry.seq - 1, within=page.after), False
            cursor = msgspec.structs.replace(cursor, seq=entry.seq, within=None)
            if len(messages) >= WRITE_BATCH:
                return messages, cursor, False
        return messages, cursor, True

    async def _save(self, cursor: Cursor, messages: list[Message]) -> None:
        """Write messages, then the cursor. One that only passed unwanted entries is saved by the next `behind`."""
        if messages:
            await self._messages.write(messages)
        if messages or cursor.within is not None:
            await self._cursors.move(cursor)
            self._unsaved.discard(cursor.stream)
        elif cursor != self._at.get(cursor.stream):
            self._unsaved.add(cursor.stream)
        self._at[cursor.stream] = cursor

    async def _drop(self, deleted: Iterable[str]) -> None:
        for stream in list(deleted):
            await self._cursors.drop(self._at.pop(stream))
            self._unsaved.discard(stream)

    def _is_behind(self, stream: str, epoch: str, head: int) -> bool:
        cursor = self._at.get(stream)
        return cursor is None or cursor.epoch != epoch or cursor.seq < head

    def _cursor(self, stream: str, epoch: str, head: int) -> Cursor:
        """Return a stream's cursor: at its start for a new stream, not beyond its end after a restore (new epoch)."""
        name = self._consumer.name
        known = self._at.get(stream)
        if known is None:
            return Cursor(id=f"{name}/{stream}", consumer=name, stream=stream, epoch=epoch, seq=0)
        if known.epoch != epoch:
            return msgspec.structs.replace(known, epoch=epoch, seq=min(known.seq, head), within=None)
        return known


def _messages(
    consumer: str, epoch: str, entry: Entry, outgoing: Iterable[OutgoingMessage], now: datetime
) -> Iterable[Message]:
    for each in outgoing:
        about = "" if each.replaces else f"/{entry.event}/{epoch}/{entry.seq}"
        yield Message(
            id=str(uuid5(NAMESPACE_URL, f"{consumer}/{each.target}{about}")),
            consumer=consumer,
            target=each.target,
            partition=f"{consumer}/{each.partition}",
            stream=entry.event,
            seq=entry.seq,
            kind=entry.kind,
            state="waiting",
            version=0,
            replaces=each.replaces,
            content=each.content,
            written_at=now,
        )
