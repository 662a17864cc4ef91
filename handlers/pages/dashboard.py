"""Dashboard page of one event. The figures stand in the page; from there its script keeps them moving."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from handlers.pages.admin import DETAILS
from handlers.pages.base import STATIC, PageHandler
from handlers.pages.locales import word_scripts
from handlers.pages.vendor import address_of
from hub.clock import in_zone
from hub.errors import NotFound
from hub.formats.dates import day, when
from hub.language.catalogue import Language
from hub.model.event import Event, Showing
from hub.model.journal import HUB_STREAM
from hub.reports.occupancy import occupancy
from hub.reports.showings import around

STAYS = timedelta(hours=8)
"""How long a showing without a known end is on."""
MOST_EARLIER = 12
"""Evenings that an event may be held against."""


SHARED = (
    "live/alerts.js",
    "live/client.js",
    "live/event_state.js",
    "live/reconnect.js",
    "live/subscription.js",
    "shared/locale.js",
    "shared/say.js",
    "shared/verdicts.js",
)
MODULES = (*SHARED, *sorted(path.relative_to(STATIC).as_posix() for path in STATIC.glob("dashboard/*.js")))
"""What a browser is told to fetch at once, and not as one module after the other names the next."""


CATALOGUES = ("words", "verdicts", "live")
"""What the page's scripts say."""
RELAYS = ("relay",)
"""What they say besides on a relay."""


class DashboardHandler(PageHandler):
    """`/events/{uuid}`; with `?wall` for a screen on the wall."""

    is_translated = True

    async def get(self, event_id: str) -> None:
        """Show the event as it stands."""
        event = await self.hub.events.get(event_id)
        self.event_language = event.language
        view, stream = await self.hub.wiring.event_view(event_id), await self.hub.events.stream(event_id)
        if view is None or stream is None or event_id == HUB_STREAM:
            raise NotFound("There is no such event")
        counts = msgspec.to_builtins(occupancy(stream, view, self.hub.clock.now()))
        known = [one for one in await self.hub.events.all() if self.known.knows(one.id)]
        earlier = earlier_than(event, known, self.language)
        chart = {"script": address_of("uplot", "uPlot.iife.min.js"), "style": address_of("uplot", "uPlot.min.css")}
        is_relay = bool(self.hub.settings.upstream)
        may = {
            scope: self.known.has(scope) and not is_relay  # whose hub alone changes anything
            for scope in ("events:write", "tickets:read", "tickets:write", "devices:write")
        }
        shown = {"event": event, "when": when(event, self.language), "counts": counts, "earlier": earlier}
        shown["has_report"] = (self.known.event_roles or {}).get(event_id) != "door_lead"
        tickets = "/admin/tickets" if may["tickets:write"] and "tickets" in DETAILS else None
        now = self.hub.clock.now()
        shown["showings"] = coming_first(around(await self.hub.stats.showings(event_id), now), now)
        shown["is_relay"] = is_relay
        shown["wall"] = self.get_query_argument("wall", None) is not None
        files = {
            "chart": chart,
            "modules": MODULES,
            "words": word_scripts(self.language, *CATALOGUES, *(RELAYS if is_relay else ())),
        }
        self.render("dashboard.html", **shown, **files, may=may, tickets=tickets)


def coming_first(showings: Sequence[Showing], now: datetime) -> list[Showing]:
    """Return showings by time, those that have begun and ended after the others."""
    return sorted(showings, key=lambda each: (each.over_at or each.ends_at or each.starts_at + STAYS) <= now)


def earlier_than(event: Event, events: Iterable[Event], language: Language) -> list[dict[str, Any]]:
    """Return the events before `event`, the last first, to compare it with, by when they began."""
    begins = event.starts_at
    if begins is None:
        return []
    before = {one.starts_at: one for one in events if one.starts_at is not None and one.starts_at < begins}
    return [
        {"id": before[at].id, "starts": int(at.timestamp()), "name": _name_and_day(before[at], at, language)}
        for at in sorted(before, reverse=True)[:MOST_EARLIER]
    ]


def _name_and_day(event: Event, begins: datetime, language: Language) -> str:
    return f"{event.name}, {day(in_zone(begins, ZoneInfo(event.timezone)), language)}"
