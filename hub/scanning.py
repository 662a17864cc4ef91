"""Scanning: from what a door sent to the answer it gets (scan-api.md).

The signature is verified before anything is asked of the database; then one command decides on the event's truth
and leaves one journal entry, whatever the verdict.
"""

from datetime import datetime
from typing import Any

from hub.admission import Verdict, fold, judge
from hub.answers import door_of, notice_of, reservation_view, ticket_view, verdict_answer, with_names
from hub.codes import InvalidCode, Keyring, ParsedCode, parse
from hub.model import HUB_STREAM, Principal
from hub.scan_body import ScanBody, check_force, parse_body
from hub.scan_command import UNKNOWN_TICKET, Read, ScanCommand, ask_of
from hub.unanswered import Unanswered
from store.catalog import Catalog
from store.journal import Journal

INVALID_CODE = Verdict(code="invalid_code", message="Invalid QR code format", status=400)
BAD_SIGNATURE = Verdict(code="bad_signature", message="Invalid ticket signature", status=400)

Answer = tuple[int, dict[str, Any]]


class Scanning:
    """Scans and checks for doors, over whatever wire they come."""

    def __init__(self, journal: Journal, catalog: Catalog, keyring: Keyring, unanswered: Unanswered) -> None:
        self._journal = journal
        self._catalog = catalog
        self._keyring = keyring
        self._unanswered = unanswered

    async def scan(self, principal: Principal, raw: object) -> Answer:
        """Decide and record one scan; return HTTP status and answer as scan-api.md has them.

        Raises `BadInput` for a body that is none, `NotAllowed` for what the device may not do, `Unavailable` when
        the database did not confirm.
        """
        body = parse_body(raw)
        check_force(principal, body)
        read = await self._read(principal, body)
        home = principal.event or read.event or HUB_STREAM
        what = (principal.id, read.ticket or body.qrcode_data, body.direction)
        async with self._unanswered.nonce(what, body.nonce) as nonce:
            command = ScanCommand(principal=principal, body=body, read=read, home=home, nonce=nonce)
            answer: Answer = await self._journal.append(home, command)
        return answer

    async def check(self, principal: Principal, raw: object, now: datetime) -> Answer:
        """Tell what a scan would do, changing nothing."""
        body = parse_body(raw)
        read = await self._read(principal, body)
        if read.refusal is not None or read.ticket is None or read.event is None:
            refusal = read.refusal or UNKNOWN_TICKET
            return refusal.status, verdict_answer(refusal)
        ticket = await self._catalog.ticket(read.ticket)
        event = await self._catalog.event(read.event)
        stream = await self._journal.stream(read.event)
        if ticket is None or event is None or stream is None:
            return UNKNOWN_TICKET.status, verdict_answer(UNKNOWN_TICKET)
        door = door_of(event, principal.door)
        ask = ask_of(principal, body, read.issue, door, now)
        verdict = judge(ticket, event, stream, ask)
        answer = {
            "success": True,
            "message": "Ticket information retrieved",
            "ticket": ticket_view(ticket, event, fold(ticket.scans), now),
            "reservation": reservation_view(ticket),
            "would": {"admit": verdict.is_passed, "code": verdict.code},
        }
        if notice := notice_of(ticket, event):
            answer["notice"] = notice
        return 200, with_names(answer, ticket)

    async def _read(self, principal: Principal, body: ScanBody) -> Read:
        try:
            code = parse(body.qrcode_data)
        except InvalidCode:
            return Read(refusal=INVALID_CODE)
        owner = await self._owner(code, principal, body)
        if owner is None:
            return Read(refusal=BAD_SIGNATURE)
        return Read(ticket=code.uuid, issue=code.issue, event=owner)

    async def _owner(self, code: ParsedCode, principal: Principal, body: ScanBody) -> str | None:
        tried = [event for event in (body.event_uuid, principal.event) if event is not None]
        owner = self._keyring.owner(code, tried)
        if owner is None and code.kid is not None and not self._keyring.knows(code.kid):
            event = await self._catalog.event_by_kid(code.kid)
            if event is not None:
                self._keyring.add(event.id, event.key.kid, event.key.public_pem)
                owner = self._keyring.owner(code, tried)
        return owner
