"""A hub, a line and a relay in processes of their own, for tests in a browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pymongo import MongoClient

from tests.conftest import a_site_database
from tests.end_to_end.site import Site
from tests.eventually import until
from tests.faults.test_relay_faults import LineInThread, RelaySite


class Venue:
    """Venue: an event at a hub, a line that can be cut, and the event's relay."""

    def __init__(self, hub: Site, event: Any, line: LineInThread, relay: RelaySite, key: str) -> None:
        self.hub = hub
        self.event = event
        self.line = line
        self.relay = relay
        self.key = key
        """Of a phone that is paired."""

    def status(self) -> Any:
        """Return what the relay says of itself."""
        return self.relay.call("GET", "/api/relay/status", key=self.key)

    def is_in(self, *states: str) -> None:
        """Wait until the relay's line is in one of these states."""
        until(lambda: self.status()["state"] in states, f"the line is {states}")


@contextmanager
def a_venue(
    hub: Site, folder: Path, mongod_uri: str, mongo: MongoClient[dict[str, Any]], **fields: Any
) -> Iterator[Venue]:
    """A venue of an event of its own at a hub that serves."""
    event = hub.make_event(**fields)
    key = hub.pair(hub.make_device(event, "Gate 1", may=["search", "names", "undo"]))
    relay_key = hub.call("POST", "/api/keys", {"name": "Hall", "scopes": ["relay"], "event": event["uuid"]})["key"]
    line = LineInThread(int(hub.url.rpartition(":")[2]))
    try:
        with a_site_database(mongod_uri, mongo) as database:
            relay = RelaySite(folder / "data", line.url, relay_key, **database)
            try:
                venue = Venue(hub, event, line, relay, key)
                venue.is_in("connected", "degraded")
                yield venue
            finally:
                relay.close()
    finally:
        line.close()
