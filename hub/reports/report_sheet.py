"""Report sheet: the figures of a report as rows of CSV, one figure a row; of most lists their length alone."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from hub.formats.csv_cells import to_cell
from hub.formats.csv_words import code_word, figure_word
from hub.language.catalogue import Language
from hub.model.event import Event
from hub.reports.report import Report
from hub.reports.ticket_sheet import local

HEAD = ("part", "name", "figure", "value", "value_local", "id")
CODED_PARTS = ("refusals", "headcount")
"""Parts whose subjects are codes."""
FIGURES = ("booked", "came", "no_show", "expected")
Row = tuple[str, str | None, str, Any, str | None]
"""The part of the report, the subject's name, the figure's name, its value, and the subject's id."""


def report_rows(report: Report, event: Event, language: Language) -> Iterable[list[str]]:
    """Yield a report's rows, named in a language; a time stands by the event's clock beside the one in UTC."""
    zone = ZoneInfo(event.timezone)
    for part, name, figure, value, subject in _rows(report):
        by_clock = local(value, zone) if isinstance(value, datetime) else None
        named = code_word(name, language) if name is not None and part in CODED_PARTS else name
        words = (figure_word(part, language), named, figure_word(figure, language))
        yield [to_cell(cell) for cell in (*words, value, by_clock, subject)]


def _rows(report: Report) -> Iterable[Row]:
    peak = report.peak
    yield from (_of_event(report, figure, getattr(report, figure)) for figure in (*FIGURES, "denied"))
    yield _of_event(report, "peak_inside", peak.inside if peak else 0)
    yield _of_event(report, "peak_at", peak.at if peak else None)
    yield from _attendance(report)
    for door in report.doors:
        yield from (
            ("doors", door.name, each, getattr(door, each), door.id) for each in ("admitted", "exited", "denied")
        )
    yield from (("refusals", each.code, "count", each.count, None) for each in report.refusals)
    for heads in report.headcount:
        yield "headcount", heads.kind, "in", heads.entered, None
        yield "headcount", heads.kind, "out", heads.left, None
    for part in ("overrides", "conflicts", "undos", "recounts"):
        yield _of_event(report, part, len(getattr(report, part)))
    yield from _offline(report)


def _of_event(report: Report, figure: str, value: Any) -> Row:
    return "event", report.name, figure, value, report.event


def _attendance(report: Report) -> Iterable[Row]:
    for showing in report.showings:
        name = f"{showing.date} {showing.time}"
        yield "showings", name, "starts_at", showing.starts_at, showing.id
        yield from (("showings", name, each, getattr(showing, each), showing.id) for each in FIGURES)
    for product in report.products:
        yield from (("products", product.name, each, getattr(product, each), None) for each in FIGURES)


def _offline(report: Report) -> Iterable[Row]:
    for spell in report.offline:
        name, subject = (spell.who.name, spell.who.id) if spell.who else (None, None)
        yield "offline", name, "from", spell.begun_at, subject
        yield "offline", name, "until", spell.ended_at, subject
        yield "offline", name, "scans", spell.scans, subject
