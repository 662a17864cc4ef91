"""The waiting list while processes are killed: sixty join at once, each freed seat is offered once, in their order."""

import asyncio
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from pymongo import MongoClient

from hub.simulation.http import Wire
from tests.api import ADMIN_KEY
from tests.end_to_end.site import Site
from tests.faults.test_live_faults import database_uri

SEATS, GUESTS = 10, 60
WHEN = {"date": "2090-12-24", "time": "20:30"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, site_database: dict[str, str]) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("waiting") / "data", HUB_PROCESSES="2", **site_database)
    yield site
    site.close()


class Night:
    """One time that is sold out, sixty who wait for it, and seats that are given back while workers are killed."""

    def __init__(self, site: Site, seed: int) -> None:
        self._site = site
        self._uri = database_uri(site)
        self._chance = random.Random(seed)
        times = [{**WHEN, "capacity": SEATS}]
        self._event = site.make_event(showings=times, waiting=True, products=[], phone_limit=100)["uuid"]
        order = {"event": self._event, **WHEN, "name": "Ada", "phone_number": "12345"}
        guests = [{"first_name": "Ada", "last_name": "Lovelace"}] * SEATS
        booked = site.call("POST", "/api/reservations", {**order, "tickets": guests})
        self._tickets = [ticket["id"] for ticket in booked["tickets"]]

    async def play(self) -> None:
        wire = Wire(self._site.url, chance=self._chance)
        try:
            joins = [asyncio.create_task(self._join(wire, number)) for number in range(GUESTS)]
            await self._kill_after(joins, self._chance.randrange(5, 40))
            await asyncio.gather(*joins)
            for number, ticket in enumerate(self._tickets):
                freeing = asyncio.create_task(wire.ask("POST", f"/api/tickets/{ticket}/cancel", {}, key=ADMIN_KEY))
                if number % 5 == 2:
                    await asyncio.sleep(self._chance.random() / 100)  # somewhere within the transaction
                    await asyncio.to_thread(self._site.kill_workers)
                assert (await freeing).status in (200, 409), "409: the first try did it, and its answer was lost"
                self._check(number + 1)
            await self._answer_offers(wire)
        finally:
            wire.close()

    async def _join(self, wire: Wire, number: int) -> None:
        form = {"event": self._event, **WHEN, "name": f"n{number}", "email": f"n{number}@example.org"}
        joined = await wire.ask(
            "POST", "/api/waiting", {**form, "phone_number": f"0123{number:04}"}, key=ADMIN_KEY, again=uuid4().hex
        )
        assert joined.status == 201, joined

    async def _kill_after(self, tasks: Sequence[asyncio.Task[None]], count: int) -> None:
        """Kill the workers when `count` of the tasks are done."""
        for number, done in enumerate(asyncio.as_completed(tasks), 1):
            await done
            if number == count:
                break
        await asyncio.to_thread(self._site.kill_workers)

    async def _answer_offers(self, wire: Wire) -> None:
        """Half of those who are offered seats accept, the others decline, all at once; a worker is killed meanwhile."""
        path = f"/api/waiting?event={self._event}&limit=1000"
        listed = (await wire.ask("GET", path, key=ADMIN_KEY)).body
        offered = [each for each in listed if each["state"] == "offered"]
        assert len(offered) == SEATS
        answers = [
            asyncio.create_task(self._accept(wire, each) if number % 2 else self._decline(wire, each))
            for number, each in enumerate(offered)
        ]
        await self._kill_after(answers, 1)
        await asyncio.gather(*answers)
        self._check(SEATS + SEATS // 2)

    async def _accept(self, wire: Wire, entry: Any) -> None:
        page = urlsplit(entry["links"]["page"])
        answer = await wire.ask("POST", f"{page.path}/accept?{page.query}", {})
        assert answer.status in (200, 303), answer

    async def _decline(self, wire: Wire, entry: Any) -> None:
        answer = await wire.ask("DELETE", f"/api/waiting/{entry['id']}", key=ADMIN_KEY)
        assert answer.status in (204, 404), answer

    def _check(self, freed: int) -> None:
        """Compare the journal and what is kept: one offer for each freed seat, in the order of joining, none lost."""
        with MongoClient[dict[str, Any]](self._uri) as client:
            database = client[self._site.database]
            entries = list(database.journal.find({"event": self._event}).sort("seq"))
            tickets = list(database.tickets.find({"event": self._event, "status": {"$ne": "canceled"}}))
            (showing,) = database.showings.find({"event": self._event})
            (queue,) = database.waiting_queues.find({"event": self._event})
        of = {kind: [e["data"]["waiting"] for e in entries if e["kind"] == f"waiting.{kind}"] for kind in KINDS}
        assert len(of["joined"]) == len(set(of["joined"])) == GUESTS
        assert of["offered"] == of["joined"][:freed], "one for each seat, and in their order"
        standing = [each["id"] for each in queue.get("offers", [])] + [each["id"] for each in queue["waiting"]]
        assert Counter([*standing, *of["accepted"], *of["left"]]) == Counter(of["joined"]), "none lost, none twice"
        assert showing["booked"] == len(tickets) + len(queue.get("offers", [])) == SEATS


KINDS = ("joined", "offered", "accepted", "left")


@pytest.mark.parametrize("seed", range(2))
def test_each_freed_seat_is_offered_to_one_in_order_though_workers_are_killed(site: Site, seed: int) -> None:
    asyncio.run(Night(site, seed).play())
