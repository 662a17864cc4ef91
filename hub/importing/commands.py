"""The commands of an import: begun, told of, given up, and made true at once, whatever its size."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import msgspec

from hub.errors import BadInput, Conflict, NotFound
from hub.importing.check import Block, Checked, sold_out
from hub.importing.problems import RowsRefused
from hub.model.command import Change, IdempotencyRecord, Key, NewEntry, UnitOfWork
from hub.model.event import Event, Showing
from hub.model.imports import Import, Problem
from hub.tickets.seats import Seats

REMEMBERED_FOR = timedelta(hours=24)
ENDED = "The import was ended meanwhile: import again"


class StartImport:
    """Begin to stage; the same idempotency key begins it once. Answers with the import's id."""

    weight = 1

    def __init__(self, begun: Import, *, idempotency: str | None, digest: str) -> None:
        self._begun = begun
        self._idempotency = idempotency
        self._digest = digest

    def reads(self) -> Iterable[Key]:
        """The idempotency key, where there is one."""
        if self._idempotency is not None:
            yield IdempotencyRecord, self._idempotency

    def decide(self, unit: UnitOfWork) -> Change[str]:
        """Keep the import, which changes nothing yet."""
        if unit.event.closed:
            raise NotFound("Event not found")
        if self._idempotency and (remembered := unit.find(IdempotencyRecord, self._idempotency)):
            return Change(answer=replayed(remembered, self._digest))
        entry = NewEntry(kind="import.started", data={"id": self._begun.id, "rows": self._begun.rows})
        return Change(answer=self._begun.id, entries=[entry], put=[self._begun, *self._remember(unit.now)])

    def _remember(self, now: datetime) -> list[IdempotencyRecord]:
        if self._idempotency is None:
            return []
        answer = msgspec.json.encode(self._begun.id)
        until = now + REMEMBERED_FOR
        event = self._begun.event
        return [
            IdempotencyRecord(id=self._idempotency, event=event, hash=self._digest, answer=answer, expires_at=until)
        ]


def replayed(remembered: IdempotencyRecord, digest: str) -> str:
    """Return the import that a key began. Raises `BadInput` (idempotency_mismatch) where it was another file's."""
    if remembered.hash != digest:
        raise BadInput("Idempotency-Key was used for another request", code="idempotency_mismatch")
    return msgspec.json.decode(remembered.answer, type=str)


class RecordImportProgress:
    """Tell those who watch the event how far an import is."""

    weight = 1

    def __init__(self, import_id: str, staged: int, rows: int) -> None:
        self._data = {"id": import_id, "staged": staged, "rows": rows}

    def reads(self) -> Iterable[Key]:
        """Nothing."""
        return ()

    def decide(self, unit: UnitOfWork) -> Change[None]:
        """Tell it."""
        return Change(answer=None, entries=[NewEntry(kind="import.progress", data=self._data)])


class FailImport:
    """Give an import up, unless it has ended; of the dead (`is_dead`), unless it lives. Answers whether it was."""

    weight = 1

    def __init__(
        self,
        import_id: str,
        code: str,
        message: str,
        problems: Sequence[Problem] = (),
        count: int = 0,
        *,
        is_dead: bool = False,
    ) -> None:
        self._id = import_id
        self._is_dead = is_dead
        self._why = {"code": code, "message": message, "problems": list(problems), "problem_count": count}

    def reads(self) -> Iterable[Key]:
        """The import."""
        yield Import, self._id

    def decide(self, unit: UnitOfWork) -> Change[bool]:
        """Mark it: from now on it cannot be made true."""
        begun = unit.find(Import, self._id)
        if begun is None or begun.state != "staging" or (self._is_dead and begun.alive_until > unit.now):
            return Change(answer=False)
        failed = msgspec.structs.replace(begun, state="failed", ended_at=unit.now, **self._why)
        entry = NewEntry(kind="import.failed", data={"id": self._id, "code": failed.code})
        return Change(answer=True, entries=[entry], put=[failed])


class CompleteImport:
    """Make a staged import true: its seats are taken and its event names it, in one small change and one entry."""

    weight = 1

    def __init__(self, begun: Import, checked: Checked, seats: Seats) -> None:
        self._begun = begun
        self._blocks = list(checked.blocks.values())
        self._products = [{"name": name, "booked": count} for name, count in checked.products.items()]
        self._seats = seats

    def reads(self) -> Iterable[Key]:
        """The import, the event and the showings."""
        yield Import, self._begun.id
        yield Event, self._begun.event
        yield from ((Showing, block.showing.id) for block in self._blocks)

    def decide(self, unit: UnitOfWork) -> Change[None]:
        """Take the seats of all showings, or refuse; done again it changes nothing."""
        begun = unit.find(Import, self._begun.id)
        if begun is not None and begun.state == "completed":
            return Change(answer=None)
        if begun is None or begun.state != "staging":
            raise Conflict("import_ended", ENDED)
        if unit.event.closed:
            raise NotFound("Event not found")
        completed = msgspec.structs.replace(begun, state="completed", staged=begun.rows, ended_at=unit.now)
        event = msgspec.structs.replace(unit.event, imports=[*unit.event.imports, begun.id])
        change = Change(answer=None, put=[completed, event], bump={event.id})
        effect = {"booked": begun.rows}
        for block in self._blocks:
            self._take(unit, block, change, effect)
        data = {"id": begun.id, "rows": begun.rows, "products": self._products}
        change.entries.append(NewEntry(kind="import.completed", effect=effect, data=data))
        return change

    def _take(self, unit: UnitOfWork, block: Block, change: Change[None], effect: dict[str, int]) -> None:
        there = unit.find(Showing, block.showing.id) or block.showing
        if there.booked + block.count > there.capacity:
            raise RowsRefused([sold_out(block, there.capacity - there.booked)], 1)
        taken = self._seats.take_uncounted(unit, date=block.showing.date, time=block.showing.time, count=block.count)
        if taken.expires_at != self._seats.expiry(block.showing):
            raise Conflict("conflict", f"The time of {block.name} was changed meanwhile: import again")
        change.put += taken.put
        if taken.opened:
            effect["capacity"] = effect.get("capacity", 0) + taken.opened
