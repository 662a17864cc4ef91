"""The primary is waited for, host by host; a database that no waiting makes usable is refused in one line."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from store.embedded.mongod import find_mongod
from store.mongo.primary import DatabaseRefused, wait_for_primary

pytestmark = pytest.mark.gen_test


@asynccontextmanager
async def standalone(folder: Path) -> AsyncIterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    process = await asyncio.create_subprocess_exec(
        *(find_mongod(), "--dbpath", folder, "--bind_ip", "127.0.0.1", "--port", str(port), "--nounixsocket"),
        stdout=asyncio.subprocess.DEVNULL,
    )
    try:
        yield f"mongodb://127.0.0.1:{port}/"
    finally:
        process.terminate()
        await process.wait()


def silent(hosts: str) -> None:
    raise AssertionError(f"nothing was to be waited for: {hosts}")


async def test_a_replica_set_with_a_primary_is_accepted_at_once(mongod_uri: str) -> None:
    await wait_for_primary(mongod_uri, "scanhub", silent)  # raises nothing


async def test_a_standalone_server_is_refused_with_the_reason(tmp_path: Path) -> None:
    heard: list[str] = []
    async with standalone(tmp_path) as uri:
        for options in ("", "?replicaSet=hub"):
            with pytest.raises(DatabaseRefused, match="standalone server has no transactions"):
                await wait_for_primary(uri + options, "scanhub", heard.append, every_s=0.5)


@pytest.mark.parametrize("uri", ["mongodb://127.0.0.1:1/", "mongodb://me:secret@127.0.0.1:1/?replicaSet=none"])
async def test_a_silent_database_is_waited_for_with_a_line_that_names_it_and_no_password(uri: str) -> None:
    heard: asyncio.Queue[str] = asyncio.Queue()
    waiting = asyncio.create_task(wait_for_primary(uri, "scanhub", heard.put_nowait, every_s=0.05, unknown_for_s=0))
    for _ in range(3):
        line = await heard.get()
        assert line.startswith("127.0.0.1:1: ") and "refused" in line and "secret" not in line
    waiting.cancel()


async def test_a_login_that_is_refused_is_no_reason_to_wait(mongod_uri: str) -> None:
    wrong = re.sub(r":[^:@]+@", ":wrong@", mongod_uri)
    with pytest.raises(DatabaseRefused, match="its login is refused: check user, password, authSource"):
        await wait_for_primary(wrong, "scanhub", silent)


async def test_a_uri_without_a_login_lacks_rights(mongod_uri: str) -> None:
    nobody = re.sub(r"//[^@]+@", "//", mongod_uri).replace("&authSource=admin", "")
    with pytest.raises(DatabaseRefused, match="needs the roles readWrite and dbAdmin of the database scanhub"):
        await wait_for_primary(nobody, "scanhub", silent)


async def test_a_set_of_another_name_is_refused_with_the_right_one(mongod_uri: str) -> None:
    wrong = mongod_uri.replace("replicaSet=hub", "replicaSet=other")
    with pytest.raises(DatabaseRefused, match="is of the replica set hub, not other"):
        await wait_for_primary(wrong, "scanhub", lambda hosts: None, every_s=0.5)


async def test_hosts_whose_names_stay_unknown_are_refused_by_name() -> None:
    # Neither is asked of a name server: no interface has that name, and no label is so long.
    uri = f"mongodb://[fe80::1%25none-such],{'x' * 64}.invalid/?replicaSet=hub"
    with pytest.raises(DatabaseRefused, match=rf"no such host: fe80::1%none-such, {'x' * 64}\.invalid;"):
        await wait_for_primary(uri, "scanhub", lambda hosts: None, every_s=0.05, unknown_for_s=0.2)


@pytest.mark.parametrize("uri", ["mongodb://", "http://hub.example.org", "mongodb://a:b:c/"])
async def test_a_uri_that_is_none_is_refused(uri: str) -> None:
    with pytest.raises(DatabaseRefused, match="HUB_MONGODB_URI cannot be used"):
        await wait_for_primary(uri, "scanhub", silent)
