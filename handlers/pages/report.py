"""Report of the night as a page to read and to print (booking-api.md, the report of the night)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.pages.base import PageHandler
from hub.clock import in_zone
from hub.formats.dates import clock, when
from hub.language.catalogue import Language
from hub.model.event import Event
from hub.model.figures import FinalProduct
from hub.model.refusals import REASONS
from hub.model.report import ConflictSide, Who
from hub.reports.report import Report, read_report
from hub.reports.showings import ShowingFigures
from hub.sales.takings import Takings, TakingsRow, takings_of

WORDS = {**REASONS, "walk_in": "Walk-in"}
"""Codes as the doors and the dashboard say them (web/static/shared/messages.js)."""


class ReportPageHandler(PageHandler):
    """`/events/{uuid}/report`."""

    async def get(self, event_id: str) -> None:
        """Show the report as of now."""
        event = await self.hub.events.get(event_id)
        now = self.hub.clock.now()
        report = await read_report(event, self.hub.stats, self.hub.report_reader, now)
        words = ReportWords(event, report, self.language)
        shown = {"event": event, "when": when(event, self.language), "report": report, "words": words, "now": now}
        takings = takings_of(await self.hub.sales.sums(event), now)
        self.render("report.html", **shown, tables=[*tables_of(report, words), *money_tables(takings)])


class ReportWords:
    """Formatter of a report's times, doors and people."""

    def __init__(self, event: Event, report: Report, language: Language) -> None:
        self._language = language
        self._zone = ZoneInfo(event.timezone)
        self._doors = {door.id: door.name for door in report.doors}
        self._zones = {zone.id: zone.name for zone in event.zones}

    def time(self, at: datetime | str | None) -> str:
        """Return the time of day by the event's clock; empty for None. Journal entries hold theirs as text."""
        moment = datetime.fromisoformat(at) if isinstance(at, str) else at
        return clock(in_zone(moment, self._zone), self._language) if moment else ""

    def moment(self, at: datetime) -> str:
        """Return day and time by the event's clock."""
        local = in_zone(at, self._zone)
        return f"{local:%a} {local.day} {local:%b %Y}, {clock(local, self._language)}"

    def door(self, door: str | None) -> str:
        """Return a door's name; the venue for None, or for a door that is gone without a name."""
        return self._doors.get(door or "") or "The venue"

    def place(self, zone: str | None) -> str:
        """Return a zone's name; the venue for None."""
        return self._zones.get(zone or "") or "The venue"

    def who(self, who: Who | None) -> str:
        """Return the name of a device, login or key."""
        return (who and who.name) or "Somebody who is gone"

    def code(self, code: str | None) -> str:
        """Return a reason's code as words; a code without any as it is."""
        return WORDS.get(code or "") or (code or "other").replace("_", " ").capitalize()

    def side(self, side: ConflictSide | None) -> str:
        """Door and time of an entry in a conflict."""
        return f"{self.door(side.door)}, {self.time(side.at)}" if side and side.at else ""


ATTENDANCE = ("Booked", "Came", "Did not come", "Expected")
Table = tuple[str, tuple[str, ...], Sequence[tuple[str | int, ...]]]
"""A title, the columns' heads, and the rows."""


def tables_of(report: Report, words: ReportWords) -> list[Table]:
    """Return the lists of a report, as tables in the order that they are read."""
    return [*_figures(report, words), *_incidents(report, words)]


def _figures(report: Report, words: ReportWords) -> Iterable[Table]:
    showings = [(words.moment(one.starts_at), *_attendance(one)) for one in report.showings]
    if len(showings) > 1:
        yield "Times", ("Time", *ATTENDANCE), showings
    products = [(one.name or "Tickets", *_attendance(one)) for one in report.products]
    yield "Products", ("Product", *ATTENDANCE), products
    doors = [(words.door(one.id), one.admitted, one.exited, one.denied) for one in report.doors]
    yield "Doors", ("Door", "Admitted", "Left", "Refused"), doors
    yield "Refusals", ("Reason", "Times"), [(words.code(one.code), one.count) for one in report.refusals]
    counted = [(words.code(one.kind), one.entered, one.left) for one in report.headcount]
    yield "Without tickets", ("Who", "In", "Out"), counted


def _attendance(one: ShowingFigures | FinalProduct) -> tuple[int, int, int, int]:
    return one.booked, one.came, one.no_show, one.expected


def money_tables(takings: Takings) -> Iterable[Table]:
    """Return the takings, as tables by kind, method, person and door."""
    lists = (("kind", takings.kinds), ("method", takings.methods), ("person", takings.people), ("door", takings.doors))
    for name, rows in lists:
        head = (name.capitalize(), "Payments", "Taken", "Given back", "Takings", "Currency")
        yield f"Takings by {name}", head, [_money_row(row) for row in rows]


def _money_row(row: TakingsRow) -> tuple[str | int, ...]:
    return row.name, row.payments, row.taken, row.returned, row.net, row.currency or ""


def _incidents(report: Report, words: ReportWords) -> Iterable[Table]:
    time, who, door = words.time, words.who, words.door
    forced = [(time(one.at), door(one.door), who(one.who), one.reason or "") for one in report.overrides]
    yield "Forced entries", ("Time", "Door", "By", "Reason"), forced
    conflicts = [(words.code(one.reason), words.side(one.entry), words.side(one.counted)) for one in report.conflicts]
    yield "Conflicts from being offline", ("Why", "Let in", "Counted"), conflicts
    recounts = [
        (time(one.at), words.place(one.zone), who(one.who), one.was or 0, one.inside or 0, one.reason or "")
        for one in report.recounts
    ]
    yield "Recounts", ("Time", "Where", "By", "Was", "Is", "Reason"), recounts
    offline = [(who(one.who), time(one.begun_at), time(one.ended_at), one.scans) for one in report.offline]
    yield "Offline", ("Device", "From", "Until", "Scans"), offline
