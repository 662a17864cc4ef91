"""A start while the replica set elects its primary: it waits, says so, and serves; no credential is lost on the way."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from msgspec.structs import replace
from pymongo import MongoClient
from pymongo.errors import AutoReconnect
from pymongo.read_preferences import Nearest
from pymongo.uri_parser import parse_uri

from hub.access.passwords import password_fits
from hub.app import Hub
from hub.errors import Unavailable
from hub.process import bootstrap
from hub.process.bootstrap import prepare
from hub.settings import Settings
from store import migrations
from store.collections.access import UserReader
from store.mongo.connection import Database, connect, open_database
from store.mongo.leases import Leases
from store.schema import apply_schema
from tests.eventually import PATIENCE_S, eventually, until
from tests.faults.fail_points import failing
from tests.faults.processes import kill, processes_on
from tests.ports import free_port

ROOT = Path(__file__).parents[2]
APP = "a hub that starts"
INTERRUPTED = {"code": 11602, "errmsg": "operation was interrupted"}


@pytest.fixture
def starting(settings: Settings) -> Settings:
    """Settings without credentials, and with an application's name for fail points."""
    uri = f"{settings.mongodb_uri}&appName={APP.replace(' ', '%20')}"
    return replace(settings, mongodb_uri=uri, admin_key=None, admin_password=None)


CONCERT = {
    "name": "Concert",
    "timezone": "UTC",
    "starts_at": "2090-12-24T20:30:00Z",
    "ends_at": "2090-12-25T02:00:00Z",
}
FAULTS: dict[str, tuple[str, dict[str, Any]]] = {
    "a write that is not acknowledged": ("insert", {"writeConcernError": INTERRUPTED}),
    "a server that is no primary any more": ("insert", {"errorCode": 10107}),
    "an index whose making is interrupted": ("createIndexes", {"errorCode": 11602}),
    "a collection that is made while the primary steps down": ("create", {"errorCode": 189}),
    "a lease that is taken while the connection is cut": ("findAndModify", {"closeConnection": True}),
}


