"""Scan service of a relay: each scan is forwarded while the line stands, else decided here (docs/relay.md)."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import cached_property
from typing import Any, TypeVar

import msgspec
import structlog
from msgspec.structs import replace
from typing_extensions import override

from hub.door.corrections import Correction, UndoBody, UndoScan
from hub.door.device_command import DeviceCommand
from hub.door.offline_batches import Batches
from hub.door.request import ScanBody, check_force, check_payment, parse_body
from hub.door.response import StatusAnswer
from hub.door.scan import ScanTicket
from hub.door.service import Scanning, attempt_of
from hub.errors import Conflict, HubError, Unavailable
from hub.model.access import Principal
from hub.model.base import Direction
from hub.relay.alone import DecideAlone, DoorCommand, RecordForwarded
from hub.relay.client import LineDown, UpstreamClient, UpstreamRefusal
from hub.relay.corrections import CorrectAlone
from hub.relay.line import Line
from hub.relay.wire import Call, ForwardAnswer, ForwardForm
from store.relay.copies import RelayCopies

log = structlog.get_logger(__name__)

C = TypeVar("C", bound=DoorCommand)

FORWARD_WITHIN_S = 0.3
"""How long a door waits for the hub before the relay decides."""
ENDS_ROLE = frozenset({"relay_lost", "relay_taken"})
HAS_ENDED = "This relay has ended: scan at the hub"
FOR_DEVICES = "At a relay devices scan, undo and count alone: do it at the hub itself"
FOLLOW_WITHIN_S = 2.0
"""How long an answer waits for what the hub did to be in the copy."""


class Turns:
    """Turns by key: of those that share one, one at a time."""

    def __init__(self) -> None:
        self._locks: dict[str, tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def of(self, key: str) -> AsyncIterator[None]:
        """Wait for the turn of `key`, and hold it."""
        lock, users = self._locks.get(key, (asyncio.Lock(), 0))
        self._locks[key] = lock, users + 1
        try:
            async with lock:
                yield
        finally:
            lock, users = self._locks[key]
            if users == 1:
                del self._locks[key]
            else:
                self._locks[key] = lock, users - 1


class RelayLink:
    """Link of a relay's services to its hub: the event, the line, the client, and what is to be woken by a fact."""

    def __init__(self, *, event: str, instance: str, line: Line, client: UpstreamClient, copies: RelayCopies) -> None:
        self.event = event
        self.copies = copies
        self.instance = instance
        self.line = line
        self.client = client
        self.has_facts = asyncio.Event()
        self.catch_up: Callable[[], Awaitable[None]]
        """Follows the hub to its newest change. Raises `LineDown` and `UpstreamRefusal`."""

    async def follow(self) -> bool:
        """Follow the hub to its newest change, for some seconds; return whether all is here."""
        try:
            async with asyncio.timeout(FOLLOW_WITHIN_S):
                await self.catch_up()
        except (LineDown, HubError, TimeoutError) as error:
            log.info("what the hub did comes here later", reason=str(error))
            return False
        return True

    async def decide(self, append: Callable[[C], Any], command: C) -> StatusAnswer:
        """Decide a scan here, and wake what sends facts up."""
        with self.line.deciding():
            status, answer = await append(command)
        self.has_facts.set()
        return status, replace(answer, decided_by="relay")

    async def sent(self, newest: int) -> int:
        """Return the number up to which the hub has all that was decided here; `newest` is the journal's own."""
        waiting = await self.copies.waiting(self.event, 1)
        return min([newest, *(fact.seq - 1 for fact in waiting)])


