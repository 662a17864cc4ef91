"""Compensation of a relay: a fact that the hub refused to record is taken out of what counts here, by name."""

from collections.abc import Iterable

from msgspec.structs import replace

from hub.model.base import Document
from hub.model.command import Change, Key, NewEntry, UnitOfWork
from hub.model.relay.documents import RelayCopy, RelayFact
from hub.model.ticket import Ticket
from hub.relay.merge import added, counts_of, total


class TakeOut:
    """Command: take a fact out that the hub refused with `code`; its own entry stays, another says why and how many.

    The ticket is the hub's again: without the scan, with the scan that was undone, and as unpaid as it is there. Money
    that was taken stays in the fact, and the relay's status names it.
    """

    weight = 1

    def __init__(self, fact: RelayFact, code: str) -> None:
        self._fact = fact
        self._code = code

    def reads(self) -> Iterable[Key]:
        """Yield the fact, the copy, and the ticket."""
        yield RelayFact, self._fact.id
        yield RelayCopy, self._fact.event
        if self._fact.ticket is not None:
            yield Ticket, self._fact.ticket

    def decide(self, unit: UnitOfWork) -> Change[None]:
        """Return the change; nothing of a fact that was taken out, or that came back from the hub meanwhile."""
        fact, copy = unit.find(RelayFact, self._fact.id), unit.find(RelayCopy, self._fact.event)
        if fact is None or copy is None or fact.refused is not None or fact.is_echoed:
            return Change(answer=None)
        ticket = unit.find(Ticket, fact.ticket or "")
        left = replace(copy, on_top=added(copy.on_top, fact.effect, -1))
        entry = NewEntry(
            kind="relay.refused",
            ticket=fact.ticket,
            device=fact.device,
            door=fact.door,
            code=self._code,
            effect=added(total(left.base, left.on_top), counts_of(unit.stream), -1),
            data={"seq": fact.seq, "refused": self._code},
        )
        put: list[Document] = [replace(fact, refused=self._code, is_waiting=False), left]
        if fact.kind == "sale":
            sold: list[Key] = [] if ticket is None else [(Ticket, ticket.id)]
            return Change(answer=None, entries=[entry], put=put, drop=sold)
        return Change(answer=None, entries=[entry], put=[*put, *([] if ticket is None else [_without(ticket, fact)])])


def _without(ticket: Ticket, fact: RelayFact) -> Ticket:
    """Return a ticket without what a fact did to it here."""
    if fact.kind == "undo":
        stands = [
            replace(scan, undone=False, undone_here=False)
            if scan.undone_here
            and fact.undoes is not None
            and (scan.device, scan.nonce, scan.direction) == fact.undoes.scan
            else scan
            for scan in ticket.scans
        ]
        return replace(ticket, scans=stands)
    ticket = replace(ticket, scans=[scan for scan in ticket.scans if scan.seq != fact.seq])
    if ticket.payment is None or ticket.payment.taken_here != fact.seq:
        return ticket
    return replace(ticket, payment=None, status="unpaid", paid=False)
