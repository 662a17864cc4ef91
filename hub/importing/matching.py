"""Matching of a file's rows to existing tickets: which are new, and the changes of the others."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from uuid import NAMESPACE_OID, uuid5

import msgspec

from hub.errors import BadInput
from hub.importing.checked import MOST_KINDS, SAMPLES, Checked, RowChange, Untouched
from hub.importing.corrections import Correction, compare
from hub.importing.file.rows import UUID as UUID_FORM
from hub.importing.file.rows import Identity, Row
from hub.importing.file.showings import Times, WrongTime
from hub.importing.problems import Problems
from hub.model.event import Showing
from hub.model.imports import Known, Problem
from hub.tickets.seats import left_of

FindKnown = Callable[[Collection[Identity]], Awaitable[Collection[Known]]]
"""The tickets, and reservations, that have some barcodes and ids; of whatever event and import."""


class Lookup:
    """Finder of the tickets that rows of one file name."""

    def __init__(self, find_known: FindKnown, times: Times, *, is_own: bool) -> None:
        """`is_own` says that the file is the export of a hub."""
        self._find_known = find_known
        self._times = times
        self.is_own = is_own

    async def known(self, rows: Sequence[Row]) -> dict[Identity, Known]:
        """Return the existing tickets, and of our own export the reservations, by the rows' identities."""
        asked = [identity for row in rows for identity in self._identities(row)]
        known: dict[Identity, Known] = {}
        for each in await self._find_known(asked) if asked else ():
            if each.ticket is not None:
                known["uuid", each.ticket.id] = each
                if each.ticket.barcode is not None and each.ticket.event == self._times.event_id:
                    known["barcode", each.ticket.barcode] = each
            if each.reservation is not None:
                known["reservation", each.reservation.id] = each
        return known

    def named(self, row: Row, known: Mapping[Identity, Known]) -> list[Known]:
        """Return the tickets that a row names, of whatever event and import; one by one."""
        found = [known[each] for each in self._identities(row) if each in known and each[0] != "reservation"]
        return list({each.ticket.id: each for each in found if each.ticket is not None}.values())

    def there(self, row: Row, known: Mapping[Identity, Known]) -> list[Known]:
        """Return the tickets of the event that a row names: two, where its barcode is another one's."""
        return [each for each in self.named(row, known) if each.ticket and self._times.is_there(each.ticket)]

    def _identities(self, row: Row) -> list[Identity]:
        """Return the possible identities of a row's ticket: one of our export has another id where it was copied."""
        more: list[Identity] = []
        if self.is_own and row.guest.uuid is not None:
            more.append(("uuid", own_id(self._times.event_id, row.guest.uuid)))
        if self.is_own and row.reservation is not None:
            more += [("reservation", row.reservation), ("reservation", own_id(self._times.event_id, row.reservation))]
        return [*row.identities, *more]


