"""The race for the last seats while the primary steps down: never one too many, and none that was promised is lost."""

import asyncio
import random
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from pymongo import MongoClient

from hub.simulation.http import Wire
from tests.api import ADMIN_KEY
from tests.end_to_end.site import Site
from tests.faults.test_live_faults import database_uri, the_primary_steps_down

SEATS, CLIENTS = 20, 60
DATE = "2090-12-24"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, site_database: dict[str, str]) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("seats") / "data", HUB_PROCESSES="2", **site_database)
    yield site
    site.close()


class Rush:
    """Sixty clients who want the twenty seats of one time; a few who got one move away or give it back."""

    def __init__(self, site: Site, seed: int) -> None:
        times = [{"date": DATE, "time": at, "capacity": SEATS} for at in ("20:30", "22:30")]
        self._event = site.make_event(showings=times)["uuid"]
        self._chance = random.Random(seed)
        self._site = site
        self.holds: dict[str, str] = {}

    async def play(self, *, steps_down: bool) -> None:
        wire = Wire(self._site.url, chance=self._chance)
        try:
            clients = [asyncio.create_task(self._client(wire, number)) for number in range(CLIENTS)]
            if steps_down:
                await asyncio.to_thread(the_primary_steps_down, self._site)
            await asyncio.gather(*clients)
            await self._check(wire)
        finally:
            wire.close()

    async def _client(self, wire: Wire, number: int) -> None:
        """Want a seat at half past eight, and perhaps think better of it."""
        wanted = {
            "event": self._event,
            "date": DATE,
            "time": "20:30",
            "name": "Ada",
            "phone_number": f"+33 1 {number:04}",
        }
        got = await wire.ask("POST", "/api/tickets", wanted, key=ADMIN_KEY, again=uuid4().hex)
        assert got.status in (201, 409), got
        if got.status == 409:
            assert got.body["code"] == "sold_out"
            return
        ticket = got.body["id"]
        self.holds[ticket] = "20:30"
        match self._chance.randrange(4):
            case 0:
                moved = await wire.ask("PATCH", f"/api/tickets/{ticket}", {"time": "22:30"}, key=ADMIN_KEY)
                assert moved.status in (200, 409), moved
                if moved.status == 200:
                    self.holds[ticket] = "22:30"
            case 1:
                gone = await wire.ask("DELETE", f"/api/tickets/{ticket}", key=ADMIN_KEY)
                assert gone.status in (204, 404), gone  # 404: the first try did it, and its answer was lost
                del self.holds[ticket]

    async def _check(self, wire: Wire) -> None:
        path = f"/api/tickets?event={self._event}&limit=1000"
        tickets = (await wire.ask("GET", path, key=ADMIN_KEY)).body
        assert {ticket["id"]: ticket["time"] for ticket in tickets} == self.holds
        showings = (await wire.ask("GET", f"/api/showings?event={self._event}", key=ADMIN_KEY)).body
        held = list(self.holds.values())
        assert {each["time"]: SEATS - each["left"] for each in showings} == {
            at: held.count(at) for at in ("20:30", "22:30")
        }
        assert most_at_once(journal(self._site, self._event)) == SEATS


def journal(site: Site, event: str) -> list[dict[str, Any]]:
    """Return an event's journal, from the database itself."""
    with MongoClient[dict[str, Any]](database_uri(site)) as client:
        return list(client[site.database].journal.find({"event": event}).sort("seq"))


def most_at_once(entries: list[dict[str, Any]]) -> int:
    """Return how many held a seat of the first time at once, as the journal tells it from the beginning."""
    there: set[str] = set()
    most = 0
    for entry in entries:
        match entry["kind"]:
            case "ticket.booked":
                there.add(entry["ticket"])
            case "ticket.moved" | "ticket.deleted":
                there.discard(entry["ticket"])
        most = max(most, len(there))
    return most


@pytest.mark.parametrize("seed", range(2))
def test_exactly_the_seats_are_sold_though_the_primary_steps_down(site: Site, seed: int) -> None:
    asyncio.run(Rush(site, seed).play(steps_down=seed % 2 == 1))
