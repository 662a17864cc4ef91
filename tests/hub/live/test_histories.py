"""Histories of an event, generated: an old snapshot, with the updates that follow applied, equals a fresh snapshot."""

import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from copy import deepcopy
from typing import Any

import pytest

from hub.app import Hub
from hub.client.replica import Replica
from hub.live.ports import KeyCredential
from hub.live.server import LiveHub
from tests.api import Api
from tests.eventually import eventually
from tests.hub.live.small_hub import Client

STEPS = 60
HOUSE: dict[str, Any] = {
    "reentry": "reentry",
    "zones": [{"name": "Hall"}, {"name": "Balcony"}],
    "doors": [{"name": "North", "into": "Hall"}, {"name": "Stairs", "into": "Balcony", "out_of": "Hall"}],
}
EXPECTED = {
    *("booked", "scanned", "exited", "denied", "undone", "conflict", "canceled", "blocked", "unblocked"),
    *("moved", "deleted", "reissued"),
}


class History:
    """One step after another, each chosen by chance; a refusal is as good as any."""

    def __init__(self, api: Api, event: Any, gates: list[Api], chance: random.Random) -> None:
        self._api = api
        self._event = event
        self._gates = gates
        self._chance = chance
        self._tickets: list[Any] = []
        self._number = 0
        self._steps: list[Callable[[], Awaitable[Any]]] = [
            self.book, self.enter, self.enter, self.leave, self.refuse, self.undo, self.count, self.recount,
            self.cancel, self.block, self.reissue, self.move, self.delete, self.change, self.offline, self.seats,
        ]  # fmt: skip

    async def go_on(self, steps: int) -> None:
        """Take each kind of step once, and then any."""
        await self.book()
        order = [*self._steps, *self._chance.choices(self._steps, k=steps)]
        for step in order:
            await step()

    async def book(self) -> None:
        self._tickets += await self._api.book(self._event, 3)

    async def enter(self) -> None:
        await self._gate.scan(self._ticket["code"])

    async def leave(self) -> None:
        ticket = self._ticket
        await self._gates[0].scan(ticket["code"])
        await self._gates[0].scan(ticket["code"], direction="out")

    async def refuse(self) -> None:
        await self._gate.scan("no code of ours")
        code = self._ticket["code"]
        for _ in range(2):
            await self._gates[0].scan(code)

    async def undo(self) -> None:
        await self.book()
        ticket = self._tickets[-1]
        seq = (await self._gate.scan(ticket["code"])).body.get("seq")
        await self._gates[0].post("/scan/undo/", {"ticket_uuid": ticket["id"], "seq": seq})

    async def count(self) -> None:
        delta = self._chance.choice([3, -1])
        await self._gates[0].post("/scan/headcount/", {"delta": delta, "kind": "crew"})

    async def recount(self) -> None:
        body = {"inside": self._chance.randint(3, 9), "reason": "by hand", "zone": self._chance.choice([None, "Hall"])}
        await self._api.admin.post(f"/api/events/{self._event['uuid']}/recount", body)

    async def cancel(self) -> None:
        await self._act("cancel")

    async def block(self) -> None:
        ticket = self._ticket["id"]
        for action in ("block", "unblock"):
            await self._api.admin.post(f"/api/tickets/{ticket}/{action}")

    async def reissue(self) -> None:
        await self._act("reissue")

    async def move(self) -> None:
        await self.book()
        await self._api.admin.request("PATCH", f"/api/tickets/{self._tickets[-1]['id']}", {"time": "22:30"})

    async def delete(self) -> None:
        await self._api.admin.request("DELETE", f"/api/tickets/{self._ticket['id']}")

    async def change(self) -> None:
        change = {"max_inside": self._chance.choice([None, 50, 80]), "venue": f"Hall {self._next}"}
        await self._api.admin.request("PATCH", f"/api/events/{self._event['uuid']}", change)

    async def offline(self) -> None:
        code = self._ticket["code"]
        facts = [
            {
                "qrcode_data": code,
                "nonce": self._next,
                "scanned_at": f"2026-12-24T18:{at}:00+00:00",
                "verdict": "admitted",
            }
            for at in ("10", "20")
        ]
        await self._gate.post("/scan/batch/", {"scans": facts})

    async def seats(self) -> None:
        showing = {"date": "2026-12-24", "time": "22:30", "capacity": self._chance.randint(60, 90)}
        await self._api.admin.request("PATCH", f"/api/events/{self._event['uuid']}/showings", [showing])

    async def _act(self, action: str) -> None:
        await self._api.admin.post(f"/api/tickets/{self._ticket['id']}/{action}")

    @property
    def _ticket(self) -> Any:
        return self._chance.choice(self._tickets)

    @property
    def _gate(self) -> Api:
        return self._chance.choice(self._gates)

    @property
    def _next(self) -> str:
        self._number += 1
        return str(self._number)


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.gen_test
async def test_old_snapshot_with_updates_applied_equals_a_fresh_one(api: Api, hub: Hub, seed: int) -> None:
    showings = [{"date": "2026-12-24", "time": time, "capacity": 100} for time in ("20:30", "22:30")]
    event = await api.make_event(**HOUSE, showings=showings)
    may = ["undo", "headcount", "force"]
    gates = [await api.make_device(event, door, may=may) for door in (0, 1)]
    history = History(api, event, gates, random.Random(seed))
    await history.go_on(seed)
    scanner, organiser = gates[0].key, api.admin.key
    async with (
        following(hub.live, scanner, event) as as_scanner,
        following(hub.live, organiser, event) as as_organiser,
    ):
        old = [mirror_of(client) for client in (as_scanner, as_organiser)]
        await history.go_on(STEPS)
        stream = await hub.store.journal.stream(event["uuid"])
        assert stream is not None
        for key, client, begun in zip((scanner, organiser), (as_scanner, as_organiser), old, strict=True):
            await caught_up(client, stream.seq)
            async with following(hub.live, key, event) as fresh:
                assert told(applied(begun, client)) == told(mirror_of(fresh))
                assert told(mirror_with_all(client), limit=True) == told(mirror_of(fresh), limit=True)
    kinds = {entry.kind for entry in await hub.store.journal.read(event["uuid"], 0)}
    assert kinds >= {f"ticket.{kind}" for kind in EXPECTED} | {"headcount", "recount", "event.changed"}


