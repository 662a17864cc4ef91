"""Fixtures of all tests: one real mongod for the session, a database for each test, a loop for each async test."""

import asyncio
import gc
import logging
import os
import sys
import threading
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from argon2 import PasswordHasher
from hypothesis import settings as hypothesis_settings
from pymongo import MongoClient
from pymongo.database import Database as RawDatabase
from tornado.ioloop import IOLoop
from tornado.web import Application

from handlers.application import make_application
from hub.app import Hub
from hub.clock import SettableClock
from hub.live_limits import LiveLimits
from hub.process.bootstrap import prepare
from hub.process.logs import bind_to_standard_library
from hub.settings import Settings
from store.embedded.mongod import EmbeddedMongod
from store.mongo.connection import Database
from tests.a_database import a_connection, begin_anew, contents, empty, prepare_new, with_cursors
from tests.api import ADMIN_KEY, Api
from tests.eventually import PATIENCE_S
from tests.hub.wallet.authority import Authority, make_authority
from tests.kept_connections import kept_connections
from tests.memory_folder import memory_folder

SCAN_FAST_PATH = os.environ.get("HUB_SCAN_FAST_PATH") != "false"
"""Whether the hubs of tests have the scans' fast path; `make test-slow-path` switches it off."""

DIRECT_WRITE = os.environ.get("HUB_DIRECT_WRITE") != "false"
"""Whether they write past the buffers of Tornado's streams; `make test-slow-path` switches that off, too."""

LEAN_SOCKETS = os.environ.get("HUB_LEAN_SOCKETS") != "false"
"""Whether their sockets are read and written without Tornado's handler; so it does with that."""

# No test depends on how fast the machine is.
hypothesis_settings.register_profile("hub", deadline=None)
hypothesis_settings.load_profile("hub")


gc.set_threshold(20_000, 20, 50)
"""As in a process of the hub: a twentieth of the tests' time went into looking through what is no garbage."""


def pytest_collection_finish() -> None:
    """Take all that is loaded by now, modules and tests, out of what the collector looks through."""
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes a minute: no worker is left with it when the others have ended."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@contextmanager
def keep_logs() -> Iterator[None]:
    """Within this a test may configure logging; after it all is as before."""
    root, hooks = logging.getLogger(), (sys.excepthook, threading.excepthook, sys.unraisablehook)
    handlers, level = root.handlers, root.level
    try:
        yield
    finally:
        root.handlers, root.level = handlers, level
        logging.captureWarnings(False)
        sys.excepthook, threading.excepthook, sys.unraisablehook = hooks


@pytest.fixture(scope="session", autouse=True)
def _logs() -> None:
    """Loggers of structlog hand their lines to the standard library's, as in a process of the hub: caplog sees them."""
    bind_to_standard_library()


@pytest.fixture(scope="session", autouse=True)
def _cheap_passwords() -> Iterator[None]:
    """Passwords of tests are hashed in a millisecond, where the hub takes a hundred: tests/hub/test_secrets.py."""
    with pytest.MonkeyPatch.context() as patch:
        cheap = partial(PasswordHasher, time_cost=1, memory_cost=8, parallelism=1)
        patch.setattr("hub.access.passwords.PasswordHasher", cheap)
        yield


@pytest.fixture
def io_loop() -> Iterator[IOLoop]:
    """Takes the place of pytest-tornado's, whose way of making a loop current Tornado warns about."""
    loop = IOLoop(make_current=False)
    asyncio.set_event_loop(loop.asyncio_loop)
    yield loop
    asyncio.set_event_loop(None)
    loop.close(all_fds=True)


@pytest.fixture(scope="session")
def mongod_uri() -> Iterator[str]:
    """The URI of a replica set of one that allows fail points. Its loop has a thread of its own: tests have theirs."""
    runner = asyncio.Runner()
    with memory_folder() as folder, ThreadPoolExecutor(max_workers=1) as thread:
        mongod = EmbeddedMongod(folder, test_commands=True)

        def run(work: Coroutine[Any, Any, Any]) -> Any:
            return thread.submit(runner.run, work).result()

        try:
            uri = run(mongod.start())
            with kept_connections(uri):
                yield uri
        finally:
            run(mongod.stop())
            thread.submit(runner.close).result()


@pytest.fixture(scope="session")
def _mongo(mongod_uri: str) -> Iterator[MongoClient[dict[str, Any]]]:
    with MongoClient[dict[str, Any]](mongod_uri) as client:
        yield client


@contextmanager
def a_site_database(mongod_uri: str, mongo: MongoClient[dict[str, Any]]) -> Iterator[dict[str, str]]:
    """Settings of a hub in processes of its own, by which it keeps all in a new database of the session's mongod."""
    name = f"test_{uuid4().hex}"
    yield {"HUB_MONGODB_URI": mongod_uri, "HUB_DATABASE": name, "HUB_SECRET": "a secret of the tests, long enough"}
    mongo.drop_database(name)


