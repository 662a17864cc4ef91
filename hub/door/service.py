"""Scan service: from a door's request to the answer it gets (scan-api.md).

The signature is verified before anything is asked of the database; then one command decides on the event's truth
and leaves one journal entry, whatever the verdict.
"""

from datetime import datetime

from hub.door.corrections import (
    ChangeHeadcount,
    Correction,
    HeadcountBody,
    RecountBody,
    RecountPeople,
    UndoBody,
    UndoScan,
    check_right,
)
from hub.door.request import ScanBody, check_force, check_payment, is_uuid, parse_body, wrong_field
from hub.door.resolve import UNKNOWN_TICKET, Resolution, TicketResolver
from hub.door.response import (
    DoorAnswer,
    StatusAnswer,
    Would,
    reservation_view,
    ticket_view,
    verdict_answer,
    with_guest,
)
from hub.door.retry_nonces import Attempt, RetryNonces
from hub.door.rules import judge
from hub.door.scan import ScanTicket, ask_of
from hub.door.ticket_state import fold, rule_of
from hub.errors import NotAllowed, NotFound
from hub.model.access import Principal
from hub.model.event import door_of
from hub.model.journal import HUB_STREAM
from hub.telemetry.metrics import Metrics
from hub.validation import read_message
from store.collections.events import EventReader
from store.collections.tickets import TicketReader
from store.journal.journal import Journal


def attempt_of(principal: Principal, body: ScanBody, resolution: Resolution) -> Attempt:
    """Return what a scan is found by when it is tried again without a nonce."""
    paid = "" if body.payment is None else f" {body.payment.method} {body.payment.amount} {body.payment.currency}"
    return principal.id, resolution.ticket or body.qrcode_data, body.direction + paid


class Scanning:
    """Scan service: scans, checks, undos and counts of doors, over HTTP and the socket alike."""

    def __init__(
        self,
        journal: Journal,
        tickets: TicketReader,
        events: EventReader,
        resolver: TicketResolver,
        retry_nonces: RetryNonces,
        metrics: Metrics,
    ) -> None:
        self._journal = journal
        self._tickets = tickets
        self._events = events
        self._resolver = resolver
        self.retry_nonces = retry_nonces
        self._metrics = metrics

    async def scan(self, principal: Principal, raw: object) -> StatusAnswer:
        """Decide and record one scan; return HTTP status and answer as scan-api.md has them.

        Raises `BadInput` for a body that is none, `NotAllowed` for what the device may not do, `Unavailable` when
        the database did not confirm.
        """
        body = parse_body(raw)
        check_force(principal, body)
        check_payment(principal, body)
        resolution = await self._resolver.resolve(principal, body)
        home = principal.event or resolution.event or HUB_STREAM
        with self.retry_nonces.nonce(attempt_of(principal, body, resolution), body.nonce) as nonce:
            party = await self._tickets.party(resolution.ticket) if body.count > 1 and resolution.ticket else ()
            command = ScanTicket(
                principal=principal, body=body, resolution=resolution, home=home, nonce=nonce, party=party
            )
            answer = await self._journal.append(home, command)
        self._metrics.scans(str(answer[1].code)).inc()
        return answer

    async def undo(self, principal: Principal, raw: object) -> StatusAnswer:
        """Take back a ticket's last scan. Raises `NotAllowed`, `NotFound`, or `Conflict` (not_last, too_late, full)."""
        check_right(principal, "undo")
        body = read_message(raw, UndoBody)
        if not is_uuid(body.ticket_uuid):
            raise wrong_field("ticket_uuid", "is not a uuid")
        ticket = await self._tickets.find(body.ticket_uuid.lower())
        home = principal.event or (ticket.event if ticket is not None else None)
        if home is None:
            raise NotFound("Ticket not found", code="unknown_ticket")
        what = (principal.id, f"undo/{body.ticket_uuid}/{body.seq}", "")
        with self.retry_nonces.nonce(what, body.nonce) as nonce:
            return await self._correct(UndoScan(principal=principal, body=body, home=home, nonce=nonce))

    async def headcount(self, principal: Principal, raw: object) -> StatusAnswer:
        """Count people without tickets at the device's event. Raises `NotAllowed`, `BadInput` or `Conflict`."""
        check_right(principal, "headcount")
        body = read_message(raw, HeadcountBody)
        if principal.event is None:
            raise NotAllowed("not_allowed", "This device serves no one event: it cannot count heads")
        what = (principal.id, f"headcount/{body.kind}/{body.delta}", "")
        with self.retry_nonces.nonce(what, body.nonce) as nonce:
            command = ChangeHeadcount(principal=principal, body=body, home=principal.event, nonce=nonce)
            return await self._correct(command)

    async def _correct(self, command: Correction) -> StatusAnswer:
        """Decide an undo or a headcount."""
        return await self._journal.append(command.home, command)

    async def recount(self, principal: Principal, event_id: str, raw: object) -> None:
        """Set an event's count of people to the number counted by hand. Raises `BadInput` or `NotFound`."""
        await self._journal.append(event_id, RecountPeople(principal, read_message(raw, RecountBody)))

    async def check(self, principal: Principal, raw: object, now: datetime) -> StatusAnswer:
        """Return the verdict that a scan would get now, changing nothing."""
        body = parse_body(raw)
        resolution = await self._resolver.resolve(principal, body)
        if resolution.refusal is not None or resolution.ticket is None or resolution.event is None:
            refusal = resolution.refusal or UNKNOWN_TICKET
            return refusal.status, verdict_answer(refusal)
        ticket = await self._tickets.find(resolution.ticket)
        event = await self._events.find(resolution.event)
        stream = await self._journal.stream(resolution.event)
        if ticket is None or event is None or stream is None:
            return UNKNOWN_TICKET.status, verdict_answer(UNKNOWN_TICKET)
        door = door_of(event, principal.door)
        ask = ask_of(principal, body, resolution.issue, door, now)
        verdict = judge(ticket, event, stream, ask)
        answer = DoorAnswer(
            success=True,
            message="Ticket information retrieved",
            ticket=ticket_view(ticket, event, fold(ticket, rule_of(ticket, event)), now),
            reservation=reservation_view(ticket),
            would=Would(admit=verdict.is_passed, code=verdict.code),
        )
        if principal.event not in (None, ticket.event):
            return 200, answer  # a device learns nothing of another event's guests
        return 200, with_guest(answer, ticket, event)
