"""Two hundred clients on two processes, while four writers change the event: everybody applies 1 to n."""

import asyncio
import random
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from typing import Any

import pytest

from hub.client.client import LiveClient
from hub.live.protocol import CloseCode
from hub.simulation.http import Wire
from hub.simulation.organiser import Organiser
from tests.api import ADMIN_KEY
from tests.end_to_end.crowd import Deaf, Follower, SlowReader, Wanderer, cut_off_at_random
from tests.end_to_end.site import Site
from tests.eventually import PATIENCE_S

STEADY, WANDERING, SLOW, DEAF = 100, 60, 20, 20
EACH = 50
"""How many changes each writer makes."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, site_database: dict[str, str]) -> Iterator[Site]:
    """A hub of two processes that finds deaf clients out soon."""
    settings = {"HUB_PROCESSES": "2", "HUB_PING_S": "3", "HUB_PONG_TIMEOUT_S": "9"}
    site = Site(tmp_path_factory.mktemp("many") / "data", **settings, **site_database)
    yield site
    site.close()


def test_each_of_200_clients_on_2_processes_applies_1_to_n(site: Site) -> None:
    asyncio.run(Evening(site, random.Random(7)).play())


class Evening:
    """One event with its clients and writers."""

    def __init__(self, site: Site, chance: random.Random) -> None:
        self._site = site
        self._chance = chance
        self._event = site.make_event(max_inside=None, showings=[{**WHEN, "capacity": 1000}])
        self._epoch = self._counts()["epoch"]
        self._devices = [site.pair(site.make_device(self._event, f"Gate {number}")) for number in range(3)]

    async def play(self) -> None:
        """Let clients come and writers write; then everybody has to have everything."""
        wire = Wire(self._site.url, chance=self._chance)
        codes = [ticket["code"] for ticket in await self._book(wire, 3 * EACH)]
        async with AsyncExitStack() as held:
            held.callback(wire.close)
            followers = [await held.enter_async_context(Follower(client)) for client in self._clients()]
            deaf = [await self._deaf(held) for _ in range(DEAF)]
            wanderers = [one.client for one in followers if isinstance(one.client, Wanderer)]
            cutting = asyncio.create_task(cut_off_at_random(wanderers, self._chance, every_s=0.02))
            await self._write(wire, codes)
            cutting.cancel()
            last = (await asyncio.to_thread(self._counts))["seq"]
            await all_have(followers, last)
            self._check(followers, last)
            for one in deaf:
                seqs, code = await one.read_out(within_s=20)
                assert seqs == list(range(1, len(seqs) + 1)) and len(seqs) > 0
                assert code in (0, CloseCode.NO_PONG, CloseCode.SLOW)

    def _check(self, followers: list[Follower], last: int) -> None:
        assert last >= 4 * EACH
        assert {len(one.seqs) for one in followers} == {last}
        assert all(one.seqs == list(range(1, last + 1)) for one in followers)
        assert sum(one.snapshots for one in followers) == 0
        assert len({one.hub for one in followers}) == 2
        assert len({tuple(one.kinds) for one in followers}) == 1
        visits = [one.client.visits for one in followers if isinstance(one.client, Wanderer)]
        assert sum(visits) >= 1.5 * len(visits), "too few were cut off"

    def _clients(self) -> list[LiveClient]:
        kinds = [LiveClient] * STEADY + [Wanderer] * WANDERING + [SlowReader] * SLOW
        return [self._client(kind, number) for number, kind in enumerate(kinds)]

    def _client(self, kind: type[LiveClient], number: int) -> LiveClient:
        key = self._devices[number % 3] if number % 12 == 0 else ADMIN_KEY
        since = {"epoch": self._epoch, "seq": 0}
        chance = random.Random(number)
        return kind(
            live_url(self._site), api_key=key, event=self._event["uuid"], since=since, back_off_s=0.02, chance=chance
        )

    async def _deaf(self, held: AsyncExitStack) -> Deaf:
        deaf = Deaf()
        held.callback(deaf.close)
        await deaf.start(self._site.url, ADMIN_KEY, self._event["uuid"], self._epoch)
        return deaf

    async def _write(self, wire: Wire, codes: list[str]) -> None:
        async with LiveClient(live_url(self._site), api_key=self._devices[2]) as phone:
            await asyncio.gather(
                self._scan(wire, self._devices[0], codes[:EACH]),
                self._scan(wire, self._devices[1], codes[EACH : 2 * EACH]),
                self._scan_on(phone, codes[2 * EACH :]),
                self._book_on(wire),
            )

    async def _scan(self, wire: Wire, key: str, codes: list[str]) -> None:
        for number, code in enumerate(codes):
            body = {"qrcode_data": code, "nonce": f"{key[:8]} {number}"}
            assert (await wire.ask("POST", "/scan/ticket/", body, key=key)).status == 200
            await asyncio.sleep(0.05)

    async def _scan_on(self, phone: LiveClient, codes: list[str]) -> None:
        for code in codes:
            assert (await phone.scan(code))["code"] == "admitted"
            await asyncio.sleep(0.05)

    async def _book_on(self, wire: Wire) -> None:
        for number in range(EACH):
            await self._book(wire, 1, again=f"order {number}")

    async def _book(self, wire: Wire, count: int, again: str = "first") -> list[Any]:
        guest = {"first_name": "Ada", "last_name": "Lovelace", "product": "Standard"}
        buyer = {"event": self._event["uuid"], **WHEN, "name": "Ada Lovelace", "phone_number": "+33 1 23 45 67"}
        return await Organiser(wire, ADMIN_KEY).book_party({**buyer, "tickets": [guest] * count}, again)

    def _counts(self) -> Any:
        return self._site.call("GET", f"/api/events/{self._event['uuid']}/occupancy")


WHEN = {"date": "2090-12-24", "time": "20:30"}


def live_url(site: Site) -> str:
    """Return the address of the socket."""
    return site.url.replace("http:", "ws:") + "/live"


async def all_have(followers: list[Follower], last: int) -> None:
    """Wait until everybody has number `last`."""
    deadline = time.monotonic() + 2 * PATIENCE_S
    while behind := [one for one in followers if one.have < last]:
        told = [(type(one.client).__name__, one.have, one.hub, one.ended) for one in behind]
        assert time.monotonic() < deadline, f"{len(told)} have not heard of {last}: {told[:5]}"
        await asyncio.sleep(0.05)
