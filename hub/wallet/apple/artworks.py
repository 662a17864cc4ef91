"""Artwork of the passes of events: their own pictures, or what is drawn in their colours; the latest are kept."""

from collections import OrderedDict
from collections.abc import Mapping
from functools import cached_property

import structlog

from hub.formats.pictures import UNREADABLE
from hub.model.event import Event
from hub.model.picture import picture_id
from hub.wallet.apple.artwork import Colour, draw_artwork, ground_of
from hub.wallet.apple.event_picture import picture_files
from store.collections.events import EventReader

log = structlog.get_logger(__name__)

MOST_KEPT = 16
"""Events whose artwork a process keeps; each is half a megabyte where there is a picture."""


class Artwork:
    """Pictures of one event's passes, drawn when they are first read."""

    def __init__(self, key: str, ground: Colour, picture: bytes | None) -> None:
        self.key = key
        """Which picture it is of; empty for none."""
        self._ground = ground
        self._picture = picture

    @cached_property
    def files(self) -> Mapping[str, bytes]:
        """PNG files by name; a strip of the colour alone where there is no picture that can be read."""
        drawn = draw_artwork(self._ground)
        own = {} if self._picture is None else self._own(self._picture)
        return {**{name: body for name, body in drawn.items() if not own or not name.startswith("strip")}, **own}

    def _own(self, picture: bytes) -> Mapping[str, bytes]:
        try:
            return picture_files(picture)
        except UNREADABLE:
            log.warning("an event's picture cannot be read: its passes go without", picture=self.key)
            return {}


class Artworks:
    """Artwork of a process's events, the latest ones kept."""

    def __init__(self, events: EventReader) -> None:
        self._events = events
        self._kept: OrderedDict[tuple[str, str], Artwork] = OrderedDict()

    async def of(self, event: Event) -> Artwork:
        """Return the artwork of an event as it is now."""
        key = (event.id, "" if event.picture is None else event.picture.hash)
        if key not in self._kept:
            return self._keep(event.id, await self._made(*key))
        self._kept.move_to_end(key)
        return self._kept[key]

    async def _made(self, event_id: str, of_hash: str) -> Artwork:
        """Return artwork with the picture, without it where it was replaced just now."""
        found = await self._events.picture(picture_id(event_id, of_hash)) if of_hash else None
        ground = ground_of(event_id)
        return Artwork("", ground, None) if found is None else Artwork(of_hash, ground, found.whole)

    def _keep(self, event_id: str, made: Artwork) -> Artwork:
        kept = self._kept.setdefault((event_id, made.key), made)
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return kept
