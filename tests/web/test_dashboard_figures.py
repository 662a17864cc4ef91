"""A dashboard's figures after anything that can happen to tickets: what it adds up, the hub's, and a recount agree."""

import json
import random
from datetime import datetime, timedelta
from typing import Any

import pytest

from hub.app import Hub
from hub.clock import SettableClock
from hub.live.encode import encode
from hub.live.visibility import View
from tests.api import Api
from tests.jobs.second_hub import Worker
from tests.web.node import asking, needs_node

BEGINS = datetime.fromisoformat("2026-12-24T20:30:00+01:00")
ENDS = ["2026-12-25T02:00:00+01:00", "2026-12-25T10:30:00+01:00", "2026-12-25T06:30:00+01:00"]
ORGANISER = View(names=False, all_kinds=True)


class Night:
    """One event to which something happens, step by step."""

    def __init__(self, api: Api, hub: Hub, clock: SettableClock, seed: int) -> None:
        self.api, self.hub, self.clock = api, hub, clock
        self.chance = random.Random(seed)
        self.worker = Worker(hub)

    async def open(self) -> None:
        self.event = await self.api.make_event(reentry="reentry", retention_days=1, max_inside=50)
        self.path = f"/api/events/{self.event['uuid']}"
        self.gates = [await self.api.make_device(self.event, door, may=["undo", "force"]) for door in (0, 1)]
        self.tickets = await self.api.book(self.event, 8)

    async def step(self) -> None:
        acts = [
            self.scan,
            self.scan,
            self.scan,
            self.leave,
            self.cancel,
            self.restore,
            self.retime,
            self.wait,
            self.book,
        ]
        await self.chance.choice([*acts, self.undo, self.block])()

    @property
    def ticket(self) -> Any:
        return self.chance.choice(self.tickets)

    async def scan(self) -> None:
        self.last = (await self.chance.choice(self.gates).scan(self.ticket["code"])).body

    async def leave(self) -> None:
        await self.chance.choice(self.gates).scan(self.ticket["code"], direction="out")

    async def undo(self) -> None:
        last = getattr(self, "last", {})
        if last.get("success"):
            body = {"ticket_uuid": last["ticket"]["uuid"], "seq": last["seq"], "nonce": str(last["seq"])}
            await self.gates[0].post("/scan/undo/", body)

    async def cancel(self) -> None:
        await self.api.admin.post(f"/api/tickets/{self.ticket['id']}/cancel")

    async def restore(self) -> None:
        await self.api.admin.post(f"/api/tickets/{self.ticket['id']}/restore")

    async def block(self) -> None:
        await self.api.admin.post(f"/api/tickets/{self.ticket['id']}/{self.chance.choice(['block', 'unblock'])}")

    async def book(self) -> None:
        order = {
            "event": self.event["uuid"],
            "date": "2026-12-24",
            "time": "20:30",
            "name": "Eve",
            "phone_number": "123",
        }
        answer = await self.api.admin.post("/api/tickets", order)
        self.tickets += [answer.body] if answer.status == 201 else []

    async def retime(self) -> None:
        await self.api.admin.request("PATCH", self.path, {"ends_at": self.chance.choice(ENDS)})
        await self.worker.run("retime")

    async def wait(self) -> None:
        self.clock.advance(timedelta(minutes=self.chance.choice([3, 50, 160])))
        await self.worker.run("expire")

    async def figures(self) -> dict[str, Any]:
        read = {
            part: (await self.api.admin.get(f"{self.path}/{part}")).body for part in ("occupancy", "stats", "report")
        }
        assert read["occupancy"]["seq"] == read["stats"]["seq"]
        return read


async def recounted(night: Night) -> dict[str, int]:
    """Count the stored tickets one by one: who holds a seat, who came, who is inside."""
    tickets = [await night.hub.booking.ticket(each["id"]) for each in night.tickets]
    shown = [(await night.api.admin.get(f"/api/tickets/{each.id}")).body for each in tickets]
    checked = [(await night.gates[0].post("/scan/check_ticket/", {"qrcode_data": each["code"]})).body for each in shown]
    came = sum(each["ticket"]["is_scanned"] for each in checked)
    return {"booked": sum(each.status != "canceled" for each in tickets), "came": came}


@needs_node
@pytest.mark.parametrize("seed", range(6))
@pytest.mark.gen_test
async def test_what_a_dashboard_adds_up_is_what_the_hub_and_a_recount_say(
    api: Api, hub: Hub, clock: SettableClock, seed: int
) -> None:
    night = Night(api, hub, clock, seed)
    await night.open()
    seen = [await night.figures()]
    with asking("replay.mjs") as replay:
        for _ in range(25):
            await night.step()
            now = await night.figures()
            entries = await hub.store.journal.read(night.event["uuid"], 0, 10_000)
            for before in (seen[0], night.chance.choice(seen)):
                since = [encode(each).item(ORGANISER, {}) for each in entries if each.seq > before["occupancy"]["seq"]]
                items = [json.loads(bytes(each)) for each in since]
                first = before["occupancy"]["seq"] + 1
                question = {"occupancy": before["occupancy"], "stats": before["stats"], "items": items, "first": first}
                shown = json.loads(replay(question))
                agree(shown, json.loads(replay({**now, "items": [], "first": first})), now)
            seen.append(now)
        sums = [entry.effect.get("inside", 0) for entry in entries]
        assert sum(sums) == now["occupancy"]["inside"]
        assert {"booked": now["report"]["booked"], "came": now["report"]["came"]} == await recounted(night)
        assert now["report"]["booked"] == now["occupancy"]["booked"]


def agree(shown: dict[str, Any], fresh: dict[str, Any], now: dict[str, Any]) -> None:
    """Assert that a dashboard that was open shows what one that is opened now does."""
    counts = {name: value for name, value in now["occupancy"].items() if name not in ("as_of", "limit")}
    assert {name: shown["occupancy"][name] for name in counts} == counts
    assert shown["steps"] == fresh["steps"]
    assert shown["reasons"] == fresh["reasons"]
