"""A full disk under the embedded mongod, which it does not survive: doors hear 503, nothing is lost, it comes back."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from pymongo import MongoClient
from pymongo.errors import PyMongoError
from tornado.ioloop import IOLoop

from store.embedded.mongod import running_uri
from tests.api import Answer, Api
from tests.eventually import eventually
from tests.faults.soak.host import Host

ROOMY = "1g"
TICKETS = 40


class SmallDisk:
    """File system in memory whose size is set while it is in use."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self._run("mount", "-t", "tmpfs", "-o", f"size={ROOMY}", "tmpfs")

    def fill(self) -> None:
        """Leave no room beside what is used, which may grow meanwhile."""
        while shutil.disk_usage(self.folder).free:
            with suppress(subprocess.CalledProcessError):
                self._run("mount", "-o", f"remount,size={shutil.disk_usage(self.folder).used}")

    def make_room(self) -> None:
        """Give it all its room again."""
        self._run("mount", "-o", f"remount,size={ROOMY}")

    def remove(self) -> None:
        """Unmount it."""
        self._run("umount", "--lazy")

    def _run(self, *words: str) -> None:
        subprocess.run([*words, str(self.folder)], check=True, capture_output=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    try:
        disk = SmallDisk(tmp_path / "disk")
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"file systems cannot be mounted here: {error}")
    yield disk
    disk.remove()


@pytest.fixture
def host(disk: SmallDisk, tmp_path: Path, io_loop: IOLoop) -> Iterator[Host]:
    """A hub with its database on the small disk, and its log elsewhere."""
    host = Host(tmp_path, "log", {"HUB_DATA": str(disk.folder / "hub")})
    host.folder = disk.folder
    yield host
    io_loop.run_sync(host.stop)


async def write_all_to_disk(folder: Path) -> None:
    """Have mongod write what it holds to its files, as it does by itself once a minute."""
    uri = await running_uri(folder / "hub")
    if uri is not None:
        with MongoClient[dict[str, Any]](uri, serverSelectionTimeoutMS=2000) as client:
            try:
                client.admin.command("fsync")
            except PyMongoError:
                return


def said(host: Host, event: str) -> list[str]:
    lines = map(json.loads, host.log.read_text().splitlines())
    return [line.get("reason", "") for line in lines if line["event"] == event]


@pytest.mark.gen_test
async def test_a_full_disk_of_the_database_loses_nothing_and_scans_go_on_once_there_is_room(
    disk: SmallDisk, host: Host
) -> None:
    await host.start()
    await host.ready()
    api = Api(host.url)
    event = await api.make_event()
    gate, tickets = await api.make_device(event), await api.book(event, TICKETS)
    codes = {number: str(ticket["code"]) for number, ticket in enumerate(tickets)}
    admitted: set[int] = set()

    async def scan(number: int) -> Answer:
        answer = await gate.scan(codes[number], nonce=f"the scan of {number}")
        assert answer.status == 200 or "Retry-After" in answer.headers, answer.raw
        assert answer.body["code"] == ("admitted" if answer.status == 200 else "unavailable"), answer.raw
        if answer.status == 200:
            admitted.add(number)
        return answer

    assert [(await scan(number)).status for number in range(3)] == [200] * 3
    disk.fill()
    for number in range(3, TICKETS):
        await write_all_to_disk(host.folder)
        if (await scan(number)).status == 503:
            break
    assert len(admitted) < TICKETS, "the database went on without a disk"
    [how] = said(host, "the database died; starting it again")
    assert "its disk is full: 0 MiB are left" in how
    await eventually(lambda: said(host, "the database does not start"))
    assert (await scan(number)).status == 503, "nothing is acknowledged that no disk holds"

    disk.make_room()
    await eventually(host.is_ready, every_s=0.2)
    before = set(admitted)
    for number in codes.keys() - before:
        assert (await scan(number)).status == 200
    again = [(await gate.scan(codes[number])).body["code"] for number in codes]
    assert again == ["already_scanned"] * TICKETS, "each stands as it was acknowledged"
    assert (await api.admin.get(f"/api/events/{event['uuid']}/occupancy")).body["admitted"] == TICKETS
    assert not [line for line in map(json.loads, host.log.read_text().splitlines()) if "exception" in line]
