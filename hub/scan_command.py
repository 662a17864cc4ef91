"""One scan, decided on the event's truth: one command, one verdict, one journal entry (scan-api.md)."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec

from hub.admission import Ask, State, Verdict, difference, fold, judge, step
from hub.answers import door_of, notice_of, previous_view, reservation_view, ticket_view, verdict_answer, with_names
from hub.change import Book, Change, Draft, Key, Remembered
from hub.errors import BadInput, NotAllowed
from hub.model import HUB_STREAM, By, Door, Event, Principal, Scan, Ticket
from hub.scan_body import ScanBody

UNKNOWN_TICKET = Verdict(code="unknown_ticket", message="Ticket not found", status=404)
KINDS = {"admitted": "ticket.scanned", "exited": "ticket.exited"}


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """What the code in the QR says: the ticket it names and its event, or why it names none."""

    ticket: str | None = None
    issue: int = 1
    event: str | None = None
    refusal: Verdict | None = None


class ScanCommand:
    """One scan of one ticket at one door, decided on the stream of `home`, under a nonce."""

    weight = 1

    def __init__(self, *, principal: Principal, body: ScanBody, read: Read, home: str, nonce: str) -> None:
        self._principal = principal
        self._body = body
        self._read = read
        self._home = home
        self._nonce = nonce
        self._id = f"{home}/{principal.id}/{nonce}"

    def wants(self) -> Iterable[Key]:
        """The nonce, the ticket, and the ticket's event where it is another one than the door's."""
        yield Remembered, self._id
        if self._read.ticket is not None and self._read.refusal is None:
            yield Ticket, self._read.ticket
        if self._read.event not in (None, self._home):
            yield Event, str(self._read.event)

    def decide(self, book: Book) -> Change:
        """The first answer again for a nonce that was used; else the verdict of the rules, with its journal entry."""
        self._check_device(book)
        ticket = book.find(Ticket, self._read.ticket) if self._read.ticket else None
        if remembered := book.find(Remembered, self._id):
            return self._replay(remembered, ticket)
        door = self._door(book)
        verdict = self._judge(book, ticket, door)
        scan = self._scan(book, door) if ticket is not None and verdict.is_passed else None
        after = _with_scan(ticket, scan)
        answer = self._answer(book, after, verdict)
        return Change(
            answer=(verdict.status, with_names(answer, ticket)),
            entries=[self._entry(ticket, door, verdict, scan)],
            put=[*([after] if after is not None and scan is not None else []), self._remember(verdict.status, answer)],
        )

    def _check_device(self, book: Book) -> None:
        if self._principal.kind != "device" or self._home == HUB_STREAM:
            return
        device = book.device(self._principal.id)
        if device is None:
            raise NotAllowed("bad_key", "Invalid or missing API key")
        if device.archived:
            raise NotAllowed("device_archived", "App is archived.")

    def _replay(self, remembered: Remembered, ticket: Ticket | None) -> Change:
        if remembered.hash != self._hash():
            raise BadInput("nonce used before for another scan: nobody was admitted: scan again", code="nonce_reused")
        status, answer = msgspec.json.decode(remembered.answer)
        return Change(answer=(status, {**with_names(answer, ticket), "replayed": True}))

    def _judge(self, book: Book, ticket: Ticket | None, door: Door | None) -> Verdict:
        if self._read.refusal is not None:
            return self._read.refusal
        if ticket is None:
            return UNKNOWN_TICKET
        ask = ask_of(self._principal, self._body, self._read.issue, door, book.now)
        return judge(ticket, self._ticket_event(book), book.stream, ask)

    def _ticket_event(self, book: Book) -> Event:
        return book.find(Event, self._read.event or "") or book.event

    def _door(self, book: Book) -> Door | None:
        device = book.device(self._principal.id)
        return door_of(book.event, device.door) if device is not None and self._home != HUB_STREAM else None

    def _scan(self, book: Book, door: Door | None) -> Scan:
        return Scan(
            at=book.now,
            seq=book.next_seq,
            direction=self._body.direction,
            device=self._principal.id,
            door=door.id if door else None,
            nonce=self._nonce,
            by=self._by(),
            into=door.into if door else None,
            out_of=door.out_of if door else None,
        )

    def _by(self) -> By:
        return "force" if self._body.force else "scan"

    def _answer(self, book: Book, ticket: Ticket | None, verdict: Verdict) -> dict[str, Any]:
        answer = verdict_answer(verdict)
        if ticket is not None:
            event = self._ticket_event(book)
            state = fold(ticket.scans)
            answer |= {"ticket": ticket_view(ticket, event, state, book.now), "reservation": reservation_view(ticket)}
            if verdict.code == "already_scanned":
                answer |= self._previous(book, event, state)
            if verdict.is_passed and (notice := notice_of(ticket, event)):
                answer["notice"] = notice
        return answer | {"seq": book.next_seq}

    def _previous(self, book: Book, event: Event, state: State) -> dict[str, Any]:
        assert state.last is not None
        return previous_view(book.device(state.last.device or ""), door_of(event, state.last.door))

    def _entry(self, ticket: Ticket | None, door: Door | None, verdict: Verdict, scan: Scan | None) -> Draft:
        return Draft(
            kind=KINDS.get(verdict.code, "ticket.denied"),
            ticket=ticket.id if ticket else None,
            device=self._principal.id,
            door=door.id if door else None,
            direction=self._body.direction,
            code=verdict.code,
            nonce=self._nonce,
            by=self._by(),
            effect=self._effect(ticket, door, scan),
            data={"reason": self._body.reason} if self._body.force else {},
        )

    def _effect(self, ticket: Ticket | None, door: Door | None, scan: Scan | None) -> dict[str, int]:
        if ticket is not None and scan is not None:
            before = fold(ticket.scans)
            counter = "admitted" if scan.direction == "in" else "exited"
            return difference(before, step(before, scan)) | ({f"doors.{door.id}.{counter}": 1} if door else {})
        if self._body.direction == "out":
            return {}
        return {"denied": 1} | ({f"doors.{door.id}.denied": 1} if door else {})

    def _remember(self, status: int, answer: dict[str, Any]) -> Remembered:
        return Remembered(
            id=self._id, event=self._home, hash=self._hash(), answer=msgspec.json.encode([status, answer])
        )

    def _hash(self) -> str:
        bound = [self._read.ticket or self._body.qrcode_data, self._body.direction, self._body.force]
        return hashlib.sha256(msgspec.json.encode(bound)).hexdigest()[:32]


def ask_of(principal: Principal, body: ScanBody, issue: int, door: Door | None, at: datetime) -> Ask:
    """Return what a door asks with this body, now."""
    named = {body.event_uuid, principal.event} - {None}
    return Ask(
        at=at,
        direction=body.direction,
        device=principal.id,
        door=door,
        issue=issue,
        events=frozenset(str(event) for event in named),
        force=body.force,
        over_limit="over_limit" in principal.may,
    )


def _with_scan(ticket: Ticket | None, scan: Scan | None) -> Ticket | None:
    if ticket is None or scan is None:
        return ticket
    return msgspec.structs.replace(ticket, scans=[*ticket.scans, scan])