class RelayScanning(Scanning):
    """Scan service of a relay, in place of a hub's. `link` is set before it serves."""

    link: RelayLink
    forward_within_s = FORWARD_WITHIN_S

    @cached_property
    def _turns(self) -> Turns:
        return Turns()

    @override
    async def scan(self, principal: Principal, raw: object) -> StatusAnswer:
        check_device(principal)
        body, link = parse_body(raw), self.link
        check_force(principal, body)
        check_payment(principal, body)
        asking = replace(principal, event=principal.event or link.event)
        resolution = await self._resolver.resolve(asking, body)
        what = attempt_of(asking, body, resolution)
        with self.retry_nonces.nonce(what, body.nonce) as nonce:
            party = await self._tickets.party(resolution.ticket) if body.count > 1 and resolution.ticket else ()
            inner = ScanTicket(
                principal=asking, body=body, resolution=resolution, home=link.event, nonce=nonce, party=party
            )
            async with self._turns.of(await self._turn_of(inner, body)):
                answer = await self._decide(inner, body, nonce, is_by_hand=resolution.by == "manual")
        self._metrics.scans(str(answer[1].code)).inc()
        return answer

    async def _turn_of(self, inner: DeviceCommand, body: ScanBody) -> str:
        """Return what scans share that are decided one at a time: the reservation, else the ticket's code."""
        ticket = await self._tickets.find(inner.ticket_id) if inner.ticket_id is not None else None
        return ticket.reservation if ticket is not None else body.qrcode_data

    async def _decide(self, inner: ScanTicket, body: ScanBody, nonce: str, *, is_by_hand: bool) -> StatusAnswer:
        line = self.link.line
        if line.ended is not None:
            raise Unavailable(HAS_ENDED)
        if line.may_forward and not await self._is_answered(inner):
            forwarded = await self._forward(inner, body, nonce, is_by_hand=is_by_hand)
            if forwarded is not None:
                answer = await self._journal.append(inner.home, forwarded)
                if body.payment is not None:
                    await self.link.follow()  # the payment, which its ticket is asked for no more
                return answer
        return await self.link.decide(
            lambda command: self._journal.append(inner.home, command), DecideAlone(inner, body.direction)
        )

    async def _is_answered(self, inner: DeviceCommand) -> bool:
        return await self.link.copies.is_answered(inner.remembered_id)

    async def _forward(
        self, inner: ScanTicket, body: ScanBody, nonce: str, *, is_by_hand: bool
    ) -> RecordForwarded | None:
        """Return what the hub decided, to be recorded; None where it did not in time. Raises its refusal."""
        scan = _forwarded(body, nonce, inner.ticket_id if is_by_hand else None)
        got = await self._ask_hub("scan", inner, scan)
        return None if got is None else RecordForwarded(inner, body.direction, got.status, got.answer)

    async def _ask_hub(self, call: Call, inner: DeviceCommand, body: dict[str, object]) -> ForwardAnswer | None:
        """Return the hub's answer to a call of a door; None where there is none in time. Raises its refusal."""
        link = self.link
        form = ForwardForm(
            instance=link.instance, ahead_ms=link.line.ahead_ms, device=inner.principal.id, call=call, scan=body
        )
        try:
            got = await link.client.forward(form, self.forward_within_s)
        except LineDown as error:
            log.info("a call was not forwarded in time", call=call, reason=str(error))
            link.line.forward_failed()
            return None
        except UpstreamRefusal as refusal:
            if refusal.code in ENDS_ROLE:
                link.line.ended = refusal.code
                raise Unavailable(HAS_ENDED) from refusal
            raise
        link.line.forwarded()
        return got

    # --- corrections ---------------------------------------------------------------------------------------------

    @override
    async def _correct(self, command: Correction) -> StatusAnswer:
        """Let the hub undo a scan or count people, else do it here; what it did is here before the answer."""
        check_device(command.principal)
        async with self._turns.of(await self._turn_of_correction(command)):
            if self.link.line.ended is not None:
                raise Unavailable(HAS_ENDED)
            if await self._is_done_at_the_hub(command):
                return await self._journal.append(command.home, CorrectAlone(command))
            return await self.link.decide(lambda each: self._journal.append(command.home, each), CorrectAlone(command))

    async def _is_done_at_the_hub(self, command: Correction) -> bool:
        """Return whether the hub did it and it is here. Raises the hub's refusal."""
        if not self.link.line.may_forward or await self._is_answered(command):
            return False
        sent: dict[str, object] = msgspec.to_builtins(command.body) | {"nonce": command.nonce}
        call: Call = "headcount"
        if isinstance(command, UndoScan):
            call, seq = "undo", await self._upstream_seq(command.body)
            if seq is None:
                return False
            sent |= {"seq": seq}
        return await self._ask_hub(call, command, sent) is not None and await self.link.follow()

    async def _upstream_seq(self, body: UndoBody) -> int | None:
        """Return the hub's number of a scan; None where it is not known here."""
        ticket, copy = await self._tickets.find(body.ticket_uuid.lower()), await self.link.copies.find()
        scan = next((each for each in ticket.scans if each.seq == body.seq), None) if ticket is not None else None
        if scan is None or copy is None:
            return None
        return scan.upstream_seq if scan.seq > copy.began_seq else scan.seq

    async def _turn_of_correction(self, command: Correction) -> str:
        ticket = await self._tickets.find(command.ticket_id) if command.ticket_id is not None else None
        return "headcount" if ticket is None else ticket.reservation


def check_device(principal: Principal) -> None:
    """Raise `Conflict` for a login of the relay: the hub, which records all that doors do, knows none."""
    if principal.kind != "device":
        raise Conflict("at_the_hub", FOR_DEVICES)


def _forwarded(body: ScanBody, nonce: str, ticket: str | None) -> dict[str, object]:
    """Return a scan as it is forwarded; a choice by hand by its ticket, whose code is good on the relay alone."""
    sent: dict[str, object] = msgspec.to_builtins(replace(body, nonce=nonce))
    if ticket is not None:
        sent |= {"qrcode_data": "", "ticket_uuid": ticket}
    return {name: value for name, value in sent.items() if value is not None}


class RelayBatches(Batches):
    """Recorder of phones' offline batches on a relay: they go up as facts."""

    link: RelayLink

    @override
    async def append(self, home: str, command: DeviceCommand, direction: Direction) -> StatusAnswer:
        wrapped = DecideAlone(command, direction)
        return await self.link.decide(lambda each: self._journal.append(home, each), wrapped)
