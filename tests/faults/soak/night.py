"""A night: an event with limits, tickets that doors scan at once, last seats that buyers race for, live followers."""

import asyncio
import contextlib
import random
from collections import deque
from collections.abc import Sequence
from typing import Any

from pymongo import MongoClient
from pymongo.read_concern import ReadConcern

from hub.model.journal import Entry as StoredEntry
from store.mongo.documents import from_bson
from tests.api import ADMIN_KEY, Api
from tests.eventually import eventually
from tests.faults.history.record import VENUE, Action, Door, Entry, History, Rules
from tests.faults.soak.doors import Buyer, Client, Follower, Recorder, SoakDoor
from tests.faults.soak.host import Host

DATE, TIME = "2090-12-24", "20:30"
HOT = 24
"""Tickets that doors scan at one time."""
SCANS_OF_A_TICKET = 24
MOST_INSIDE, MOST_IN_HALL = 14, 5
SEATS = 200
BUYERS = 3
DOORS = ["North", "South", "Hall", "East"]


class Night:
    """The event on its hosts, and all that happens at its doors."""

    def __init__(self, hosts: Sequence[Host], uri: str, database: str, seed: int, *, doors: int, per_s: float) -> None:
        self.recorder = Recorder()
        self.followers: list[Follower] = []
        self._hosts = list(hosts)
        self._uri = uri
        self._database = database
        self._chance = random.Random(seed)
        self._doors_count = doors
        self._per_s = per_s
        self._doors: list[SoakDoor] = []
        self._clients: list[Client] = []
        self._tickets: deque[tuple[str, str]] = deque()
        self._hot: list[tuple[str, str]] = []
        self._retired: asyncio.Queue[tuple[str, str]] = asyncio.Queue()
        self._scans = 0
        self._seats = 0
        self._event: Any = None
        self._keys: list[str] = []
        self._is_over = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    # --- before ------------------------------------------------------------------------------------------------------

    async def prepare(self, minutes: float, seats: int = SEATS) -> None:
        """Make the event, its tickets, and its devices."""
        api = Api(self._hosts[0].url)
        tickets = int(minutes * 60 * self._per_s / SCANS_OF_A_TICKET) + HOT
        self._seats = seats
        zones = [{"name": "Great hall", "max_inside": MOST_IN_HALL}]
        doors = [{"name": name} | ({"into": "Great hall"} if name == "Hall" else {}) for name in DOORS]
        lasts = [{"date": DATE, "time": f"{n // 60:02}:{n % 60:02}", "capacity": 1} for n in range(seats)]
        showings = [{"date": DATE, "time": TIME, "capacity": tickets}, *lasts]
        self._event = await api.make_event(
            starts_at=f"{DATE}T20:30:00+01:00",
            ends_at="2090-12-25T02:00:00+01:00",
            reentry="reentry",
            max_inside=MOST_INSIDE,
            zones=zones,
            doors=doors,
            showings=showings,
        )
        while len(self._tickets) < tickets:
            booked = await api.book(self._event, min(100, tickets - len(self._tickets)), date=DATE, time=TIME)
            self._tickets += [(ticket["id"], ticket["code"]) for ticket in booked]
        self._hot = [self._tickets.popleft() for _ in range(HOT)]
        for number in range(self._doors_count):
            await self._add_door(api, number % len(DOORS))

    async def _add_door(self, api: Api, door: int) -> None:
        device = await api.make_device(self._event, door)
        about = (await device.get("/scan/test_api/")).body
        client = self._client(str(device.key))
        self._keys.append(str(device.key))
        door_id = self._event["doors"][door]["id"]
        self._doors.append(SoakDoor(client, about["device_info"]["uuid"], door_id, self.recorder))

    def _client(self, key: str) -> Client:
        self._clients.append(Client(self._hosts, key, self.recorder, random.Random(self._chance.random())))
        return self._clients[-1]

    # --- while it runs -----------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Open the doors."""
        for key in self._keys[:4]:
            self.followers.append(Follower(self._hosts, key, self._event["uuid"], random.Random(self._chance.random())))
        self._tasks = [asyncio.create_task(self._work(door)) for door in self._doors[1:]]
        self._tasks += [asyncio.create_task(self._check_out(self._doors[0])), asyncio.create_task(self._sell())]

    async def end(self) -> None:
        """Close the doors: what is under way gets its answer."""
        self._is_over.set()
        await asyncio.gather(*self._tasks)

    async def _work(self, door: SoakDoor) -> None:
        inside: set[str] = set()
        while not self._is_over.is_set():
            ticket, code = self._chance.choice(self._hot)
            action: Action = "out" if self._chance.random() < (0.6 if ticket in inside else 0.25) else "in"
            verdict = await door.scan(ticket, code, action)
            (inside.add if verdict in ("admitted", "already_scanned") else inside.discard)(ticket)
            self._retire()
            await asyncio.sleep(self._chance.expovariate(self._per_s / len(self._doors)))

    def _retire(self) -> None:
        """Let the oldest of the hot tickets go home now and then, and another guest come."""
        self._scans += 1
        if self._scans % SCANS_OF_A_TICKET == 0 and self._tickets:
            self._retired.put_nowait(self._hot.pop(0))
            self._hot.append(self._tickets.popleft())

    async def _check_out(self, door: SoakDoor) -> None:
        """Scan those who go home out, until they are."""
        while not self._is_over.is_set():
            try:
                ticket, code = await asyncio.wait_for(self._retired.get(), 0.5)
            except TimeoutError:
                continue
            if await door.scan(ticket, code, "out") is None:
                self._retired.put_nowait((ticket, code))

    async def _sell(self) -> None:
        buyers = [Buyer(self._client(ADMIN_KEY), f"Buyer {n}", self.recorder) for n in range(BUYERS)]
        for n in range(self._seats):
            if self._is_over.is_set():
                return
            at = f"{n // 60:02}:{n % 60:02}"
            await asyncio.gather(*(buyer.book(self._event["uuid"], DATE, at) for buyer in buyers))
            await asyncio.sleep(self._chance.uniform(1, 8))

    # --- afterwards ----------------------------------------------------------------------------------------------

    async def history(self, *, within_s: float = 60) -> History:
        """Return all that the night left, once the followers have heard all of it, or after `within_s`."""
        occupancy = await eventually(self._counts, every_s=0.5)
        with contextlib.suppress(TimeoutError):  # the checker names those who lack something
            async with asyncio.timeout(within_s):
                await eventually(lambda: all(each.seq == occupancy["seq"] for each in self.followers), every_s=0.1)
        for follower in self.followers:
            await follower.stop()
        for client in self._clients:
            client.close()
        doors = {each["id"]: Door() for each in self._event["doors"]}
        zone = self._event["zones"][0]["id"]
        doors |= {each["id"]: Door(into=zone) for each in self._event["doors"] if each["name"] == "Hall"}
        counts = {name: occupancy[name] for name in ("booked", "admitted", "inside", "denied")}
        counts |= {f"zones.{each['id']}": each["inside"] for each in occupancy["zones"]}
        return History(
            requests=self.recorder.requests,
            journal=await asyncio.to_thread(self._journal),
            counts=counts,
            seq=occupancy["seq"],
            followers={f"follower {n}": each.news for n, each in enumerate(self.followers)},
            rules=Rules(reentry="reentry", doors=doors, limits={VENUE: MOST_INSIDE, zone: MOST_IN_HALL}),
        )

    async def _counts(self) -> Any:
        answer = await Api(self._hosts[0].url).admin.get(f"/api/events/{self._event['uuid']}/occupancy")
        return answer.body if answer.status == 200 else None

    def _journal(self) -> list[Entry]:
        """Read the journal past the hubs, as a majority of the nodes has it."""
        with MongoClient[dict[str, Any]](self._uri) as client:
            journal = client[self._database].get_collection("journal", read_concern=ReadConcern("majority"))
            found = journal.find({"event": self._event["uuid"]}).sort("seq", 1)
            return [_entry(from_bson(document, StoredEntry)) for document in found]


def _entry(stored: StoredEntry) -> Entry:
    return Entry(
        seq=stored.seq,
        kind=stored.kind,
        subject=stored.ticket,
        client=stored.device,
        door=stored.door,
        direction=stored.direction,
        code=stored.code,
        nonce=stored.nonce,
        effect=stored.effect,
    )
