"""Faults under live traffic: every client ends with the state of the database, and has missed nothing."""

import asyncio
import contextlib
import random
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from pymongo import MongoClient
from pymongo.errors import PyMongoError
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from hub.client.client import LiveClient
from hub.simulation.http import Wire
from tests.api import ADMIN_KEY
from tests.end_to_end.crowd import Follower
from tests.end_to_end.site import Site
from tests.end_to_end.test_live_many import all_have, live_url
from tests.eventually import PATIENCE_S, until
from tests.faults.processes import kill, processes_on

CLIENTS, PHONES = 24, 3
COUNTS = ("booked", "capacity", "admitted", "inside", "headcount", "denied", "doors", "zones", "epoch", "seq")

Fault = Callable[[Site], None]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("faults") / "data", HUB_PROCESSES="2", HUB_PING_S="2", HUB_PONG_TIMEOUT_S="6")
    yield site
    site.close()


def a_worker_dies(site: Site) -> None:
    kill(min(site.workers()))


def the_database_dies(site: Site) -> None:
    [pid] = [pid for pid, command in processes_on(site.folder).items() if "--dbpath" in command]
    kill(pid)


def the_primary_steps_down(site: Site) -> None:
    with MongoClient[Any](database_uri(site)) as client, contextlib.suppress(PyMongoError):
        client.admin.command("replSetStepDown", 2, force=True)


def database_uri(site: Site) -> str:
    environ = (Path("/proc") / str(min(site.workers())) / "environ").read_text().split("\0")
    return dict(line.partition("=")[::2] for line in environ)["HUB_MONGODB_URI"]


@pytest.mark.parametrize("fault", [a_worker_dies, the_database_dies, the_primary_steps_down])
def test_clients_end_with_the_state_of_the_database(site: Site, fault: Fault) -> None:
    asyncio.run(Night(site).play(fault))


class Night:
    """An event with traffic at its doors, and clients that follow it."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._event = site.make_event(max_inside=None)
        self._codes = site.book(self._event, 50)
        self._phones = [site.pair(site.make_device(self._event, f"Gate {number}")) for number in range(PHONES)]
        self._admitted = 0
        self._scans = 0
        self._is_over = False

    async def play(self, fault: Fault) -> None:
        """Let it fail amid the traffic, and then compare."""
        async with AsyncExitStack() as held:
            wire = Wire(self._site.url, chance=random.Random(1))
            held.callback(wire.close)
            followers = [await held.enter_async_context(Follower(self._client(n))) for n in range(CLIENTS)]
            await all_have(followers, 0)
            first = {one: one.have for one in followers}
            doors = [asyncio.create_task(self._scan_on(wire, number)) for number in range(PHONES)]
            await self._scanned(20)
            await asyncio.to_thread(fault, self._site)
            await self._scanned(60)
            self._is_over = True
            await asyncio.gather(*doors)
            truth = (await wire.ask("GET", f"/api/events/{self._event['uuid']}/occupancy", key=ADMIN_KEY)).body
            await all_have(followers, truth["seq"])
            assert truth["admitted"] == self._admitted
            for one in followers:
                assert one.seqs == list(range(first[one] + 1, truth["seq"] + 1))
                assert one.snapshots == 1
                counts = one.client.state["occupancy"]
                assert {name: counts[name] for name in COUNTS} == {name: truth[name] for name in COUNTS}

    def _client(self, number: int) -> LiveClient:
        key = self._phones[number % PHONES] if number % 2 else ADMIN_KEY
        chance = random.Random(number)
        return LiveClient(
            live_url(self._site), api_key=key, event=self._event["uuid"], back_off_most_s=1, chance=chance
        )

    async def _scan_on(self, wire: Wire, phone: int) -> None:
        number = 0
        while not self._is_over:
            code = self._codes[(phone + PHONES * number) % len(self._codes)]
            body = {"qrcode_data": code, "nonce": f"{self._event['uuid']} {phone} {number}"}
            answer = await wire.ask("POST", "/scan/ticket/", body, key=self._phones[phone])
            self._admitted += answer.body.get("code") == "admitted"
            self._scans += 1
            number += 1
            await asyncio.sleep(0.02)

    async def _scanned(self, count: int) -> None:
        """Wait until there were so many more scans."""
        goal = self._scans + count
        async with asyncio.timeout(PATIENCE_S):
            while self._scans < goal:  # noqa: ASYNC110
                await asyncio.sleep(0.02)


@pytest.mark.gen_test
async def test_a_phone_whose_process_was_killed_is_soon_no_longer_shown_online(site: Site) -> None:
    event = await asyncio.to_thread(site.make_event)
    made = await asyncio.to_thread(site.call, "POST", "/api/devices", {"name": "Gate", "event": event["uuid"]})
    paired = await asyncio.to_thread(site.call, "GET", f"/scan/{made['pairing']['token']}/pair")
    request = HTTPRequest(live_url(site), headers={"Authorization": f"Api-Key {paired['api_key']}"})
    phone = await websocket_connect(request)

    def is_online() -> bool:
        devices = site.call("GET", f"/api/devices?event={event['uuid']}")
        return bool(next(device for device in devices if device["uuid"] == made["uuid"])["online"])

    await asyncio.to_thread(until, is_online, "the phone is shown online")
    await asyncio.to_thread(site.kill_workers)
    await asyncio.to_thread(until, site.is_ready, "the hub serves again")
    await asyncio.to_thread(until, lambda: not is_online(), "the phone is shown offline")
    phone.close()
