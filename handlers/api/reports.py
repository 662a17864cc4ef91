"""The figures of an event over REST: statistics while it runs, the report of the night (booking-api.md)."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from handlers.http.base import BaseHandler
from hub.formats.csv_cells import to_cell
from hub.reports.report import read_report
from hub.reports.stats import describe_stats

COLUMNS = ("part", "name", "figure", "value")
Row = tuple[str, str | None, str, Any]


class StatsHandler(BaseHandler):
    """`/api/events/{uuid}/stats`."""

    async def get(self, event_id: str) -> None:
        """Return the figures by door, product, reason and five minutes, exact as of their sequence."""
        event = await self.hub.events.get(event_id)
        tally = await self.hub.stats.tally(event_id)
        self.answer(describe_stats(tally, event, self.hub.clock.now()))


class ReportHandler(BaseHandler):
    """`/api/events/{uuid}/report`."""

    async def get(self, event_id: str) -> None:
        """Return the report of the night; its figures as CSV where that is what is accepted."""
        event = await self.hub.events.get(event_id)
        report = await read_report(event, self.hub.stats, self.hub.store.nights, self.hub.clock.now())
        self.set_header("Vary", "Accept")
        if "text/csv" not in self.request.headers.get("Accept", ""):
            self.answer(report)
            return
        self.set_header("Content-Type", "text/csv; charset=utf-8")
        self.set_header("Content-Disposition", 'attachment; filename="report.csv"')
        self.finish(to_csv(report))


def to_csv(report: dict[str, Any]) -> str:
    """Return a report's figures as CSV: one a row, with what it is of; of most lists only how long they are."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([to_cell(cell) for cell in row] for row in _rows(report))
    return text.getvalue()


def _rows(report: dict[str, Any]) -> Iterable[Row]:
    name, peak = report["name"], report["peak"] or {"inside": 0, "at": None}
    yield from (("event", name, figure, report[figure]) for figure in ("booked", "came", "no_show", "denied"))
    yield from (("event", name, f"peak_{figure}", peak[figure]) for figure in ("inside", "at"))
    for part, columns in (("products", ("booked", "came", "no_show")), ("doors", ("admitted", "exited", "denied"))):
        for each in report[part]:
            yield from ((part, each["name"], figure, each[figure]) for figure in columns)
    yield from (("refusals", each["code"], "count", each["count"]) for each in report["refusals"])
    for each in report["headcount"]:
        yield from (("headcount", each["kind"], figure, each[figure]) for figure in ("in", "out"))
    yield from (("event", name, part, len(report[part])) for part in ("overrides", "conflicts", "undos", "recounts"))
    for spell in report["offline"]:
        yield from (("offline", spell["who"]["name"], figure, spell[figure]) for figure in ("from", "until", "scans"))