@pytest.mark.parametrize(("command", "how"), FAULTS.values(), ids=FAULTS)
@pytest.mark.gen_test
async def test_a_start_that_meets_an_election_tries_again_and_its_credentials_are_right(
    starting: Settings, mongod_uri: str, command: str, how: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    with failing(mongod_uri, command, APP, times=2, **how):
        lines = await prepare(starting)
    assert "the database does not answer; trying again" in caplog.text
    assert any("API key" in line for line in lines) and any("login" in line for line in lines)
    hub = Hub(starting)
    await hub.start()
    try:
        assert await hub.authenticator.by_key((starting.data / "admin-key").read_text().strip())
        (user,) = await hub.users.all()
        assert password_fits((starting.data / "admin-password").read_text().strip(), user.password_hash)
    finally:
        await hub.stop()


@pytest.mark.gen_test
async def test_of_two_first_starts_at_once_one_makes_the_user_and_each_says_where_the_password_is(
    starting: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both_saw_none = asyncio.Barrier(2)

    async def are_any(reader: UserReader) -> bool:
        found = bool(await reader.all())
        if not found:
            await both_saw_none.wait()
        return found

    await prepare_empty(starting)
    monkeypatch.setattr(UserReader, "are_any", are_any)
    hosts = [replace(starting, data=tmp_path / name) for name in ("one", "two")]
    for host in hosts:
        host.data.mkdir()
    said = ["\n".join(lines) for lines in await asyncio.gather(*map(prepare, hosts))]
    kept = [host.data / "admin-password" for host in hosts]
    (made,) = [path for path in kept if path.exists()]
    assert sorted("made by another hub" in lines for lines in said) == [False, True]
    assert str(made) in said[kept.index(made)]
    hub = Hub(hosts[0])
    try:
        (user,) = await hub.users.all()
        assert password_fits(made.read_text().strip(), user.password_hash)
    finally:
        await hub.stop()


async def prepare_empty(settings: Settings) -> None:
    """Bring a new database up to date, as another release may have, and leave it without users."""
    hub = Hub(settings)
    try:
        await hub.store.migrate(secrets=hub.vault.fingerprints(), epoch="0a0b0c0d")
    finally:
        await hub.stop()


@pytest.mark.gen_test
async def test_a_database_that_takes_no_writes_is_given_up_in_time(
    starting: Settings, mongod_uri: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "START_WITHIN_S", 0.5)
    with failing(mongod_uri, "update", APP, times=None, writeConcernError=INTERRUPTED):
        with pytest.raises(Unavailable):
            await prepare(starting)
    assert asyncio.all_tasks() == {asyncio.current_task()}


@contextmanager
def a_new_database(starting: Settings, name: str) -> Iterator[Database]:
    assert starting.mongodb_uri is not None
    client = connect(starting.mongodb_uri)
    try:
        yield open_database(client, name)
    finally:
        client.close()


@pytest.mark.gen_test
async def test_a_migrations_lease_is_renewed_again_after_an_election(
    starting: Settings,
    mongod_uri: str,
    database_name: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    renewed: list[bool] = []

    async def slowly(database: Database) -> None:
        """Make the schema only once a renewal has failed, and a later one has not."""
        with failing(mongod_uri, "findAndModify", APP, times=None, errorCode=10107):
            await eventually(lambda: "the lease of the migration was not renewed" in caplog.text)
        kept = await database.leases.find_one({"_id": migrations.LEASE})
        assert kept is not None
        later = {"_id": migrations.LEASE, "holder": "first", "until": {"$gt": kept["until"]}}
        renewed.append(bool(await eventually(lambda: database.leases.find_one(later))))
        await apply_schema(database)

    monkeypatch.setattr(migrations, "LEASE_LASTS", timedelta(seconds=0.3))
    monkeypatch.setattr(migrations, "apply_schema", slowly)
    with a_new_database(starting, database_name) as database:
        assert await migrations.migrate(database, Leases(database, "first"), "k1")
        assert await database.leases.count_documents({}) == 0
    assert renewed == [True]


@pytest.mark.gen_test
async def test_a_migration_that_is_done_when_its_lease_cannot_be_given_back_succeeds(
    starting: Settings, mongod_uri: str, database_name: str
) -> None:
    with a_new_database(starting, database_name) as database:
        with failing(mongod_uri, "delete", APP, times=None, errorCode=10107) as point:
            assert await migrations.migrate(database, Leases(database, "first"), "k1")
        assert point.times > 0
        assert await database.leases.count_documents({}) == 1


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def serving(mongod_uri: str, database_name: str, tmp_path: Path, port: int) -> Iterator["subprocess.Popen[bytes]"]:
    """`run.py serve` on a database without a primary, until an election is held."""
    own = {"HUB_DATA": str(tmp_path), "HUB_PORT": str(port), "HUB_LOG": "json", "HUB_DRAIN_S": "0.2"}
    database = {"HUB_MONGODB_URI": mongod_uri, "HUB_DATABASE": database_name, "HUB_SECRET": "0123456789abcdef"}
    with open(tmp_path / "stderr", "wb") as err:
        environ = os.environ | own | database
        step_down(mongod_uri)
        hub = subprocess.Popen([sys.executable, "run.py", "serve"], cwd=ROOT, env=environ, stderr=err)
    try:
        yield hub
    finally:
        hold_election(mongod_uri)
        for pid in {hub.pid, *processes_on(tmp_path)}:
            kill(pid)
        hub.wait(PATIENCE_S)


def step_down(uri: str) -> None:
    """Let the primary step down, and become none again before an election is held."""
    with MongoClient[dict[str, Any]](uri) as client:
        try:
            client.admin.command("replSetStepDown", 600, force=True)
        except AutoReconnect:
            return


def hold_election(uri: str) -> None:
    """Let the database elect itself its primary, unless it is."""
    with MongoClient[dict[str, Any]](uri) as client:
        if not client.admin.command("hello", read_preference=Nearest())["isWritablePrimary"]:
            client.admin.command("replSetFreeze", 0, read_preference=Nearest())
        until(lambda: client.admin.command("hello", read_preference=Nearest())["isWritablePrimary"], "a primary")


def test_a_hub_started_during_an_election_waits_and_serves(
    serving: "subprocess.Popen[bytes]", tmp_path: Path, port: int, mongod_uri: str
) -> None:
    def waits() -> bool:
        return "waiting for the database's primary" in (tmp_path / "stderr").read_text()

    def is_ready() -> bool:
        assert serving.poll() is None, (tmp_path / "stderr").read_text()
        try:
            with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=10) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    until(waits, "the hub waits")
    assert not is_ready()
    hold_election(mongod_uri)
    until(is_ready, "the hub is ready")
    serving.terminate()
    assert serving.wait(PATIENCE_S) == 0
    lines = [json.loads(line) for line in (tmp_path / "stderr").read_text().splitlines()]
    assert not [line for line in lines if "exception" in line]
    [address] = parse_uri(mongod_uri)["nodelist"]
    said = next(line for line in lines if line["event"] == "waiting for the database's primary")
    assert said["hosts"] == f"{address[0]}:{address[1]}: secondary"


KILLED_AT = {
    "index creation": ("createIndexes", "tickets"),
    "the migration": ("update", "meta"),
    "the first key": ("update", "keys"),
    "the first user": ("insert", "users"),
}


@pytest.mark.parametrize(("command", "collection"), KILLED_AT.values(), ids=KILLED_AT)
@pytest.mark.gen_test
async def test_after_a_start_that_was_killed_the_next_one_serves_and_its_credentials_are_right(
    starting: Settings, mongod_uri: str, command: str, collection: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrations, "LEASE_LASTS", timedelta(seconds=0.1))  # so that the dead one's ends at once
    at: dict[str, Any] = {
        "namespace": f"{starting.database}.{collection}",
        "blockConnection": True,
        "blockTimeMS": 20_000,
    }
    with failing(mongod_uri, command, APP, **at) as point:
        command_line = (sys.executable, "-m", "tests.faults.start_process", *orders(starting))
        process = await asyncio.create_subprocess_exec(*command_line, cwd=ROOT)
        try:
            await asyncio.to_thread(point.wait)
        finally:
            process.kill()
            await process.wait()
    await prepare(starting)
    hub = Hub(starting)
    await hub.start()
    try:
        assert await hub.authenticator.by_key((starting.data / "admin-key").read_text().strip())
        (user,) = await hub.users.all()
        assert password_fits((starting.data / "admin-password").read_text().strip(), user.password_hash)
    finally:
        await hub.stop()


def orders(settings: Settings) -> list[str]:
    assert settings.mongodb_uri is not None
    return [settings.mongodb_uri, settings.database, str(settings.data), settings.secret]


@pytest.mark.gen_test
async def test_a_start_without_events_says_what_to_do_next_and_one_with_events_does_not(settings: Settings) -> None:
    assert f"{settings.base_url}/admin/events/new" in "\n".join(await prepare(settings))
    hub = Hub(settings)
    await hub.start()
    try:
        await hub.events.create(CONCERT, hub.clock.now())
    finally:
        await hub.stop()
    assert await prepare(settings) == []
