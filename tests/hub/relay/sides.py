"""Both sides of a line in memory: a hub, its relay, and what goes between them, message by message."""

from datetime import timedelta

import msgspec
from msgspec.structs import replace

from hub.access.authenticate import device_principal
from hub.door.corrections import ChangeHeadcount, HeadcountBody, UndoBody, UndoScan
from hub.door.request import ScanBody
from hub.door.resolve import Resolution
from hub.door.response import DoorAnswer
from hub.door.scan import ScanTicket
from hub.model.access import Device
from hub.model.base import Direction
from hub.model.event import Event
from hub.model.relay.documents import RelayCopy, RelayFact
from hub.model.ticket import Ticket
from hub.relay.alone import DecideAlone, RecordForwarded
from hub.relay.corrections import CorrectAlone
from hub.relay.facts import fact_command
from hub.relay.follow import ApplyPage
from hub.relay.merge import Numbers, counts_of, merged
from hub.relay.wire import Page
from tests.builders import EVENT
from tests.hub.relay.ledger import Ledger


class Sides:
    """Hub and relay of one event. Each call is one message that arrives, or one that one side decides by itself."""

    def __init__(self, event: Event, devices: list[Device], tickets: list[Ticket]) -> None:
        self.hub = Ledger(event, devices, tickets)
        self.relay = Ledger(event, devices, [], epoch="r1")
        self.join()

    def join(self) -> None:
        """Copy down all there is: the journal with its numbers, the counts, the tickets."""
        stream = self.hub.stream
        counts = counts_of(stream)
        self.relay.stream = replace(msgspec.json.decode(msgspec.json.encode(stream), type=type(stream)), epoch="r1")
        self.relay.entries = list(self.hub.entries)
        numbers = Numbers(began=stream.seq, reached=stream.seq)
        self.relay.put(*(merged(ticket, None, numbers) for ticket in self.hub.all(Ticket)))
        self.relay.put(
            RelayCopy(
                id=EVENT,
                instance="i1",
                upstream_epoch=stream.epoch,
                upstream_seq=stream.seq,
                began_seq=stream.seq,
                base=counts,
            )
        )

    @property
    def copy(self) -> RelayCopy:
        """The relay's copy."""
        found = self.relay.find(RelayCopy, EVENT)
        assert found is not None
        return found

    def pass_time(self) -> None:
        """Let a second pass on both sides."""
        self.hub.now += timedelta(seconds=1)
        self.relay.now += timedelta(seconds=1)

    # --- scans ---------------------------------------------------------------------------------------------------

    def scan_at_hub(self, device: str, ticket: str, nonce: str, direction: Direction = "in") -> DoorAnswer:
        """Scan at a door of the hub, or forward a scan to it."""
        _, answer = self.hub.run(self._scan(self.hub, device, ticket, nonce, direction))
        return answer

    def scan_alone(
        self, device: str, ticket: str, nonce: str, direction: Direction = "in", count: int = 1
    ) -> DoorAnswer:
        """Scan at a door of the relay, which decides."""
        scan = self._scan(self.relay, device, ticket, nonce, direction, count)
        _, answer = self.relay.run(DecideAlone(scan, direction))
        return answer

    def scan_party_at_hub(self, device: str, ticket: str, nonce: str, count: int) -> DoorAnswer:
        """Scan several tickets at once at the hub."""
        _, answer = self.hub.run(self._scan(self.hub, device, ticket, nonce, "in", count))
        return answer

    # --- corrections ---------------------------------------------------------------------------------------------

    def undo_at_hub(self, device: str, ticket: str, seq: int, nonce: str) -> DoorAnswer:
        """Undo a scan at the hub, or forward an undo to it, by the hub's number."""
        _, answer = self.hub.run(self._undo(self.hub, device, ticket, seq, nonce))
        return answer

    def undo_alone(self, device: str, ticket: str, seq: int, nonce: str) -> DoorAnswer:
        """Undo a scan at the relay, by its number there."""
        _, answer = self.relay.run(CorrectAlone(self._undo(self.relay, device, ticket, seq, nonce)))
        return answer

    def count_at_hub(self, device: str, delta: int, nonce: str) -> DoorAnswer:
        """Count people without tickets at the hub, or forward that to it."""
        _, answer = self.hub.run(self._count(self.hub, device, delta, nonce))
        return answer

    def count_alone(self, device: str, delta: int, nonce: str) -> DoorAnswer:
        """Count people without tickets at the relay."""
        _, answer = self.relay.run(CorrectAlone(self._count(self.relay, device, delta, nonce)))
        return answer

    def _undo(self, side: Ledger, device: str, ticket: str, seq: int, nonce: str) -> UndoScan:
        found = side.find(Device, device)
        assert found is not None
        body = UndoBody(ticket_uuid=ticket, seq=seq, nonce=nonce)
        return UndoScan(principal=device_principal(found), body=body, home=EVENT, nonce=nonce)

    def _count(self, side: Ledger, device: str, delta: int, nonce: str) -> ChangeHeadcount:
        found = side.find(Device, device)
        assert found is not None
        body = HeadcountBody(delta=delta, kind="crew", nonce=nonce)
        return ChangeHeadcount(principal=device_principal(found), body=body, home=EVENT, nonce=nonce)

    def record_forwarded(
        self, device: str, ticket: str, nonce: str, answer: DoorAnswer, direction: Direction = "in"
    ) -> DoorAnswer:
        """Let the hub's answer on a forwarded scan arrive at the relay."""
        inner = self._scan(self.relay, device, ticket, nonce, direction)
        _, here = self.relay.run(RecordForwarded(inner, direction, 200, answer))
        return here

    def _scan(
        self, side: Ledger, device: str, ticket: str, nonce: str, direction: Direction, count: int = 1
    ) -> ScanTicket:
        found = side.find(Device, device)
        assert found is not None
        party = sorted(each.id for each in side.all(Ticket)) if count > 1 else ()
        return ScanTicket(
            principal=device_principal(found),
            body=ScanBody(ticket_uuid=ticket, direction=direction, nonce=nonce, count=count),
            resolution=Resolution(ticket=ticket, event=EVENT),
            home=EVENT,
            nonce=nonce,
            party=party,
        )

    # --- the line ------------------------------------------------------------------------------------------------

    def page(self, most: int = 400) -> Page:
        """Return the page that the hub would send now."""
        since = self.copy.upstream_seq
        entries = self.hub.entries[since : since + most]
        named = {entry.ticket for entry in entries if entry.ticket is not None}
        tickets = [ticket for ticket in self.hub.all(Ticket) if ticket.id in named]
        page = Page(
            epoch=self.hub.stream.epoch,
            since=since,
            seq=entries[-1].seq if entries else since,
            head=self.hub.stream.seq,
            revision=0,
            entries=entries,
            tickets=tickets,
            gone=sorted(named - {ticket.id for ticket in tickets}),
            now=self.hub.now,
        )
        return msgspec.json.decode(msgspec.json.encode(page), type=Page)

    def follow(self, most: int = 400) -> None:
        """Let one page arrive at the relay."""
        page = self.page(most)
        if page.is_news:
            self.relay.run(ApplyPage(EVENT, page))

    def follow_all(self) -> None:
        """Let all pages arrive at the relay."""
        while self.copy.upstream_seq < self.hub.stream.seq:
            self.follow()

    def number_at_hub(self, ticket: str, seq: int) -> int | None:
        """Return the hub's number of a scan, by the relay's; None where it is not known there."""
        found = self.relay.find(Ticket, ticket)
        assert found is not None
        return next((scan.upstream_seq or None for scan in found.scans if scan.seq == seq), None)

    def waiting(self) -> list[RelayFact]:
        """Return the facts that wait to go up, in order."""
        return sorted((fact for fact in self.relay.all(RelayFact) if fact.is_waiting), key=lambda fact: fact.seq)

    def send_up(self, most: int = 100, *, is_acknowledged: bool = True) -> None:
        """Let facts arrive at the hub, in order; where the answer is lost they go up again."""
        for fact in self.waiting()[:most]:
            device = self.hub.find(Device, fact.device)
            assert device is not None
            command = fact_command(fact, device, relay="i1", arrived=self.hub.now, ahead=timedelta(0))
            self.hub.run(command)
            if is_acknowledged:
                self.relay.put(self._acknowledged(fact))

    def _acknowledged(self, sent: RelayFact) -> RelayFact:
        fact = self.relay.find(RelayFact, sent.id)
        assert fact is not None
        return replace(fact, is_waiting=False)

    def heal(self) -> None:
        """Let all facts go up, and follow to the end."""
        self.send_up(10_000)
        self.follow_all()
