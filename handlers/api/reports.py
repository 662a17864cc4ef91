"""The figures of an event over REST: statistics while it runs, the report of the night (booking-api.md)."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from handlers.http.base import BaseHandler
from hub.alerts.service import describe_alert
from hub.formats.csv_cells import to_cell
from hub.model.feedback import Feedback
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
        report = await read_report(event, self.hub.stats, self.hub.report_reader, self.hub.clock.now())
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


class AlertsHandler(BaseHandler):
    """`/api/events/{uuid}/alerts`."""

    async def get(self, event_id: str) -> None:
        """List what is the matter now with an event's devices, doors and limits, the oldest first."""
        event = await self.hub.events.get(event_id)
        devices = await self.hub.devices.all(event_id)
        alerts = await self.hub.alerts.of_event(event_id)
        self.answer([describe_alert(alert, devices, event) for alert in alerts])


TEXTS = 100


class FeedbackHandler(BaseHandler):
    """`/api/events/{uuid}/feedback`."""

    async def get(self, event_id: str) -> None:
        """Return how many said that their ticket worked, how many that it did not, and the newest texts."""
        event, kept = await self.hub.events.get(event_id), self.hub.feedback
        worked, failed = await kept.count(event.id, worked=True), await kept.count(event.id, worked=False)
        texts = await kept.latest_texts(event.id, TEXTS)
        counts = {"event": event.id, "answers": worked + failed, "worked": worked, "failed": failed}
        self.answer({**counts, "texts": [_describe(each) for each in texts]})


def _describe(feedback: Feedback) -> dict[str, object]:
    """Return an answer without its ticket: the organiser learns what went wrong, not for whom."""
    return {"worked": feedback.worked, "text": feedback.text, "at": feedback.answered_at}
