"""Gauges of the database for Prometheus: people at events that are not over, and messages of the outbox by state.

They are of the whole hub, whichever host is asked; the metrics of `hub/metrics.py` are of one host.
"""

from collections.abc import Iterable, Mapping

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from hub.model.journal import Stream

UNSENT = ("waiting", "set_aside")
"""States of messages that are counted: the delivered ones leave by themselves."""


def database_gauges(streams: Iterable[Stream], messages: Mapping[str, int]) -> bytes:
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
    for state in UNSENT:
        outbox.labels(state).set(messages.get(state, 0))
    return generate_latest(registry)
