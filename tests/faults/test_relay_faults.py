"""A relay in processes of its own, whose line and power are cut while doors scan: nothing is lost or doubled."""

import asyncio
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from pymongo import MongoClient

from tests.conftest import a_site_database
from tests.end_to_end.site import ROOT, Site
from tests.eventually import until
from tests.faults.processes import kill, processes_on
from tests.handlers.relay.line import Cable

PARTIES, OF_EACH = 10, 4


class RelaySite(Site):
    """Relay that serves, by the command that an organiser gives."""

    def __init__(self, folder: Path, upstream: str, key: str, **settings: str) -> None:
        self.command = (sys.executable, str(ROOT / "run.py"), "relay", "--upstream", upstream, "--name", "Hall")
        super().__init__(folder, HUB_UPSTREAM_KEY=key, **settings)

    @property
    def environ(self) -> dict[str, str]:
        """Its settings, as variables."""
        return self._settings

    def forget_key(self) -> None:
        """Start without the hub's key from now on."""
        self._settings["HUB_UPSTREAM_KEY"] = ""

    def cut_power(self) -> None:
        """End all its processes at once."""
        for pid in processes_on(self.folder):
            kill(pid)
        self._process.wait()


class LineInThread:
    """Line that can be cut from a test without a loop."""

    def __init__(self, port: int) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._cable = Cable(port)
        self._run(self._cable.start())
        self.url = self._cable.url

    def cut(self) -> None:
        """Cut it."""
        self._loop.call_soon_threadsafe(self._cable.cut)

    def heal(self) -> None:
        """Pass on again."""
        self._loop.call_soon_threadsafe(self._cable.heal)

    def close(self) -> None:
        """End it."""
        self._run(self._cable.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self, work: Any) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(60)


@pytest.fixture
def hub(tmp_path: Path, site_database: dict[str, str]) -> Iterator[Site]:
    """A hub that serves."""
    (tmp_path / "hub").mkdir()
    site = Site(tmp_path / "hub" / "data", **site_database)
    yield site
    site.close()


@pytest.fixture
def line(hub: Site) -> Iterator[LineInThread]:
    """The line to the hub."""
    line = LineInThread(int(hub.url.rpartition(":")[2]))
    yield line
    line.close()


@pytest.mark.long
def test_power_and_line_cut_while_doors_scan_lose_and_double_nothing(
    hub: Site, line: LineInThread, tmp_path: Path, mongod_uri: str, _mongo: MongoClient[dict[str, Any]]
) -> None:
    event = hub.make_event(max_inside=None)
    codes = [code for _ in range(PARTIES) for code in hub.book(event, OF_EACH)]
    doors = [hub.pair(hub.make_device(event, name)) for name in ("Gate 1", "Gate 2")]
    outside = hub.pair(hub.make_device(event, "Outside"))
    key = hub.call("POST", "/api/keys", {"name": "Hall", "scopes": ["relay"], "event": event["uuid"]})["key"]
    with a_site_database(mongod_uri, _mongo) as database:
        (tmp_path / "relay").mkdir()
        relay = RelaySite(tmp_path / "relay" / "data", line.url, key, **database)
        try:
            play(hub, relay, line, event, codes, doors, outside)
        finally:
            relay.close()


def play(
    hub: Site, relay: Site, line: LineInThread, event: Any, codes: list[str], doors: list[str], outside: str
) -> None:
    """Scan each ticket at a door of the relay, with a cut of the line and then of the power on the way."""

    def state() -> Any:
        return relay.call("GET", "/api/relay/status", key=doors[0])

    until(lambda: state()["state"] in ("connected", "degraded"), "the relay is connected")
    answers = scan_all(relay, doors, codes[:10], "a")
    line.cut()
    answers |= scan_all(relay, doors, codes[10:25], "b")
    assert isinstance(relay, RelaySite)
    relay.cut_power()
    relay.start()
    for nonce, (door, code, before) in answers.items():
        again = relay.call("POST", "/scan/ticket/", {"qrcode_data": code, "nonce": nonce}, key=door)
        assert (again["code"], again["success"]) == (before["code"], True)
    answers |= scan_all(relay, doors, codes[25:], "c")
    assert {each["code"] for _, _, each in answers.values()} == {"admitted"}
    assert state()["waiting"] >= len(codes) - 25
    assert hub.scan(outside, codes[30], nonce="o1")["code"] == "admitted"
    line.heal()
    until(lambda: state()["waiting"] == 0 and state()["behind"] == 0, "all is up and down")

    counts = hub.call("GET", f"/api/events/{event['uuid']}/occupancy")
    assert (counts["admitted"], counts["inside"]) == (len(codes), len(codes) + 1)
    until(lambda: state()["inside"] == len(codes) + 1, "the counts are the hub's")
    assert state()["admitted"] == len(codes)
    scans = hub.call("GET", f"/api/scans?event={event['uuid']}&limit=200")
    found = scans["items"] if isinstance(scans, dict) else scans
    kinds = [each["kind"] for each in found]
    assert kinds.count("ticket.scanned") == len(codes) + 1
    assert kinds.count("ticket.conflict") == 1


def scan_all(relay: Site, doors: list[str], codes: list[str], name: str) -> dict[str, tuple[str, str, Any]]:
    """Scan codes at the doors in turn, four at a time; return door, code and answer by nonce."""

    def scan(place: int) -> tuple[str, tuple[str, str, Any]]:
        nonce, door = f"{name}{place}", doors[place % len(doors)]
        return nonce, (door, codes[place], relay.scan(door, codes[place], nonce=nonce))

    with ThreadPoolExecutor(4) as pool:
        return dict(pool.map(scan, range(len(codes))))
