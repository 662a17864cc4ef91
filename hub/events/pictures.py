"""Pictures of events: set, taken away, and read as they are served."""

import asyncio
from collections.abc import Iterable
from typing import Literal

import msgspec

from hub.formats.pictures import MadePicture, make_picture
from hub.model.command import Change, Key, NewEntry, UnitOfWork
from hub.model.event import Event
from hub.model.picture import Picture, PictureRef, picture_id
from store.collections.events import EventReader
from store.journal.journal import Journal

DECODED_AT_ONCE = 1
"""Pictures that a process decodes at a time: each takes the memory of all its pixels."""


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

    async def set(self, event_id: str, sent: bytes) -> Event:
        """Give an event the picture that was sent. Raises `BadInput` for what is none."""
        async with self._slots:
            made = await asyncio.to_thread(make_picture, sent)
        return await self._journal.append(event_id, SetPicture(event_id, made))

    async def remove(self, event_id: str) -> Event:
        """Take an event's picture away."""
        return await self._journal.append(event_id, SetPicture(event_id, None))

    async def read(self, event_id: str, of_hash: str, size: Literal["whole", "small"]) -> bytes | None:
        """Return a picture's bytes, None where the event has no such picture any more."""
        picture = await self._events.picture(picture_id(event_id, of_hash))
        return None if picture is None else getattr(picture, size)
