"""The clock: the only source of the present time, so that tests can set it."""

import time
from datetime import MINYEAR, UTC, datetime, timedelta, tzinfo

from typing_extensions import override


def in_zone(moment: datetime, zone: tzinfo) -> datetime:
    """Return `moment` (aware) as clocks in `zone` show it; where no calendar day is left, the first or last instant."""
    try:
        return moment.astimezone(zone)
    except OverflowError:
        return (datetime.min if moment.year == MINYEAR else datetime.max).replace(tzinfo=zone)


def to_millis(moment: datetime) -> datetime:
    """Cut `moment` (aware) to whole milliseconds in UTC, as MongoDB keeps it, so that an answer equals the record."""
    moment = in_zone(moment, UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


class Clock:
    """The time of day, in UTC, in whole milliseconds."""

    def now(self) -> datetime:
        """Return the present instant."""
        return to_millis(datetime.now(UTC))

    def monotonic(self) -> float:
        """Return seconds that only ever go up, by which durations are measured."""
        return time.monotonic()


class SettableClock(Clock):
    """A clock that stands where it was set, for tests and rehearsals."""

    def __init__(self, moment: datetime) -> None:
        self._moment = self._latest = to_millis(moment)

    @override
    def now(self) -> datetime:
        """Return the instant it was set to."""
        return self._moment

    @override
    def monotonic(self) -> float:
        """Return the seconds of the latest instant that it was ever set to."""
        return self._latest.timestamp()

    def set(self, moment: datetime) -> None:
        """Set it to `moment` (aware)."""
        self._moment = to_millis(moment)
        self._latest = max(self._latest, self._moment)

    def advance(self, step: timedelta) -> None:
        """Move it on by `step`."""
        self.set(self._moment + step)
