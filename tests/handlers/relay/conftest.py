"""Fixtures of relays: a venue with a hub, a line and a relay that serves, each over HTTP."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from msgspec.structs import replace
from pymongo import MongoClient
from tornado.ioloop import IOLoop
from tornado.netutil import bind_sockets

from handlers.server import make_server
from hub.app import Hub
from hub.clock import SettableClock
from hub.relay_app import RelayHub
from hub.settings import Settings
from hub.vault import Vault
from store.store import Store
from tests.api import Api
from tests.eventually import PATIENCE_S, eventually
from tests.handlers.relay.line import Cable


class Venue:
    """Venue: an event at the hub, a line, and a relay for it. `api` is the hub's client, `here` the relay's."""

    def __init__(self, api: Api, hub: Hub, settings: Settings, clock: SettableClock, data: Path, database: str) -> None:
        self.api = api
        self.hub = hub
        self.clock = clock
        self._settings = settings
        self._data = data
        self._database = database
        self.cable = Cable(int(api.url.rpartition(":")[2]))
        self.event: Any = None
        self.key = ""

    async def open(self) -> None:
        """Make the event, its relay's key, and the line."""
        await self.cable.start()
        self.event = await self.api.make_event(showings=[{"date": "2026-12-24", "time": "20:30", "capacity": 1000}])
        self.key = await self.make_key()

    async def make_key(self) -> str:
        """Return a new key for relays of the event."""
        form = {"name": "Hall", "scopes": ["relay"], "event": self.event["uuid"]}
        made = await self.api.admin.post("/api/keys", form)
        assert made.status == 201, made.raw
        key: str = made.body["key"]
        return key

    def relay_settings(self, **fields: Any) -> Settings:
        """Return the settings of the relay."""
        own = {"data": self._data, "database": self._database, "secret": "the secret of the relay, long enough"}
        of_hub = {"upstream": self.cable.url, "upstream_key": self.key, "relay_name": "Hall"}
        return replace(self._settings, **own | of_hub | fields)

    @asynccontextmanager
    async def relay(self, **fields: Any) -> AsyncIterator["Running"]:
        """A relay that serves, until the end of the block."""
        settings = self.relay_settings(**fields)
        await _migrate(settings, self.clock)
        hub = RelayHub(settings, self.clock)
        hub.relay_scanning.forward_within_s = PATIENCE_S
        await hub.start()
        server = make_server(hub)
        sockets = bind_sockets(0, "127.0.0.1")
        server.add_sockets(sockets)
        try:
            yield Running(hub, Api(f"http://127.0.0.1:{sockets[0].getsockname()[1]}"))
        finally:
            server.stop()
            await server.close_all_connections()
            await hub.stop()


class Running:
    """Relay that runs, with a client of it."""

    def __init__(self, hub: RelayHub, api: Api) -> None:
        self.hub = hub
        self.api = api

    async def is_connected(self) -> None:
        """Wait until nothing waits on either side."""
        await eventually(lambda: self.hub.line.state in ("connected", "degraded"))

    async def is_alone(self) -> None:
        """Wait until the relay knows that it is on its own."""
        await eventually(lambda: self.hub.line.state == "alone")

    async def has_all(self, hub_seq: int) -> None:
        """Wait until all up to the hub's number is here and nothing waits to go up."""
        await eventually(lambda: self.hub.line.state in ("connected", "degraded") and self._position() >= hub_seq)

    def _position(self) -> int:
        assert self.hub.sync is not None
        return self.hub.sync.copy.upstream_seq


async def _migrate(settings: Settings, clock: SettableClock) -> None:
    assert settings.mongodb_uri is not None
    store = Store(settings.mongodb_uri, settings.database, locks=settings.data / "locks", clock=clock, process="test")
    try:
        await store.migrate(secrets=Vault(settings.secret).fingerprints(), epoch="k1")
    finally:
        await store.close()


@pytest.fixture
def venue(
    io_loop: IOLoop,
    api: Api,
    hub: Hub,
    settings: Settings,
    clock: SettableClock,
    tmp_path: Path,
    _mongo: MongoClient[dict[str, Any]],
) -> Iterator[Venue]:
    """A venue whose relay has a database of its own."""
    database, data = f"test_{uuid4().hex}", tmp_path / "relay"
    data.mkdir()
    venue = Venue(api, hub, settings, clock, data, database)
    io_loop.run_sync(venue.open)
    yield venue
    io_loop.run_sync(venue.cable.close)
    _mongo.drop_database(database)
