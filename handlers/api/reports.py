"""Figures of an event over REST: statistics while it runs, the report of the night (booking-api.md)."""

from datetime import datetime

import msgspec
from typing_extensions import override

from handlers.api.exports import head_language, name_file
from handlers.http.base import BaseHandler
from handlers.http.operation import CSV, JSON, operation
from handlers.http.paging import WholeQuery, cut_whole, read_page, read_place
from hub.alerts.service import describe_alert
from hub.formats.csv_cells import BYTE_ORDER_MARK, to_rows
from hub.formats.csv_heads import csv_heads
from hub.model.event import Event
from hub.model.event_view import AlertView
from hub.reports.answers import StatsAnswer, describe_stats
from hub.reports.report import Report, read_report
from hub.reports.report_sheet import HEAD, report_rows


class StatsHandler(BaseHandler):
    """`/api/events/{uuid}/stats`."""

    @operation("get_statistics", answer=StatsAnswer)
    async def get(self, event_id: str) -> None:
        """Return the figures by door, product, reason and five minutes, exact as of their sequence."""
        event = await self.hub.events.get(event_id)
        showings = await self.hub.stats.showings(event_id)
        tally = await self.hub.stats.tally(event_id)
        self.answer(describe_stats(tally, event, showings, self.hub.clock.now()))


class ReportHandler(BaseHandler):
    """`/api/events/{uuid}/report`."""

    @operation("get_report", answer=Report, media=(JSON, CSV), query_texts={"language": str})
    async def get(self, event_id: str) -> None:
        """Report of the night; its figures as CSV where CSV is accepted."""
        event = await self.hub.events.get(event_id)
        report = await self.read(event)
        self.set_header("Vary", "Accept")
        if "text/csv" in self.request.headers.get("Accept", ""):
            self.send_csv(report, event)
        else:
            self.answer(report)

    async def read(self, event: Event) -> Report:
        """Return the report as of now."""
        return await read_report(event, self.hub.stats, self.hub.report_reader, self.hub.clock.now())

    def send_csv(self, report: Report, event: Event) -> None:
        """Send its figures as a file."""
        name_file(self, "report.csv")
        language = head_language(self)
        rows = [csv_heads(HEAD, language), *report_rows(report, event, language)]
        self.finish(BYTE_ORDER_MARK + to_rows(rows))


class ReportCsvHandler(ReportHandler):
    """`/api/events/{uuid}/report.csv`."""

    @operation("export_report", media=(CSV,), query_texts={"language": str})
    @override
    async def get(self, event_id: str) -> None:
        """Return the figures of the report of the night as CSV."""
        event = await self.hub.events.get(event_id)
        self.send_csv(await self.read(event), event)


class AlertsHandler(BaseHandler):
    """`/api/events/{uuid}/alerts`."""

    @operation("list_alerts", query=WholeQuery, answer=list[AlertView])
    async def get(self, event_id: str) -> None:
        """List the alerts that stand for an event's devices, doors and limits, the oldest first."""
        query, after = read_page(self, WholeQuery, read_place)
        event = await self.hub.events.get(event_id)
        devices = await self.hub.devices.all(event_id)
        found = await self.hub.alerts.of_event(event_id)
        alerts = cut_whole(self, query, after, found, lambda alert: (alert.at, alert.id))
        self.answer([describe_alert(alert, devices, event) for alert in alerts])


TEXTS = 100


class FeedbackText(msgspec.Struct, frozen=True, kw_only=True):
    """Text of one guest, without its ticket: the fault, not the guest."""

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

    @operation("get_feedback", answer=FeedbackAnswer)
    async def get(self, event_id: str) -> None:
        """Numbers of guests whose ticket worked and did not, and the newest texts."""
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
