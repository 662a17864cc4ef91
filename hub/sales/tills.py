"""Tills: opened with a float, counted and closed. A closing is an entry of the journal, and changes no more. Pure."""

from collections.abc import Iterable, Mapping

import msgspec
from msgspec import UNSET

from hub.door.payment import till_of
from hub.errors import BadInput, Conflict, NotFound
from hub.formats.money import CURRENCIES, WRONG_CURRENCY, to_minor
from hub.model.command import Change, Key, NewEntry, UnitOfWork
from hub.model.event import Event
from hub.model.kinds import Kind
from hub.model.payment import MOST_MINOR, Cash, Float, Till, TillData, expected_cash, till_id
from hub.sales.payments import WRONG_AMOUNT

UNCLOSED = "The till cannot be closed"


def minor_amounts(amounts: Mapping[str, str], field: str) -> dict[str, int]:
    """Return amounts by currency in minor units. Raises `BadInput` that names each that is none."""
    found, errors = {}, {}
    for currency, text in amounts.items():
        try:
            found[currency] = to_minor(text, currency)
        except ValueError:
            errors[f"{field}.{currency}"] = WRONG_AMOUNT
            continue
        if found[currency] >= MOST_MINOR:
            errors[f"{field}.{currency}"] = WRONG_AMOUNT
    if errors:
        raise BadInput(UNCLOSED, errors)
    return found


class TillCommand:
    """Base of the commands of one till; `number` is the period that they are about."""

    weight = 1

    def __init__(self, event: Event, holder: str, number: int, by: str) -> None:
        self._key = till_id(event.id, holder)
        self._holder = holder
        self._number = number
        self._by = by

    def reads(self) -> Iterable[Key]:
        """Document of the till."""
        yield Till, self._key

    def till(self, unit: UnitOfWork) -> Till:
        """Return the till. Raises `Conflict` (`till_closed`) where the period was closed meanwhile."""
        till = till_of(unit, self._holder)
        if till.number != self._number:
            raise Conflict("till_closed", "This till was closed already: its figures have begun anew")
        return till

    def entry(self, kind: Kind, till: Till, data: TillData | None = None) -> NewEntry:
        """Journal entry of the till, with the `data` of its kind."""
        data = msgspec.structs.replace(data or TillData(), holder=till.holder, number=till.number, floats=till.floats)
        return NewEntry(kind=kind, device=self._by, data=msgspec.to_builtins(data))


class OpenTill(TillCommand):
    """Command: say with how much change money a till was opened; the last word counts until it is closed."""

    def __init__(self, event: Event, holder: str, number: int, by: str, floats: Mapping[str, int]) -> None:
        super().__init__(event, holder, number, by)
        self._floats = [Float(currency=currency, amount=amount) for currency, amount in floats.items() if amount]

    def decide(self, unit: UnitOfWork) -> Change[Till]:
        """Return the change. Raises `Conflict` (`till_closed`), or `NotFound` for a stranger's till."""
        self._check_holder(unit)
        before = self.till(unit)
        till = msgspec.structs.replace(before, floats=self._floats, opened_at=before.opened_at or unit.now)
        entry = self.entry("till.opened", till)
        return Change(answer=till, put=[till], entries=[entry] if till != before else [])

    def _check_holder(self, unit: UnitOfWork) -> None:
        """Raise `NotFound` unless it is one's own till, one that the event has, or that of a device of the event."""
        if self._holder == self._by or unit.find(Till, self._key) is not None:
            return
        device = unit.device(self._holder)
        if device is None or device.event != unit.event.id:
            raise NotFound("There is no such till")


class CloseTill(TillCommand):
    """Command: close a till with its counted cash; the entry has the expected cash and the difference, too."""

    def __init__(
        self, event: Event, holder: str, number: int, by: str, counted: Mapping[str, int], note: str | None
    ) -> None:
        super().__init__(event, holder, number, by)
        self._counted = counted
        self._note = note

    def decide(self, unit: UnitOfWork) -> Change[Till]:
        """Return the change.

        Raises `Conflict` (`till_closed`, `till_empty`), or `BadInput` for a currency that is wrong or left out.
        """
        till = self.till(unit)
        expected = expected_cash(till)
        self._check_currencies(expected)
        if till.opened_at is None:
            raise Conflict("till_empty", "There is nothing to close: no float, and no payment since the last closing")
        self._check_counted(expected)
        data = TillData(
            opened_at=till.opened_at.isoformat(),
            sums=till.sums,
            cash=_cash(expected, self._counted),
            note=self._note or UNSET,
        )
        after = Till(id=till.id, event=till.event, holder=till.holder, number=till.number + 1)
        return Change(answer=after, put=[after], entries=[self.entry("till.closed", till, data)])

    def _check_currencies(self, expected: Mapping[str, int]) -> None:
        """Raise `BadInput` for currencies that there are not, unless a version before took them into this till."""
        unknown = [currency for currency in self._counted if currency not in CURRENCIES and currency not in expected]
        if unknown:
            raise BadInput(UNCLOSED, {f"counted.{currency[:10]}": WRONG_CURRENCY for currency in unknown})

    def _check_counted(self, expected: Mapping[str, int]) -> None:
        left_out = [currency for currency in expected if currency not in self._counted]
        if left_out:
            errors = {f"counted.{currency}": "must be counted, be it 0" for currency in left_out}
            raise BadInput(UNCLOSED, errors)


def _cash(expected: Mapping[str, int], counted: Mapping[str, int]) -> list[Cash]:
    """Cash of a closing by currency: expected, counted, and their difference."""
    return [
        Cash(
            currency=currency,
            expected=expected.get(currency, 0),
            counted=counted.get(currency, 0),
            difference=counted.get(currency, 0) - expected.get(currency, 0),
        )
        for currency in sorted({*expected, *counted})
    ]
