"""Pictures of events: set, taken away, and read as they are served."""

import asyncio
from collections.abc import Iterable
from typing import Literal

import msgspec

from hub.errors import SlowDown
from hub.formats.pictures import MadePicture, make_picture
from hub.model.command import Change, Key, NewEntry, UnitOfWork
from hub.model.event import Event
from hub.model.picture import Picture, PictureRef, picture_id
from store.collections.events import EventReader
from store.journal.journal import Journal

DECODED_AT_ONCE = 1
"""Pictures that a process decodes at a time: each takes the memory of all its pixels."""
MOST_AT_ONCE = 4
"""Pictures that are decoded or wait for it, up to `MOST_BYTES` each; a further one is refused."""
AFTER_S = 5.0


class SetPicture:
    """Command: give an event a picture in place of the one before; none takes it away."""

    weight = 1

    def __init__(self, event_id: str, made: MadePicture | None) -> None:
        self._event_id = event_id
        self._made = made

    def reads(self) -> Iterable[Key]:
        """The event, and the picture where it is there already."""
        yield Event, self._event_id
        if self._made is not None:
            yield Picture, picture_id(self._event_id, self._made.hash)

    def decide(self, unit: UnitOfWork) -> Change[Event]:
        """Return the change of the event and its picture; of the same one again, none."""
        event, made = unit.event, self._made
        ref = None if made is None else PictureRef(hash=made.hash, width=made.width, height=made.height)
        if ref == event.picture:
            return Change(answer=event)
        changed = msgspec.structs.replace(event, picture=ref)
        entry = NewEntry(kind="event.changed", data={"id": event.id, "fields": ["picture"]})
        change = Change(answer=changed, entries=[entry], put=[changed], bump={event.id})
        if event.picture is not None:
            change.drop.append((Picture, picture_id(event.id, event.picture.hash)))
        if made is not None:
            key = picture_id(event.id, made.hash)
            change.put.append(Picture(id=key, event=event.id, whole=made.whole, small=made.small))
        return change


class EventPictures:
    """Picture service of events."""

    def __init__(self, journal: Journal, events: EventReader) -> None:
        self._journal = journal
        self._events = events
        self._slots = asyncio.Semaphore(DECODED_AT_ONCE)
        self._taken = 0

    async def set(self, event_id: str, sent: bytes) -> Event:
        """Set an event's picture. Raises `BadInput` where the file is none, `SlowDown` where too many are at work."""
        made = await self._make(sent)
        return await self._journal.append(event_id, SetPicture(event_id, made))

    @property
    def is_full(self) -> bool:
        """Whether as many pictures are decoded or wait for it as may."""
        return self._taken >= MOST_AT_ONCE

    def check_room(self) -> None:
        """Raise `SlowDown` where a further picture could not wait to be decoded."""
        if self.is_full:
            raise SlowDown("too many pictures are being made", after_s=AFTER_S)

    async def _make(self, sent: bytes) -> MadePicture:
        self.check_room()
        self._taken += 1
        try:
            async with self._slots:
                return await asyncio.to_thread(make_picture, sent)
        finally:
            self._taken -= 1

    async def remove(self, event_id: str) -> Event:
        """Take an event's picture away."""
        return await self._journal.append(event_id, SetPicture(event_id, None))

    async def read(self, event_id: str, of_hash: str, size: Literal["whole", "small"]) -> bytes | None:
        """Return a picture's bytes, None where the event has no such picture any more."""
        picture = await self._events.picture(picture_id(event_id, of_hash))
        return None if picture is None else getattr(picture, size)
