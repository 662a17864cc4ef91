"""Scans over REST, page by page, as JSON or CSV (booking-api.md, running an event)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import msgspec

from handlers.api.exports import head_language, name_file
from handlers.http.base import BaseHandler
from handlers.http.operation import CSV, JSON, operation
from handlers.http.paging import (
    PageQuery,
    count_first,
    cursor_of,
    cursor_parts,
    link_next,
    read_page,
    to_moment,
    to_number,
)
from hub.formats.csv_cells import BYTE_ORDER_MARK, to_rows
from hub.formats.csv_heads import csv_heads
from hub.formats.local_time import is_reckonable
from hub.model.journal import Entry
from hub.model.scan_query import ScanPage, ScanPosition, ScanQuery
from hub.reports.scan_sheet import HEAD, ScanSheet
from hub.reports.scans import ScanView, scan_view
from hub.validation import TIME_WORDS, Problems

Text = Annotated[str, msgspec.Meta(max_length=200)]


class ScansQuery(PageQuery, kw_only=True):
    """The query of `GET /api/scans`."""

    event: Text | None = None
    code: Text | None = None
    device: Text | None = None
    door: Text | None = None
    ticket: Text | None = None
    request_id: Text | None = None
    since: datetime | None = None
    until: datetime | None = None
    after_seq: Annotated[int, msgspec.Meta(ge=0, lt=2**53)] | None = None


class ScansHandler(BaseHandler):
    """`/api/scans`."""

    @operation("list_scans", query=ScansQuery, answer=list[ScanView], media=(JSON, CSV), query_texts={"language": str})
    async def get(self) -> None:
        """List scans, newest first, or of one event from a number on; as CSV where that is accepted."""
        sent, after = read_page(self, ScansQuery, read_position, check_moments)
        fields = {name: getattr(sent, name) for name in ScansQuery.__struct_fields__ if name != "cursor"}
        query = ScanQuery(**fields, after=after)
        page = await self.hub.scans.page(query)
        self._link(query, page)
        if query.event is not None and not query.is_oldest_first:
            more = [page.next] if page.next is not None else []
            await count_first(self, sent, [*page.entries, *more], lambda: self.hub.scans.count(query))
        self.set_header("Vary", "Accept")
        if "text/csv" not in self.request.headers.get("Accept", ""):
            self.answer([scan_view(entry) for entry in page.entries])
            return
        head = csv_heads(HEAD, head_language(self))
        name_file(self, "scans.csv")
        self.finish(BYTE_ORDER_MARK + to_rows([head, *await self._rows(page.entries)]))

    async def _rows(self, entries: Sequence[Entry]) -> list[list[str]]:
        """Return scans as cells; the events of a page are few, and each names its own doors and clock."""
        who = await self.hub.report_reader.who({each.device for each in entries if each.device is not None})
        sheets = {event: ScanSheet(await self.hub.events.get(event)) for event in {each.event for each in entries}}
        return [sheets[entry.event].row(scan_view(entry), who) for entry in entries]

    def _link(self, query: ScanQuery, page: ScanPage) -> None:
        """Link to the next page: programs go on from a number, which is good for ever, people from a cursor."""
        if page.next is None:
            return
        if query.is_oldest_first:
            link_next(self, ScansQuery, after_seq=page.next.seq)
        else:
            link_next(self, ScansQuery, cursor=cursor_of(page.next.at, page.next.seq, page.next.event))


def read_position(cursor: str) -> ScanPosition:
    """Return the position in a cursor. Raises `BadInput`."""
    at, seq, event = cursor_parts(cursor, 3)
    return ScanPosition(at=to_moment(at), seq=to_number(seq), event=event)


def check_moments(query: ScansQuery, problems: Problems) -> None:
    """Add an error for each instant without an offset, or too far away to reckon with."""
    for name in ("since", "until"):
        moment = getattr(query, name)
        if moment is not None and (moment.tzinfo is None or not is_reckonable(moment)):
            problems.add(name, TIME_WORDS)