@pytest.fixture(scope="module")
def site_database(mongod_uri: str, _mongo: MongoClient[dict[str, Any]]) -> Iterator[dict[str, str]]:
    """Settings of a hub for the tests of one module."""
    with a_site_database(mongod_uri, _mongo) as settings:
        yield settings


@pytest.fixture
def database_name(_mongo: MongoClient[dict[str, Any]]) -> Iterator[str]:
    """A database of this test's own, dropped after it."""
    name = f"test_{uuid4().hex}"
    yield name
    _mongo.drop_database(name)


@pytest.fixture
def raw_database(_mongo: MongoClient[dict[str, Any]], database_name: str) -> RawDatabase[dict[str, Any]]:
    """The test's database through the plain driver, beside the hub: what is really kept."""
    return _mongo[database_name]


@dataclass
class Shared:
    """A database that keeps its collections and indexes from test to test, and begins as `prepare` left it."""

    name: str
    beginning: dict[str, list[dict[str, Any]]] | None = None


@pytest.fixture(scope="session")
def _shared(_mongo: MongoClient[dict[str, Any]]) -> Iterator[Shared]:
    shared = Shared(f"test_{uuid4().hex}")
    yield shared
    _mongo.drop_database(shared.name)


@pytest.fixture
def emptied_database(_mongo: MongoClient[dict[str, Any]], _shared: Shared) -> Iterator[str]:
    """The shared database: to prepare another takes a second, to empty this one a moment."""
    yield _shared.name
    empty(_mongo, _shared.name, _shared.beginning)


@pytest.fixture(scope="session")
def prepared_database(mongod_uri: str, _mongo: MongoClient[dict[str, Any]]) -> Iterator[str]:
    """One prepared database for all tests that need no hub and leave its shape alone; each begins it anew."""
    name = prepare_new(mongod_uri)
    yield name
    _mongo.drop_database(name)


@pytest.fixture
def database(mongod_uri: str, prepared_database: str, io_loop: IOLoop) -> Iterator[Database]:
    """The prepared database with one event in it, as the store reaches it."""
    with a_connection(mongod_uri, prepared_database, io_loop) as database:
        io_loop.run_sync(lambda: begin_anew(database))
        yield database


@pytest.fixture(scope="session")
def authority() -> Authority:
    """Certificates of passes, made once: keys take time."""
    return make_authority()


@pytest.fixture
def clock() -> SettableClock:
    """The time of day as a test wants it: 2026-12-24 19:30 in Paris to begin with, an hour before the showings."""
    return SettableClock(datetime(2026, 12, 24, 18, 30, tzinfo=UTC))


@pytest.fixture
def settings(mongod_uri: str, database_name: str, tmp_path: Path) -> Settings:
    """A hub's settings: a database of its own, and limits too high to be met by chance."""
    return Settings(
        data=tmp_path,
        mongodb_uri=mongod_uri,
        database=database_name,
        secret="a secret of the tests, long enough",
        admin_key=ADMIN_KEY,
        admin_password="correct horse battery",
        organisation="Example Organization",
        anonymous_bookings_per_min=100_000,
        failed_pairings_per_min=1000,
        scan_fast_path=SCAN_FAST_PATH,
        direct_write=DIRECT_WRITE,
        lean_sockets=LEAN_SOCKETS,
        live=LiveLimits(drain_s=0.2),
    )


@pytest.fixture
def hub(
    io_loop: IOLoop,
    settings: Settings,
    clock: SettableClock,
    _mongo: MongoClient[dict[str, Any]],
    _shared: Shared,
) -> Iterator[Hub]:
    """A hub that runs, on a real database."""
    if settings.database != _shared.name or _shared.beginning is None:
        io_loop.run_sync(lambda: prepare(settings))
    if settings.database == _shared.name and _shared.beginning is None:
        _shared.beginning = with_cursors(contents(_mongo[_shared.name]))
        empty(_mongo, _shared.name, _shared.beginning)
    hub = io_loop.run_sync(lambda: _start_hub(settings, clock), timeout=PATIENCE_S)
    yield hub
    io_loop.run_sync(hub.stop, timeout=60)


async def _start_hub(settings: Settings, clock: SettableClock) -> Hub:
    hub = Hub(settings, clock)
    await hub.start()
    return hub


@pytest.fixture
def app(hub: Hub) -> Application:
    """The application of the hub, which pytest-tornado serves."""
    return make_application(hub)


@pytest.fixture
def api(http_server: object, http_port: int) -> Api:
    """A client of the hub over HTTP, with no key until it is given one."""
    return Api(f"http://127.0.0.1:{http_port}")
