"""Report of the night as a page to read and to print (booking-api.md, the report of the night)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton

from handlers.pages.base import PageHandler
from hub.clock import in_zone
from hub.formats.dates import clock, when
from hub.formats.money import decimal_in
from hub.language.catalogue import Language
from hub.model.event import Event
from hub.model.figures import FinalProduct
from hub.model.report import ConflictSide, Who
from hub.reports.report import Report, read_report
from hub.reports.showings import ShowingFigures
from hub.sales.takings import Takings, TakingsRow, takings_of

ROWS = {
    "Unknown": "report-row-unknown",
    "At no door": "report-row-no-door",
    "Tickets": "report-tickets",
    "Cash": "report-row-cash",
    "Card": "report-row-card",
    "Transfer": "report-row-transfer",
    "Free": "report-row-free",
}
"""Messages of the rows that takings name in words of their own (`hub/sales/takings.py`)."""


class ReportPageHandler(PageHandler):
    """`/events/{uuid}/report`."""

    is_translated = True

    async def get(self, event_id: str) -> None:
        """Show the report as of now."""
        event = await self.hub.events.get(event_id)
        self.event_language = event.language
        now = self.hub.clock.now()
        report = await read_report(event, self.hub.stats, self.hub.report_reader, now)
        words = ReportWords(event, report, self.language)
        shown = {"event": event, "when": when(event, self.language), "report": report, "words": words, "now": now}
        takings = takings_of(await self.hub.sales.sums(event), now)
        self.render(
            "report.html", **shown, tables=[*tables_of(report, words), *money_tables(takings, words)], counted=COUNTED
        )


class ReportWords:
    """Formatter of a report's times, doors and people."""

    def __init__(self, event: Event, report: Report, language: Language) -> None:
        self.say = language.say
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
        day = format_skeleton("yMMMEd", local, locale=self._language.locale).replace(",", "")
        return self.say("when", day=day, time=clock(local, self._language))

    def door(self, door: str | None) -> str:
        """Return a door's name; the venue for None, or for a door that is gone without a name."""
        return self._doors.get(door or "") or self.say("report-venue")

    def place(self, zone: str | None) -> str:
        """Return a zone's name; the venue for None."""
        return self._zones.get(zone or "") or self.say("report-venue")

    def who(self, who: Who | None) -> str:
        """Return the name of a device, login or key."""
        return (who and who.name) or self.say("report-gone")

    def code(self, code: str | None) -> str:
        """Return a reason's code as words; a code without any as it is."""
        names = (f"reason-{code}", f"report-row-{code or 'other'}")
        known = next((name for name in names if self._language.knows(name)), None)
        return self.say(known) if known else (code or "").replace("_", " ").capitalize()

    def row(self, name: str) -> str:
        """Return the name of a row of takings: one that the hub gives in words, else as it is."""
        return self.say(ROWS[name]) if name in ROWS else name

    def amount(self, decimal: str) -> str:
        """Return an amount of takings as the language writes decimals."""
        return decimal_in(self._language, decimal)

    def side(self, side: ConflictSide | None) -> str:
        """Door and time of an entry in a conflict."""
        return f"{self.door(side.door)}, {self.time(side.at)}" if side and side.at else ""


ATTENDANCE = ("report-booked", "report-came", "report-no-show", "report-expected")
COUNTED = frozenset(
    (
        *ATTENDANCE,
        *("report-admitted", "report-left", "report-refused", "report-count", "report-in", "report-out"),
        *("report-payments", "report-taken", "report-given-back", "report-net"),
        *("report-was", "report-is", "report-scans"),
    )
)
"""The heads of columns of numbers, which stand below each other by their last digit."""
MONEY = ("report-payments", "report-taken", "report-given-back", "report-net", "report-currency")
Table = tuple[str, tuple[str, ...], Sequence[tuple[str | int, ...]]]
"""The messages of a title and of the columns' heads, and the rows."""


def tables_of(report: Report, words: ReportWords) -> list[Table]:
    """Return the lists of a report, as tables in the order that they are read."""
    return [*_figures(report, words), *_incidents(report, words)]


def _figures(report: Report, words: ReportWords) -> Iterable[Table]:
    showings = [(words.moment(one.starts_at), *_attendance(one)) for one in report.showings]
    if len(showings) > 1:
        yield "report-times", ("report-showing", *ATTENDANCE), showings
    products = [(one.name or words.say("report-tickets"), *_attendance(one)) for one in report.products]
    yield "report-products", ("report-product", *ATTENDANCE), products
    doors = [(words.door(one.id), one.admitted, one.exited, one.denied) for one in report.doors]
    yield "report-doors", ("report-door", "report-admitted", "report-left", "report-refused"), doors
    refusals = [(words.code(one.code), one.count) for one in report.refusals]
    yield "report-refusals", ("report-reason", "report-count"), refusals
    counted = [(words.code(one.kind), one.entered, one.left) for one in report.headcount]
    yield "report-headcount", ("report-who", "report-in", "report-out"), counted


def _attendance(one: ShowingFigures | FinalProduct) -> tuple[int, int, int, int]:
    return one.booked, one.came, one.no_show, one.expected


def money_tables(takings: Takings, words: ReportWords) -> Iterable[Table]:
    """Return the takings, as tables by kind, method, person and door."""
    lists = (
        ("report-takings-kind", "report-kind", takings.kinds),
        ("report-takings-method", "report-method", takings.methods),
        ("report-takings-person", "report-person", takings.people),
        ("report-takings-door", "report-door", takings.doors),
    )
    for title, subject, rows in lists:
        yield title, (subject, *MONEY), [_money_row(row, words) for row in rows]


def _money_row(row: TakingsRow, words: ReportWords) -> tuple[str | int, ...]:
    taken, returned, net = (words.amount(each) for each in (row.taken, row.returned, row.net))
    return words.row(row.name), row.payments, taken, returned, net, row.currency or ""


def _incidents(report: Report, words: ReportWords) -> Iterable[Table]:
    time, who, door = words.time, words.who, words.door
    forced = [(time(one.at), door(one.door), who(one.who), one.reason or "") for one in report.overrides]
    yield "report-forced", ("report-time", "report-door", "report-by", "report-reason"), forced
    conflicts = [(words.code(one.reason), words.side(one.entry), words.side(one.counted)) for one in report.conflicts]
    yield "report-conflicts", ("report-why", "report-let-in", "report-counted"), conflicts
    recounts = [
        (time(one.at), words.place(one.zone), who(one.who), one.was or 0, one.inside or 0, one.reason or "")
        for one in report.recounts
    ]
    heads = ("report-time", "report-where", "report-by", "report-was", "report-is", "report-reason")
    yield "report-recounts", heads, recounts
    offline = [(who(one.who), time(one.begun_at), time(one.ended_at), one.scans) for one in report.offline]
    yield "report-offline", ("report-device", "report-from", "report-until", "report-scans"), offline
