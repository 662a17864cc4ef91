"""A small hub around the live server: a journal in memory, a tail that is rung by hand, and sockets that are lists.

The journal and the tail are not under test here; their real ones have tests of their own in tests/store.
"""

import asyncio
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from hub.clock import SettableClock
from hub.errors import NotAllowed
from hub.live.connection import Connection
from hub.live.ports import CookieCredential, Credential, KeyCredential, Ports, TicketCredential
from hub.live.recent import copy_of
from hub.live.server import LiveHub
from hub.live_limits import LiveLimits
from hub.model.access import Principal
from hub.model.command import apply_effect
from hub.model.event import Door, Zone
from hub.model.event_view import DeviceView, EventView
from hub.model.journal import HUB_STREAM, Entry, Stream
from hub.rate_limit import RateLimiter
from tests.builders import a_stream, an_entry
from tests.eventually import PATIENCE_S

EVENT = "11111111-1111-4111-8111-111111111111"
OTHER = "22222222-2222-4222-8222-222222222222"
NOW = datetime(2026, 12, 24, 20, 30, tzinfo=UTC)

SCANNER = Principal(kind="device", id="d1", name="Door 1", event=EVENT)
NAMED_SCANNER = Principal(kind="device", id="d2", name="Door 2", event=EVENT, may=frozenset({"names"}))
ORGANISER = Principal(kind="key", id="k1", name="script", scopes=frozenset({"admin"}))
USER = Principal(kind="user", id="u1", name="organiser", scopes=frozenset({"admin"}), session="s1")
GUEST = Principal(kind="ticket", id="t1", name="", event=EVENT)

KEYS = {"scanner": SCANNER, "named": NAMED_SCANNER, "organiser": ORGANISER}

VIEW = EventView(
    id=EVENT,
    name="Concert",
    max_inside=100,
    doors=[Door(id="north", name="North"), Door(id="south", name="South")],
    zones=[Zone(id="hall", name="Hall", max_inside=50)],
    devices=[DeviceView(id="d1", name="Door 1", door="north")],
)

FAST = LiveLimits(tick_s=0.02, close_s=0.3, lag_s=0.3, names_s=0.2)


def as_struct(fields: dict[str, Any]) -> msgspec.Struct:
    """Return these fields as the hub's answers are: a struct."""
    return msgspec.defstruct("Answer", list(fields))(**fields)


def entry(seq: int, kind: str = "ticket.scanned", *, event: str = EVENT, **fields: Any) -> Entry:
    effects = {
        "ticket.scanned": {"admitted": 1, "inside": 1, "doors.north.admitted": 1, "zones.hall": 1},
        "ticket.exited": {"inside": -1, "doors.north.exited": 1, "zones.hall": -1},
        "ticket.denied": {"denied": 1, "doors.south.denied": 1},
        "ticket.booked": {"booked": 1},
    }
    ticket = {"ticket": f"t{seq}"} if kind.startswith("ticket.") else {}
    fields = {**ticket, "effect": effects.get(kind, {}), **fields}
    return an_entry(seq, kind, event=event, at=NOW, **fields)


