"""The clock: the only source of the present time, so that tests can set it."""

from datetime import MINYEAR, UTC, datetime, timedelta, tzinfo


def in_zone(moment: datetime, zone: tzinfo) -> datetime:
    """Return `moment` (aware) as clocks in `zone` show it; where no calendar day is left, the first or last instant."""
    try:
        return moment.astimezone(zone)
    except OverflowError:
        return (datetime.min if moment.year == MINYEAR else datetime.max).replace(tzinfo=zone)


def to_millis(moment: datetime) -> datetime:
    """Cut `moment` (aware) to whole milliseconds in UTC: what MongoDB keeps, so that an answer equals the record."""
    moment = in_zone(moment, UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


class Clock:
    """The time of day, in UTC, in whole milliseconds."""

    def now(self) -> datetime:
        """Return the present instant."""
        return to_millis(datetime.now(UTC))


class SettableClock(Clock):
    """A clock that stands where it was set, for tests and rehearsals."""

    def __init__(self, moment: datetime) -> None:
        self._moment = to_millis(moment)

    def now(self) -> datetime:
        """Return the instant it was set to."""
        return self._moment

    def set(self, moment: datetime) -> None:
        """Set it to `moment` (aware)."""
        self._moment = to_millis(moment)

    def advance(self, step: timedelta) -> None:
        """Move it on by `step`."""
        self._moment = to_millis(self._moment + step)
