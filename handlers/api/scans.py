"""The journal's scans over REST, as JSON or CSV (booking-api.md, running an event)."""

import csv
import io
import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec

from handlers.http.base import BaseHandler
from hub.errors import BadInput
from hub.formats.csv_cells import to_cell
from hub.formats.local_time import is_reckonable
from hub.model.journal import Entry
from hub.model.scan_query import ScanQuery

FIELDS = ("kind", "seq", "at", "received_at", "ticket", "code", "direction", "device", "door", "nonce", "by")
LONGEST_PAGE, USUAL_PAGE = 1000, 100


class ScansHandler(BaseHandler):
    """`/api/scans`."""

    async def get(self) -> None:
        """List scans, newest first; as CSV where that is what is accepted."""
        entries = await self.hub.store.scans.find(self._query())
        rows = [describe_scan(entry) for entry in entries]
        self.set_header("Vary", "Accept")
        if "text/csv" not in self.request.headers.get("Accept", ""):
            self.answer(rows)
            return
        self.set_header("Content-Type", "text/csv; charset=utf-8")
        self.set_header("Content-Disposition", 'attachment; filename="scans.csv"')
        self.finish(to_csv(rows))

    def _query(self) -> ScanQuery:
        errors: dict[str, str] = {}
        since, until = self._moment("since", errors), self._moment("until", errors)
        limit = self._number("limit", errors)
        if limit is not None and not 1 <= limit <= LONGEST_PAGE:
            errors["limit"] = f"must be 1 to {LONGEST_PAGE}"
        after_seq = self._number("after_seq", errors)
        if errors:
            raise BadInput("The scans cannot be looked for", errors)
        texts = {name: self.get_query_argument(name, None) for name in ("event", "code", "device", "door", "ticket")}
        query = ScanQuery(since=since, until=until, after_seq=after_seq, limit=limit or USUAL_PAGE)
        return msgspec.structs.replace(query, **texts)

    def _moment(self, name: str, errors: dict[str, str]) -> datetime | None:
        text = self.get_query_argument(name, None)
        if text is None:
            return None
        try:
            # A plus that was not escaped arrives as a space.
            moment = msgspec.convert(text.replace(" ", "+"), datetime)
        except msgspec.ValidationError:
            moment = None
        if moment is None or moment.tzinfo is None or not is_reckonable(moment):
            errors[name] = "must be a time with a UTC offset, like 2026-12-24T20:30:00Z"
        return moment

    def _number(self, name: str, errors: dict[str, str]) -> int | None:
        text = self.get_query_argument(name, None)
        if text is not None and not re.fullmatch(r"[0-9]{1,15}", text, re.ASCII):
            errors[name] = "must be a whole number"
            return None
        return None if text is None else int(text)


def describe_scan(entry: Entry) -> dict[str, Any]:
    """Return a scan's entry as organisers see it: ids and verdicts, never a name."""
    described = {field: getattr(entry, field) for field in FIELDS}
    return described | {"received_at": entry.received_at or entry.at}


def to_csv(rows: Iterable[dict[str, Any]]) -> str:
    """Return rows as CSV with a head; a cell that a spreadsheet would run is prefixed with an apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(FIELDS)
    for row in rows:
        writer.writerow([to_cell(row[field]) for field in FIELDS])
    return text.getvalue()
