"""Corrections in batches: where a list changes more tickets than doors may wait for, a few at a time.

Each batch is a change of its own, with its seats and counts. A process that dies between two leaves a part corrected,
and the same list again corrects the rest. `CompleteImport` sums all of them up in its one entry.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import partial

import msgspec

from hub.errors import Conflict, NotFound
from hub.importing.complete import ENDED
from hub.importing.corrections import Correction, compare
from hub.importing.file.rows import Row
from hub.importing.file.showings import Times
from hub.importing.ledger import Ledger, keys_of
from hub.importing.matching import Lookup
from hub.importing.moves import Move, in_order
from hub.importing.retry import Retry
from hub.model.command import Change, Key, NewEntry, UnitOfWork
from hub.model.imports import Import
from hub.model.ticket import Ticket
from hub.tickets.seats import Seats
from hub.tickets.waiting_queue import with_offers

AT_ONCE = 20
"""Tickets of a batch: it takes the event's stream as a scan does, and doors wait while it is written."""
ALIVE_FOR = timedelta(seconds=60)
"""How long an import without a sign of life counts as under way."""
TRIES = 5
"""How often a batch is compared anew where its tickets change meanwhile."""


class CorrectTickets:
    """Command: correct some tickets of a list. Answers with the numbers changed, cancelled and left as they are.

    Raises `Conflict` where one is not any more as it was compared.
    """

    weight = 1

    def __init__(self, import_id: str, corrections: Sequence[Correction], seats: Seats, staged: int) -> None:
        """`staged` is how many rows of the import are through with these."""
        self._id = import_id
        self._corrections = corrections
        self._seats = seats
        self._staged = staged

    def reads(self) -> Iterable[Key]:
        """The import, and the tickets with all that hangs on them."""
        return {(Import, self._id): None} | keys_of(self._corrections, self._id, self._seats)

    def decide(self, unit: UnitOfWork) -> Change[Counter[str]]:
        """Correct them; an entry names them, with the effect on the counts."""
        begun = unit.find(Import, self._id)
        if begun is None or begun.state != "staging":
            raise Conflict("import_ended", ENDED)
        if begun.staged >= self._staged:
            return Change(answer=Counter(self._outcome(unit, each) for each in self._corrections))
        if unit.event.closed:
            raise NotFound("Event not found")
        ledger = Ledger(unit, self._seats)
        done = Counter(each.kind if ledger.correct(each, begun.id) else "untouched" for each in self._corrections)
        seated = ledger.seat()
        noted = msgspec.structs.replace(
            begun,
            staged=self._staged,
            changed=begun.changed + done["changed"],
            canceled=begun.canceled + done["canceled"],
            alive_until=unit.now + ALIVE_FOR,
        )
        counted = {"booked": ledger.booked, "capacity": seated.opened}
        change: Change[Counter[str]] = Change(
            answer=done, put=[noted, *seated.put, *ledger.put()], drop=[*ledger.drop()]
        )
        if changed := [*ledger.tickets]:
            data = {"id": begun.id, "staged": self._staged, "rows": begun.rows, "products": ledger.products_of()}
            data["tickets"] = changed
            effect = {name: count for name, count in counted.items() if count}
            change.entries.append(NewEntry(kind="import.progress", effect=effect, data=data))
        return with_offers(unit, change, self._seats)

    def _outcome(self, unit: UnitOfWork, correction: Correction) -> str:
        """Outcome for a ticket when this was done before."""
        ticket = unit.find(Ticket, correction.seen.id)
        is_done = ticket is not None and correction.is_done(ticket, self._id)
        return correction.kind if is_done else "untouched"


Append = Callable[[CorrectTickets], Awaitable[Counter[str]]]


class BatchCorrector:
    """Corrector of the tickets that the rows of one list name, in batches; `done` counts the outcomes.

    Moves to showings, and to products there, that may be full meanwhile wait for the other rows: `moves`.
    """

    def __init__(
        self,
        begun: Import,
        lookup: Lookup,
        times: Times,
        seats: Seats,
        append: Append,
        retry: Retry,
        staged: int,
        full: Collection[str],
    ) -> None:
        """`staged` is how many rows of the import are through, `full` are the places that may be full."""
        self._begun = begun
        self._lookup = lookup
        self._times = times
        self._seats = seats
        self._append = append
        self._retry = retry
        self.done: Counter[str] = Counter()
        self.staged = staged
        self._full = full
        self._waiting: list[tuple[Row, Move]] = []

    def moves(self, free: Mapping[str, int]) -> Iterator[list[Row]]:
        """Yield the rows that wait, in batches that fit one after another; `free` is the room of places."""
        waiting, self._waiting, self._full = self._waiting, [], frozenset()
        rows = {move.name: row for row, move in waiting}
        batch: list[Row] = []
        for group in in_order([move for _, move in waiting], free):
            batch += [rows[move.name] for move in group]
            if len(batch) >= AT_ONCE:
                yield batch
                batch = []
        yield batch

    async def correct(self, rows: Sequence[Row]) -> None:
        """Correct the tickets of some rows. Raises `Conflict` where they change again and again meanwhile."""
        for left in reversed(range(TRIES)):
            found, as_they_are = await self._retry.run(partial(self.compare, rows))
            waiting = [(row, move) for row, each in found if (move := self._full_move(each))]
            corrections = [each for _, each in found if not self._full_move(each)]
            staged = self.staged + len(rows) - len(waiting)
            try:
                if corrections:
                    command = CorrectTickets(self._begun.id, corrections, self._seats, staged)
                    self.done += await self._retry.run(partial(self._append, command))
            except Conflict as conflict:
                if conflict.code != "conflict" or not left:
                    raise
                await asyncio.sleep(0)
                continue
            self.done += as_they_are
            self.staged = staged
            self._waiting += waiting
            return

    def _full_move(self, correction: Correction) -> Move | None:
        """Return the move of a correction where there may be no room for it meanwhile."""
        move = correction.move or correction.exchange
        return move if move and move.target in self._full else None

    async def compare(self, rows: Sequence[Row]) -> tuple[list[tuple[Row, Correction]], Counter[str]]:
        """Return the corrections of the rows, and how many tickets they leave as they are."""
        known = await self._lookup.known(rows)
        corrections: list[tuple[Row, Correction]] = []
        left: Counter[str] = Counter()
        for row in rows:
            there = self._lookup.there(row, known)
            if len(there) != 1:
                left["untouched"] += 1  # deleted meanwhile, or now two tickets
                continue
            compared = compare(row, there[0], self._times, is_own=self._lookup.is_own)
            if compared.correction is not None:
                corrections.append((row, compared.correction))
            else:
                left["untouched" if compared.why else "unchanged"] += 1
        return corrections, left
