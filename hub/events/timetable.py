"""Timetable: the showings of an event as a change of its times finds them, and the ends that follow from it. Pure.

The end of a showing depends on the next one and on its event (`hub.model.event.ends_of`), so a change of times may move
the ends of others. It is planned on what was read before its transaction, which sees only the documents that it named;
the event's `times_version` shows whether the plan still holds.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from hub.errors import Conflict
from hub.model.command import Key, UnitOfWork
from hub.model.event import Event, Showing, ends_of


class StaleTimetable(Conflict):
    """Conflict of a timetable whose event's times changed since they were read: plan again."""

    def __init__(self) -> None:
        super().__init__("conflict", "Somebody else is changing the times of this event: try again")


class Timetable:
    """An event's showings as of one version of its times."""

    def __init__(self, event: Event, showings: Iterable[Showing] = ()) -> None:
        self._version = event.times_version
        self._showings = {showing.id: showing for showing in showings}

    @property
    def showing_ids(self) -> Iterable[str]:
        """Ids of the showings."""
        return self._showings.keys()

    def moved(self, event: Event, changed: Sequence[Showing] = ()) -> list[str]:
        """Ids of the showings here that end at another time once `event` and the `changed` showings are so."""
        ends = self._ends(event, changed)
        return [showing.id for showing in self._showings.values() if showing.over_at != ends[showing.id]]

    def sells(self, product: str) -> bool:
        """Whether tickets of a product are booked here."""
        return any(each.product == product for showing in self._showings.values() for each in showing.booked_by)

    def reads(self, event: Event, changed: Sequence[Showing] = ()) -> Iterable[Key]:
        """The documents that such a change replaces beside `changed`: the event, and the showings whose ends move."""
        yield Event, event.id
        yield from ((Showing, showing_id) for showing_id in self.moved(event, changed))

    def change(
        self, unit: UnitOfWork, event: Event, changed: Sequence[Showing] = ()
    ) -> tuple[Event, list[Showing], list[Showing]]:
        """Return `event` at its next version, `changed` with their ends, and the others whose ends move.

        Those with another end than before are marked, so that their tickets follow. Raises `StaleTimetable`.
        """
        if unit.event.times_version != self._version:
            raise StaleTimetable
        version = self._version + 1
        ends = self._ends(event, changed)
        own = {showing.id for showing in changed}
        others = [unit.find(Showing, each) for each in self.moved(event, changed) if each not in own]
        after = [self._ended(each, ends, version) for each in changed]
        moved = [self._ended(each, ends, version) for each in others if each is not None]
        return msgspec.structs.replace(event, times_version=version), after, moved

    def _ends(self, event: Event, changed: Sequence[Showing]) -> dict[str, datetime | None]:
        return ends_of(event, {**self._showings, **{showing.id: showing for showing in changed}}.values())

    def _ended(self, showing: Showing, ends: dict[str, datetime | None], version: int) -> Showing:
        end, before = ends[showing.id], self._showings.get(showing.id)
        retime = version if before is not None and before.over_at != end else showing.retime
        return msgspec.structs.replace(showing, over_at=end, retime=retime)
