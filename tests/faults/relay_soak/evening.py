"""Evening: an event with a relay in its hall, its tickets and phones, and who is shown where and when."""

import asyncio
import random
from collections.abc import Sequence, Set
from typing import Any

from tests.api import Api
from tests.faults.relay_soak.phones import Address, Phone, Shown
from tests.faults.soak.doors import Recorder

DATE, TIME = "2090-12-24", "20:30"
DOORS = ["North", "South", "Hall", "East"]
OF_EACH = 5
"""Tickets of one reservation."""
AT_BOTH, AGAIN = 0.15, 0.15
"""Tickets that are shown at both sides at once, and those that are shown again a little later."""
LATER_S = (0.2, 6.0)
IN_HALL, SWITCHING, OUTSIDE = 5, 3, 4
"""Phones at the relay alone, at the relay and else the hub, and at the hub alone."""


class Evening:
    """Doors of one event, at its hub and at its relay."""

    def __init__(self, hub: str, chance: random.Random) -> None:
        self.recorder = Recorder()
        self.shown: list[Shown] = []
        self.event: Any = None
        self.key = ""
        """The relay's key at the hub."""
        self._hub = hub
        self._chance = chance
        self._tickets: list[Any] = []
        self._devices: list[tuple[str, str, str]] = []
        self._phones: list[Phone] = []

    @property
    def device_key(self) -> str:
        """A device's key, which is good at both sides."""
        return self._devices[0][0]

    async def prepare(self, tickets: int) -> None:
        """Make the event, its tickets, its devices, and a key for its relay."""
        api = Api(self._hub)
        self.event = await api.make_event(
            starts_at=f"{DATE}T20:30:00+01:00",
            ends_at="2090-12-25T02:00:00+01:00",
            reentry="single",
            doors=[{"name": name} for name in DOORS],
            showings=[{"date": DATE, "time": TIME, "capacity": tickets + OF_EACH}],
        )
        while len(self._tickets) < tickets:
            self._tickets += await api.book(self.event, OF_EACH, date=DATE, time=TIME)
        for number in range(IN_HALL + SWITCHING + OUTSIDE):
            door = number % len(DOORS)
            device = await api.make_device(self.event, door, name=f"Gate {number}")
            about = (await device.get("/scan/test_api/")).body
            self._devices.append((str(device.key), about["device_info"]["uuid"], self.event["doors"][door]["id"]))
        form = {"name": "Hall", "scopes": ["relay"], "event": self.event["uuid"]}
        made = await api.admin.post("/api/keys", form)
        assert made.status == 201, made.raw
        self.key = made.body["key"]

    async def play(self, relay: str, seconds: float) -> None:
        """Let all guests arrive within `seconds`; return once each scan was answered, or given up."""
        self._phones = [self._phone(number, relay) for number in range(len(self._devices))]
        working = [asyncio.create_task(phone.work()) for phone in self._phones]
        await asyncio.gather(*[self._arrive(ticket, seconds) for ticket in self._tickets])
        for phone in self._phones:
            phone.queue.put_nowait(None)
        await asyncio.gather(*working)

    def _phone(self, number: int, relay: str) -> Phone:
        here, there = Address(side="relay", url=relay), Address(side="hub", url=self._hub)
        addresses = [here] if number < IN_HALL else [here, there] if number < IN_HALL + SWITCHING else [there]
        key, device, door = self._devices[number]
        chance = random.Random(self._chance.random())
        return Phone(
            addresses, key=key, device=device, door=door, recorder=self.recorder, shown=self.shown, chance=chance
        )

    async def _arrive(self, ticket: Any, seconds: float) -> None:
        """Let a guest arrive at some time, at one door or at two at once, and perhaps once more after that."""
        asked = ticket["id"], ticket["code"]
        await asyncio.sleep(self._chance.uniform(0, seconds))
        if self._chance.random() < AT_BOTH:
            self._chance.choice(self._in_hall).queue.put_nowait(asked)
            self._chance.choice(self._outside).queue.put_nowait(asked)
        else:
            self._chance.choice(self._phones).queue.put_nowait(asked)
        if self._chance.random() < AGAIN:
            await asyncio.sleep(self._chance.uniform(*LATER_S))
            self._chance.choice(self._phones).queue.put_nowait(asked)

    @property
    def _in_hall(self) -> Sequence[Phone]:
        return self._phones[: IN_HALL + SWITCHING]

    @property
    def _outside(self) -> Sequence[Phone]:
        return self._phones[-OUTSIDE:]

    async def ask_again(self, relay: str, count: int, differing: Set[str]) -> list[str]:
        """Ask acknowledged scans once more, at both sides, under their nonces; return those answered otherwise.

        Of the nonces `differing` both sides' decisions are on record, and each side answers its own.
        """
        acknowledged = [each for each in self.shown if each.verdict is not None and each.nonce not in differing]
        wrong = []
        for shown in self._chance.sample(acknowledged, min(count, len(acknowledged))):
            phone = self._phones[[device for _, device, _ in self._devices].index(shown.device)]
            for url in (relay, self._hub):
                again = await phone.ask(url, shown.code, shown.nonce, is_sure=True)
                if again.code != shown.verdict:
                    wrong.append(f"a retry at {url} was answered {again.code}: {shown}")
        return wrong

    def close(self) -> None:
        """Close the phones' connections."""
        for phone in self._phones:
            phone.close()