@asynccontextmanager
async def following(live: LiveHub, key: str | None, event: Any) -> AsyncIterator[Client]:
    assert key is not None
    client = Client()
    client.open(live, "10.0.0.1", KeyCredential(key))
    client.say("subscribe", id=1, event=event["uuid"])
    await client.until("snapshot")
    yield client
    client.leave()


async def caught_up(client: Client, seq: int) -> None:
    """Wait until the client has everything, and the counts as of it."""
    await eventually(lambda: client.seqs()[-1:] == [seq] and client.all("occupancy")[-1]["seq"] == seq)


def mirror_of(client: Client) -> Replica:
    mirror = Replica()
    mirror.take(deepcopy(client.all("snapshot")[0]))
    return mirror


def applied(mirror: Replica, client: Client) -> Replica:
    """Apply the updates, and nothing else: effects alone have to give the counts."""
    for frame in client.all("updates"):
        mirror.take(frame)
    return mirror


def mirror_with_all(client: Client) -> Replica:
    """Apply every frame as it came."""
    mirror = Replica()
    for frame in deepcopy(client.frames):
        if frame.get("event") is not None:
            mirror.take(frame)
    return mirror


def told(mirror: Replica, *, limit: bool = False) -> dict[str, Any]:
    """Return the state of a replica; the limit is no count, and comes by occupancy frames."""
    counts = mirror.state["occupancy"]
    left_out = {"as_of"} if limit else {"as_of", "limit", "free"}
    recent = [item | {"data": item["data"] | {"name": ""}} for item in mirror.state["recent"]]
    return {"counts": {name: counts[name] for name in counts.keys() - left_out}, "recent": recent}
