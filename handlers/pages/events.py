"""Page with the list of events after an organiser's login: on, to come, over."""

from datetime import datetime
from typing import Any

from handlers.pages.base import ALWAYS, DOORS_OPEN_BEFORE, NOW, PAST, TO_COME, PageHandler
from hub.events.answers import picture_of
from hub.formats.dates import when
from hub.model.event import Event


class EventsPageHandler(PageHandler):
    """`/events`: the list of events."""

    is_translated = True

    async def get(self) -> None:
        """List the events: those on, those to come, and those past; a box office once it is used."""
        now = self.hub.clock.now()
        events = [event for event in await self.hub.events.all() if self.known.knows(event.id)]
        rows = [await self._row(event, now) for event in events]
        rows = [row for row in rows if row["is_used"]]
        groups = {phase: [row for row in rows if row["phase"] == phase] for phase in (NOW, TO_COME, ALWAYS, PAST)}
        groups[PAST].reverse()
        self.render("events.html", groups={name: rows for name, rows in groups.items() if rows})

    async def _row(self, event: Event, now: datetime) -> dict[str, Any]:
        phase = phase_of(event, now)
        stream = None if phase == PAST else await self.hub.events.stream(event.id)
        return {
            "id": event.id,
            "name": event.name,
            "phase": phase,
            "when": when(event, self.language),
            "venue": event.venue,
            "picture": picture_of(event),
            "alt": event.picture_alt or "",
        } | {
            "is_used": await self.hub.events.is_used(event),
            "counts": stream and {"inside": stream.inside, "booked": stream.booked, "capacity": stream.capacity},
        }


def phase_of(event: Event, now: datetime) -> str:
    """Return the phase of an event; doors open before it begins, so its last hours before count as on."""
    if event.ends_at is None:
        return ALWAYS
    if event.closed or event.ends_at <= now:
        return PAST
    begins = event.starts_at or event.ends_at
    return NOW if begins - DOORS_OPEN_BEFORE <= now else TO_COME