class SmallHub:
    """The ports of the live server: journal, tail, names, services; each can be made slow or broken."""

    def __init__(self, limits: LiveLimits = FAST) -> None:
        self.clock = SettableClock(NOW)
        self.streams = {event: a_stream(event, capacity=500) for event in (EVENT, OTHER, HUB_STREAM)}
        self.entries: dict[str, list[Entry]] = {event: [] for event in self.streams}
        self.token = "token"
        self.cookies = {"cookie": USER}
        self.keys = dict(KEYS)
        self.tickets: dict[str, dict[str, Any]] = {"t1": {"status": "valid"}}
        self.names_wait = asyncio.Event()
        self.names_wait.set()
        self.scan_wait = asyncio.Event()
        self.scan_wait.set()
        self.identify_wait = asyncio.Event()
        self.identify_wait.set()
        self.identified = 0
        self.names_asked = 0
        self.scans_asked = 0
        self.wrong: Exception | None = None
        self.scanners: list[Principal] = []
        self.scans: list[dict[str, Any]] = []
        self.seen: list[tuple[str, Any]] = []
        self.refused: list[str] = []
        self.bad_keys = RateLimiter(120, lambda: 0.0)
        self.view = VIEW
        self.answer: dict[str, Any] = {"success": True, "code": "admitted"}
        self.tails: list[ManualTail] = []
        self.live = self.process("p1", limits)

    @property
    def followed(self) -> dict[str, tuple[str, int]]:
        return self.tails[0].followed

    def process(self, name: str, limits: LiveLimits) -> LiveHub:
        """One more hub process on the same journal."""
        tail = ManualTail(self)
        tail.live = LiveHub(self.ports(tail), limits=limits, clock=self.clock, process=name)
        self.tails.append(tail)
        return tail.live

    def ports(self, tail: "ManualTail") -> Ports:
        return Ports(
            journal=self,
            tail=tail,
            names=lambda event, tickets: self.names(tickets),
            describe=lambda event: self.describe(event),
            identify=self.identify,
            ticket_state=self.ticket_state,
            calls={"scan": self.scan, "check": self.scan, "undo": self.scan},
            seen=lambda principal, info: self.see(principal, info),
            refused=self.count_refused,
        )

    def count_refused(self, address: str) -> None:
        self.bad_keys.take(address)
        self.refused.append(address)

    def see(self, principal: Principal, info: dict[str, Any] | None) -> None:
        self.seen.append((principal.id, info))

    # --- the journal and the tail --------------------------------------------------------------------------------

    async def stream(self, event: str) -> Stream | None:
        if self.wrong is not None:
            raise self.wrong
        found = self.streams.get(event)
        return None if found is None else copy_of(found)

    async def read(self, event: str, after: int, limit: int = 1000) -> list[Entry]:
        return [one for one in self.entries[event] if one.seq > after][:limit]

    def write(self, *kinds: str, event: str = EVENT, ring: bool = True, **fields: Any) -> None:
        """Append an entry of each kind; `ring`: the tail hears of it now."""
        stream = self.streams[event]
        for kind in kinds:
            one = entry(stream.seq + 1, kind, event=event, **fields)
            stream.seq += 1
            apply_effect(stream, one.effect)
            self.entries[event].append(one)
        if ring:
            self.ring(event)

    def ring(self, event: str = EVENT) -> None:
        """Deliver what the tails have not delivered yet."""
        for tail in self.tails:
            tail.ring(event)

    def restore(self, epoch: str, event: str = EVENT) -> None:
        """Begin a new epoch, as restoring a backup does."""
        self.streams[event] = a_stream(event, epoch=epoch, capacity=500)
        self.entries[event] = []
        for tail in self.tails:
            tail.live.deliver(event, epoch, [])

    # --- the services --------------------------------------------------------------------------------------------

    async def names(self, ticket_ids: Sequence[str]) -> dict[str, str]:
        self.names_asked += 1
        await self.names_wait.wait()
        return {ticket: f"Guest {ticket}" for ticket in ticket_ids}

    async def describe(self, event: str) -> EventView | None:
        return self.view if event == EVENT else None

    async def identify(self, credential: Credential) -> Principal:
        self.identified += 1
        if self.wrong is not None:
            raise self.wrong
        match credential:
            case KeyCredential(key) if key in self.keys:
                principal = self.keys[key]
                await self.identify_wait.wait()
                return principal
            case CookieCredential(cookie) if cookie in self.cookies:
                return self.cookies[cookie]
            case TicketCredential("t1", token) if token == self.token:
                return GUEST
        raise NotAllowed("bad_key", "Invalid or missing API key")

    async def ticket_state(self, ticket: str) -> msgspec.Struct | None:
        return as_struct(self.tickets[ticket]) if ticket in self.tickets else None

    async def scan(self, principal: Principal, body: dict[str, Any]) -> tuple[int, msgspec.Struct]:
        self.scans_asked += 1
        await self.scan_wait.wait()
        if self.wrong is not None:
            raise self.wrong
        self.scans.append(body)
        self.scanners.append(principal)
        return 200, as_struct({"seq": len(self.scans), **self.answer})

    # --- clients -------------------------------------------------------------------------------------------------

    def connect(self, key: str | None = None, address: str = "10.0.0.1") -> "Client":
        client = Client()
        client.open(self.live, address, None if key is None else KeyCredential(key))
        return client


