"""Gauges of the database for Prometheus: people at events that are not over, and messages of the outbox by state.

They are of the whole hub, whichever host is asked; the metrics of `hub/telemetry/` are of one host.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from hub.clock import Clock
from hub.model.event import Event
from hub.model.journal import Stream
from hub.model.outbox import Backlog
from store.collections.alerts import Alerts
from store.collections.outbox import Messages

MOST_EVENTS = 200
"""Events that have gauges of their own: a hub may hold thousands, and each is one more series for each of the three."""


class DatabaseGauges:
    """Gauges of the database: of events that are not over since `over_after`, and of the outbox."""

    def __init__(self, events: Alerts, messages: Messages, clock: Clock, *, over_after: timedelta) -> None:
        self._events = events
        self._messages = messages
        self._clock = clock
        self._over_after = over_after

    async def exposition(self) -> bytes:
        """Return them in Prometheus' text format, as of now. Raises `Unavailable`."""
        now = self._clock.now()
        events = nearest_events(await self._events.events(now - self._over_after), now)
        streams = await self._events.streams([event.id for event in events])
        return database_gauges(streams.values(), await self._messages.unsent(), now)


def nearest_events(events: Sequence[Event], now: datetime) -> list[Event]:
    """Return those of `events` that begin nearest to `now`, before or after it, `MOST_EVENTS` at most."""
    return sorted(events, key=lambda event: abs((event.starts_at or now) - now))[:MOST_EVENTS]


def database_gauges(streams: Iterable[Stream], backlog: Backlog, now: datetime) -> bytes:
    """Return the gauges in Prometheus' text format. An event is named by its id: names are what people made up."""
    registry = CollectorRegistry()
    inside = Gauge("scanhub_event_people_inside", "People inside such an event", ("event",), registry=registry)
    admitted = Gauge(
        "scanhub_event_admitted", "Admissions of an event that is not over yet", ("event",), registry=registry
    )
    booked = Gauge("scanhub_event_booked", "Tickets that hold a seat of such an event", ("event",), registry=registry)
    for stream in streams:
        inside.labels(stream.id).set(stream.inside)
        admitted.labels(stream.id).set(stream.admitted)
        booked.labels(stream.id).set(stream.booked)
    outbox = Gauge("scanhub_outbox_messages", "Messages to other systems, by state", ("state",), registry=registry)
    outbox.labels("waiting").set(backlog.waiting)
    outbox.labels("set_aside").set(backlog.set_aside)
    age = Gauge("scanhub_outbox_oldest_waiting_seconds", "Age of the oldest message that waits", registry=registry)
    if backlog.waiting_since is not None:
        age.set(max(0.0, (now - backlog.waiting_since).total_seconds()))
    return generate_latest(registry)
