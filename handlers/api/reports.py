"""Figures of an event over REST: statistics while it runs, the report of the night (booking-api.md)."""

import csv
import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec

from handlers.http.base import BaseHandler
from hub.alerts.service import describe_alert
from hub.formats.csv_cells import to_cell
from hub.reports.answers import describe_stats
from hub.reports.report import Report, read_report

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


def to_csv(report: Report) -> str:
    """Return a report's figures as CSV, one a row with its subject; of most lists their length alone."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([to_cell(cell) for cell in row] for row in _rows(report))
    return text.getvalue()


def _rows(report: Report) -> Iterable[Row]:
    name, peak = report.name, report.peak
    yield from (("event", name, figure, getattr(report, figure)) for figure in ("booked", "came", "no_show", "denied"))
    yield "event", name, "peak_inside", peak.inside if peak else 0
    yield "event", name, "peak_at", peak.at if peak else None
    for product in report.products:
        yield from (("products", product.name, name, getattr(product, name)) for name in ("booked", "came", "no_show"))
    for door in report.doors:
        yield from (("doors", door.name, name, getattr(door, name)) for name in ("admitted", "exited", "denied"))
    yield from (("refusals", each.code, "count", each.count) for each in report.refusals)
    for heads in report.headcount:
        yield "headcount", heads.kind, "in", heads.entered
        yield "headcount", heads.kind, "out", heads.left
    for part in ("overrides", "conflicts", "undos", "recounts"):
        yield "event", name, part, len(getattr(report, part))
    for spell in report.offline:
        who = spell.who.name if spell.who else None
        yield "offline", who, "from", spell.begun_at
        yield "offline", who, "until", spell.ended_at
        yield "offline", who, "scans", spell.scans


class AlertsHandler(BaseHandler):
    """`/api/events/{uuid}/alerts`."""

    async def get(self, event_id: str) -> None:
        """List the alerts that stand for an event's devices, doors and limits, the oldest first."""
        event = await self.hub.events.get(event_id)
        devices = await self.hub.devices.all(event_id)
        alerts = await self.hub.alerts.of_event(event_id)
        self.answer([describe_alert(alert, devices, event) for alert in alerts])


TEXTS = 100


class FeedbackText(msgspec.Struct, frozen=True, kw_only=True):
    """Text of one guest, without its ticket: the organiser learns what went wrong, not for whom."""

    worked: bool
    text: str | None
    at: datetime


class FeedbackAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Feedback on an event's tickets: how many worked, and the newest texts."""

    event: str
    answers: int
    worked: int
    failed: int
    texts: list[FeedbackText]


class FeedbackHandler(BaseHandler):
    """`/api/events/{uuid}/feedback`."""

    async def get(self, event_id: str) -> None:
        """Return how many said that their ticket worked, how many that it did not, and the newest texts."""
        event, kept = await self.hub.events.get(event_id), self.hub.feedback
        worked, failed = await kept.count(event.id, worked=True), await kept.count(event.id, worked=False)
        texts = await kept.latest_texts(event.id, TEXTS)
        self.answer(
            FeedbackAnswer(
                event=event.id,
                answers=worked + failed,
                worked=worked,
                failed=failed,
                texts=[FeedbackText(worked=each.worked, text=each.text, at=each.answered_at) for each in texts],
            )
        )