class ManualTail:
    """The tail of one process, rung by hand."""

    live: LiveHub

    def __init__(self, small_hub: SmallHub) -> None:
        self.followed: dict[str, tuple[str, int]] = {}
        self._small_hub = small_hub

    def follow(self, event: str, epoch: str, seq: int) -> None:
        self.followed[event] = (epoch, seq)

    def unfollow(self, event: str) -> None:
        self.followed.pop(event, None)

    def ring(self, event: str) -> None:
        if event not in self.followed:
            return
        epoch, seq = self.followed[event]
        new = [one for one in self._small_hub.entries[event] if one.seq > seq]
        if new:
            self.followed[event] = (epoch, new[-1].seq)
            self.live.deliver(event, epoch, new)


class Client:
    """A socket: what was sent stands in `frames`, and `closed` is its close code. `stalled`: it reads nothing."""

    def __init__(self) -> None:
        self.frames: list[dict[str, Any]] = []
        self.closed: int | None = None
        self.stalled = False
        self._broken: Exception | None = None
        self._moving = asyncio.Event()
        self._moving.set()
        self._changed = asyncio.Event()
        self._connection: Connection | None = None

    def open(self, live: LiveHub, address: str, credential: Credential | None) -> None:
        self._connection = live.open_session(self, address, credential)

    def say(self, kind: str, **fields: Any) -> None:
        self.say_raw(json.dumps({"type": kind, **fields}))

    def say_raw(self, text: str | bytes) -> None:
        assert self._connection is not None
        self._connection.receive(text)

    def leave(self) -> None:
        assert self._connection is not None
        self._connection.gone()

    def stall(self) -> None:
        self._moving.clear()

    def break_sending(self, wrong: Exception) -> None:
        self._broken = wrong

    def go_on(self) -> None:
        self._moving.set()

    def send_now(self, frames: Sequence[bytes]) -> bool:
        return False

    async def send(self, frame: bytes) -> None:
        await asyncio.sleep(0)
        await self._moving.wait()
        if self._broken is not None:
            raise self._broken
        self.frames.append(json.loads(frame))
        self._changed.set()

    def close(self, code: int, reason: str) -> None:
        self.closed = code
        self._changed.set()

    async def until(self, kind: str, count: int = 1, within_s: float = PATIENCE_S) -> dict[str, Any]:
        """Wait for the `count`-th frame of `kind`."""
        async with asyncio.timeout(within_s):
            while len(self.all(kind)) < count:
                self._changed.clear()
                await self._changed.wait()
        return self.all(kind)[count - 1]

    async def until_seq(self, seq: int) -> None:
        """Wait until updates up to number `seq` have come."""
        while seq not in self.seqs():
            await self.until("updates", len(self.all("updates")) + 1)

    async def until_closed(self, within_s: float = PATIENCE_S) -> int:
        async with asyncio.timeout(within_s):
            while self.closed is None:
                self._changed.clear()
                await self._changed.wait()
        return self.closed

    def all(self, kind: str) -> list[dict[str, Any]]:
        return [frame for frame in self.frames if frame["type"] == kind]

    def seqs(self) -> list[int]:
        """The numbers of all items that came by updates, in order."""
        return [frame["first"] + place for frame in self.all("updates") for place, _ in enumerate(frame["items"])]

    def items(self) -> list[dict[str, Any]]:
        return [item for frame in self.all("updates") for item in frame["items"]]


async def settle() -> None:
    """Let everything that is ready run."""
    for _ in range(30):
        await asyncio.sleep(0)
