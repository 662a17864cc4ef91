"""Corrections on a relay: an undo or a headcount that is decided here, and kept as a fact that goes up."""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace
from typing_extensions import override

from hub.door.corrections import Correction, HeadcountBody
from hub.door.response import StatusAnswer
from hub.model.base import Document
from hub.model.command import Change, IdempotencyRecord, Key, NewEntry, UnitOfWork
from hub.model.relay.documents import Heads, RelayFact, UndoneScan, correction_id
from hub.model.ticket import Ticket
from hub.relay.alone import DoorCommand


class CorrectAlone(DoorCommand):
    """Command: undo a scan or count people here, unless the hub did it under this very nonce and it is here by now."""

    def __init__(self, inner: Correction) -> None:
        super().__init__(inner)
        self._correction = inner
        self._name = correction_id(inner.principal.id, inner.nonce, inner.ticket_id)

    @override
    def reads(self) -> Iterable[Key]:
        yield from super().reads()
        yield RelayFact, self._name

    def decide(self, unit: UnitOfWork) -> Change[StatusAnswer]:
        """Return the change; a nonce that was used gets its first answer, by whichever way it came here."""
        known = unit.find(RelayFact, self._name)
        if known is not None and unit.find(IdempotencyRecord, self.inner.remembered_id) is None:
            return self._done(unit, known)
        change = self.inner.decide(unit)
        if not change.entries:
            return change
        [entry] = change.entries
        fact = self._fact(unit, entry)
        return replace(change, put=[*_marked(change.put, entry), *self._kept(unit, [fact])])

    def _done(self, unit: UnitOfWork, known: RelayFact) -> Change[StatusAnswer]:
        self.inner.check_device(unit)
        answer = self._correction.done(unit, known.seq)
        named = self.inner.with_guest(unit, answer, self.inner.named(unit))
        return Change(answer=(200, named), put=[self.inner.remember(200, answer)])

    def _fact(self, unit: UnitOfWork, entry: NewEntry) -> RelayFact:
        body = self._correction.body
        return RelayFact(
            id=self._name,
            event=self.inner.home,
            kind="headcount" if isinstance(body, HeadcountBody) else "undo",
            seq=unit.next_seq,
            device=self.inner.principal.id,
            nonce=self.inner.nonce,
            ticket=entry.ticket,
            direction=entry.direction or "in",
            code=str(entry.code),
            door=entry.door,
            at=unit.now,
            effect=entry.effect,
            undoes=_undone(self.inner.named(unit), entry),
            heads=Heads(delta=body.delta, kind=body.kind) if isinstance(body, HeadcountBody) else None,
            is_waiting=True,
        )


def _undone(ticket: Ticket | None, entry: NewEntry) -> UndoneScan | None:
    """Return the name of the scan that an entry undoes."""
    found = [] if ticket is None else [scan for scan in ticket.scans if scan.seq == entry.data["seq"]]
    return UndoneScan(device=found[0].device, nonce=found[0].nonce, direction=found[0].direction) if found else None


def _marked(put: Sequence[Document], entry: NewEntry) -> list[Document]:
    """Return documents with the scan that was undone marked as undone here, until the hub says so, too."""
    return [
        replace(
            each,
            scans=[replace(s, undone_here=True) if s.seq == entry.data["seq"] else s for s in each.scans],
        )
        if isinstance(each, Ticket)
        else each
        for each in put
    ]
