"""The embedded mongod: usable when it says so, closed to strangers, and back again after whatever happened to it."""

import asyncio
import os
import signal
import struct
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bson import decode, encode
from pymongo import MongoClient
from pymongo.errors import OperationFailure
from pymongo.uri_parser import parse_uri
from tornado.ioloop import IOLoop

from store.embedded.mongod import EmbeddedMongod, MongodFailed, NoMongod, find_mongod
from tests.eventually import PATIENCE_S

pytestmark = pytest.mark.gen_test

OP_MSG, OP_COMPRESSED, ZLIB = 2013, 2012, 2
"""Numbers of MongoDB's wire protocol."""


@pytest.fixture
def mongod(tmp_path: Path, io_loop: IOLoop) -> Iterator[EmbeddedMongod]:
    mongod = EmbeddedMongod(tmp_path)
    yield mongod
    io_loop.run_sync(mongod.stop)


def connect(uri: str) -> MongoClient[dict[str, Any]]:
    return MongoClient[dict[str, Any]](uri, serverSelectionTimeoutMS=5000, tz_aware=True)


def write(uri: str, name: str) -> None:
    """Write in a transaction, acknowledged by majority: what the hub asks of a database."""
    with connect(uri) as client, client.start_session() as session, session.start_transaction():
        client.hub.notes.insert_one({"_id": name}, session=session)


def names(uri: str) -> list[str]:
    with connect(uri) as client:
        return [note["_id"] for note in client.hub.notes.find()]


def runs(pid: int) -> bool:
    status = Path(f"/proc/{pid}/status")
    return status.exists() and "State:\tZ" not in status.read_text()


async def test_transactions_work_as_soon_as_it_has_started(mongod: EmbeddedMongod) -> None:
    uri = await mongod.start()
    write(uri, "first")
    assert names(uri) == ["first"]


async def test_it_keeps_its_data_and_its_address_across_a_clean_restart(mongod: EmbeddedMongod) -> None:
    uri = await mongod.start()
    write(uri, "kept")
    await mongod.stop()
    assert not runs(mongod.pid)
    assert await mongod.start() == uri
    assert names(uri) == ["kept"]


async def test_what_was_acknowledged_survives_a_kill(mongod: EmbeddedMongod) -> None:
    uri = await mongod.start()
    write(uri, "kept")
    os.kill(mongod.pid, signal.SIGKILL)
    await asyncio.wait_for(mongod.wait(), PATIENCE_S)
    assert await mongod.start() == uri
    assert names(uri) == ["kept"]


async def test_it_takes_no_compressed_messages(mongod: EmbeddedMongod) -> None:
    [address] = parse_uri(await mongod.start())["nodelist"]
    hello = encode({"hello": 1, "compression": ["snappy", "zlib", "zstd"], "$db": "admin"})
    asked = struct.pack("<iiiiiB", 21 + len(hello), 1, 0, OP_MSG, 0, 0) + hello
    compressed = zlib.compress(asked[16:])
    packed = struct.pack("<iiiiiiB", 25 + len(compressed), 2, 0, OP_COMPRESSED, OP_MSG, len(asked) - 16, ZLIB)
    reader, writer = await asyncio.open_connection(*address)
    writer.write(asked)
    size, *_ = struct.unpack("<iiii", await reader.readexactly(16))
    said = decode((await reader.readexactly(size - 16))[5:])
    assert said["isWritablePrimary"] and "compression" not in said, "none is agreed on"
    writer.write(packed + compressed)
    assert await reader.read() == b"", "one that is sent all the same ends the connection"
    writer.close()