class Matcher:
    """Matcher of one file's rows, some at a time; counts the outcomes into `checked`."""

    def __init__(self, checked: Checked, times: Times, problems: Problems, lookup: Lookup) -> None:
        self._checked = checked
        self._times = times
        self._problems = problems
        self._lookup = lookup
        self._is_own = lookup.is_own
        self._members: defaultdict[str, list[str]] = defaultdict(list)

    async def match(self, rows: Sequence[Row]) -> None:
        """Match some rows."""
        known = await self._lookup.known(rows)
        for row in rows:
            self._match(row, known)

    def join(self) -> None:
        """Count the rows to be added to existing reservations, and name the tickets that are in them already."""
        checked = self._checked
        for order, count in checked.parties.items():
            if reservation := checked.orders.get(order):
                checked.joins[reservation] += count
        checked.siblings = [ticket for reservation in checked.joins for ticket in self._members[reservation]]

    def _match(self, row: Row, known: Mapping[Identity, Known]) -> None:
        found, there = self._lookup.named(row, known), self._lookup.there(row, known)
        if len(there) > 1:
            text = "is that of another ticket than the row's id"
            self._problems.add(Problem(row=row.number, column="barcode", code="duplicate", message=text))
            return
        if there:
            self._known(row, there[0])
            return
        if found and not self._is_own:
            self._refuse(row, known)
        elif found:
            self._checked.renamed.add(row.number)
        if self._is_own and row.reservation is not None:
            self._place_order(row, known)
        if row.status == "canceled" and not (self._is_own and self._can_be_added(row)):
            self._checked.left_out += 1
        else:
            self._new(row)

    def _can_be_added(self, row: Row) -> bool:
        """Return whether a cancelled ticket of our own export can be kept as that."""
        try:
            if row.showing is not None:
                self._times.refuse_over(row.showing)
        except WrongTime:
            return False
        return row.showing is not None

    def _refuse(self, row: Row, known: Mapping[Identity, Known]) -> None:
        for identity in row.identities:
            if identity in known:
                message = "is another event's, or is being imported"
                self._problems.add(Problem(row=row.number, column=identity[0], code="duplicate", message=message))

    def _place_order(self, row: Row, known: Mapping[Identity, Known]) -> None:
        """Find the reservation of an exported ticket: the existing one, or one of another event."""
        order = row.reservation
        assert order is not None
        ids = (order, own_id(self._times.event_id, order))
        there = [each.reservation for id in ids if (each := known.get(("reservation", id))) and each.reservation]
        here = next((each for each in there if each.event == self._times.event_id), None)
        if here is not None:
            self._checked.orders.setdefault(order, here.id)
            self._checked.party_sizes[here.id] = here.tickets_count
        elif UUID_FORM.fullmatch(order):
            self._checked.own_orders.setdefault(order, ids[1] if there else order)
            self._checked.share(order, row.guest.details)

    def _known(self, row: Row, known: Known) -> None:
        checked, ticket = self._checked, known.ticket
        assert ticket is not None
        checked.skipped.add(row.number)
        self._members[ticket.reservation].append(ticket.id)
        if row.reservation is not None:
            checked.orders[row.reservation] = ticket.reservation
            checked.party_sizes[ticket.reservation] = known.reservation.tickets_count if known.reservation else 1
        compared = compare(row, known, self._times, is_own=self._is_own)
        if compared.correction is not None:
            checked.correct(compared.correction)
            self._move(row, compared.correction)
            self._take_product(row, compared.correction)
            self._show(row, compared.correction.kind)
        elif compared.why is not None:
            checked.leave(Untouched(row=row.number, ticket=ticket.id, name=ticket.name, why=compared.why))
            self._show(row, "untouched")
        else:
            checked.unchanged += 1
            self._show(row, "unchanged")

    def _move(self, row: Row, correction: Correction) -> None:
        """Count a ticket that takes a seat of another showing, or takes one again."""
        if (move := correction.move) is None:
            return
        showing = self._showing_of(row, move.target)
        if showing is None:
            return  # its own time was deleted
        try:
            self._times.refuse_over(showing)
        except WrongTime as wrong:
            self._problems.add(wrong.at(row.number))
        self._checked.add_row(self._checked.moved, showing, row.number)

    def _take_product(self, row: Row, correction: Correction) -> None:
        """Count a ticket that takes one of a product with a capacity, or takes it of another showing, or again."""
        before = correction.seen
        after = msgspec.structs.replace(before, **correction.fields)
        is_held = before.status != "canceled" and (before.product, before.showing) == (after.product, after.showing)
        if after.status != "canceled" and not is_held and (showing := self._showing_of(row, after.showing)):
            self._limit(after.product, showing, row)

    def _showing_of(self, row: Row, showing_id: str) -> Showing | None:
        """Return the showing of a corrected ticket, by its row where that names it; None where it was deleted."""
        return row.showing if row.showing and row.showing.id == showing_id else self._times.showing(showing_id)

    def _limit(self, product: str | None, showing: Showing, row: Row) -> None:
        if left_of(self._times.event, showing, product) is not None:
            self._checked.limit(product, showing, row.number)

    def _new(self, row: Row) -> None:
        checked = self._checked
        if row.status == "canceled":
            checked.rows += 1
            checked.skipped.discard(row.number)
        showing = row.showing
        if showing is None:
            if row.unplaced is not None:
                self._problems.add(row.unplaced)
            return
        try:
            self._times.refuse_over(showing)
        except WrongTime as wrong:
            self._problems.add(wrong.at(row.number))
            return
        checked.added += 1
        self._show(row, "added")
        if row.reservation is not None:
            checked.parties[row.reservation] += 1
        if row.status != "canceled":
            self._take_seat(row)

    def _take_seat(self, row: Row) -> None:
        checked, showing = self._checked, row.showing
        assert showing is not None
        checked.add_row(checked.blocks, showing, row.number)
        checked.products[row.guest.product] += 1
        checked.parts[row.guest.product, showing.id] += 1
        self._limit(row.guest.product, showing, row)
        if max(len(checked.blocks), len(checked.products)) > MOST_KINDS:
            raise BadInput(f"One import may hold tickets of {MOST_KINDS} times and {MOST_KINDS} products at most")

    def _show(self, row: Row, change: RowChange) -> None:
        if len(self._checked.sample) < SAMPLES and row.showing is not None:
            self._checked.sample.append(row)
            self._checked.sample_changes.append(change)


def own_id(event_id: str, exported: str) -> str:
    """Return the id that an exported ticket, or its reservation, has in an event it was copied into."""
    return str(uuid5(NAMESPACE_OID, f"{event_id}/{exported}"))