async def hang_up(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.close()


async def test_it_moves_with_its_data_when_a_stranger_took_its_port(mongod: EmbeddedMongod) -> None:
    uri = await mongod.start()
    write(uri, "kept")
    os.kill(mongod.pid, signal.SIGKILL)
    await asyncio.wait_for(mongod.wait(), PATIENCE_S)
    async with await asyncio.start_server(hang_up, *parse_uri(uri)["nodelist"][0]):
        moved = await mongod.start()
    assert moved != uri
    write(moved, "more")
    await mongod.stop()
    assert await mongod.start() == moved
    assert names(moved) == ["kept", "more"]


async def test_a_mongod_left_running_is_ended_and_its_data_taken_over(mongod: EmbeddedMongod, tmp_path: Path) -> None:
    write(await mongod.start(), "kept")
    heir = EmbeddedMongod(tmp_path)
    try:
        uri = await heir.start()
        assert not runs(mongod.pid)
        assert names(uri) == ["kept"]
    finally:
        await heir.stop()


async def test_a_mongod_on_another_folder_is_left_alone(mongod: EmbeddedMongod, tmp_path: Path) -> None:
    await mongod.start()
    other = EmbeddedMongod(tmp_path / "mongod")
    try:
        await other.start()
        assert runs(mongod.pid)
    finally:
        await other.stop()


@pytest.mark.parametrize("command", [{"listDatabases": 1}, {"createUser": "me", "pwd": "me", "roles": ["root"]}])
async def test_a_stranger_on_the_machine_gets_nothing(mongod: EmbeddedMongod, command: dict[str, Any]) -> None:
    host, port = parse_uri(await mongod.start())["nodelist"][0]
    with connect(f"mongodb://{host}:{port}/?directConnection=true") as client, pytest.raises(OperationFailure) as error:
        client.admin.command(command)
    assert error.value.code == 13  # Unauthorized


async def test_only_the_owner_can_read_its_folder(mongod: EmbeddedMongod, tmp_path: Path) -> None:
    await mongod.start()
    home = tmp_path / "mongod"
    assert home.stat().st_mode & 0o777 == 0o700
    assert {(home / name).stat().st_mode & 0o777 for name in ("keyfile", "password", "port")} == {0o600}


async def test_a_lost_password_is_made_anew(mongod: EmbeddedMongod, tmp_path: Path) -> None:
    write(await mongod.start(), "kept")
    await mongod.stop()
    (tmp_path / "mongod" / "password").unlink()
    assert names(await mongod.start()) == ["kept"]


async def test_fail_points_are_for_tests_only(mongod: EmbeddedMongod, mongod_uri: str) -> None:
    fail_point = {"configureFailPoint": "failCommand", "mode": "off"}
    with connect(mongod_uri) as client:
        assert client.admin.command(fail_point)["ok"] == 1
    with connect(await mongod.start()) as client, pytest.raises(OperationFailure, match="no such command"):
        client.admin.command(fail_point)


async def test_one_log_is_kept_beside_the_present_one(mongod: EmbeddedMongod, tmp_path: Path) -> None:
    for _ in range(3):
        await mongod.start()
        await mongod.stop()
    assert sorted(file.name for file in (tmp_path / "mongod").glob("*.log*")) == ["mongod.log", "mongod.log.1"]


async def test_a_start_that_fails_says_why_in_mongods_words(mongod: EmbeddedMongod, tmp_path: Path) -> None:
    (tmp_path / "mongod").mkdir()
    (tmp_path / "mongod" / "keyfile").write_text("no key!")
    with pytest.raises(MongodFailed, match="security key"):
        await mongod.start()


async def test_stopping_twice_or_before_the_start_is_fine(mongod: EmbeddedMongod) -> None:
    await mongod.stop()
    await mongod.start()
    await mongod.stop()
    await mongod.stop()
    assert not runs(mongod.pid)


async def test_a_mongod_on_the_path_is_preferred(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "mongod").symlink_to(find_mongod())
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_mongod() == tmp_path / "mongod"


async def test_a_machine_without_mongod_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setitem(sys.modules, "fiftyone", None)
    with pytest.raises(NoMongod, match="HUB_MONGODB_URI"):
        await EmbeddedMongod(tmp_path).start()
