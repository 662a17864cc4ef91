"""Export endpoints: tickets and scans of an event as CSV, streamed page by page (docs/import.md, export)."""

import csv
import io
from collections.abc import AsyncIterator, Sequence
from typing import Any

from tornado.iostream import StreamClosedError

from handlers.api.scans import FIELDS, cells_of
from handlers.http.base import BaseHandler
from hub.formats.csv_cells import to_cell, to_phone_cell
from hub.model.ticket import Ticket
from hub.reports.scans import scan_view

TICKET_FIELDS = (
    *("id", "barcode", "reservation", "first_name", "last_name", "phone_number", "product", "price"),
    *("date", "time", "paid", "status", "expired", "scans", "booked_at", "email"),
)

Rows = Sequence[Sequence[str]]


class CsvHandler(BaseHandler):
    """Base of the streamed exports."""

    async def send(self, filename: str, head: Sequence[str], pages: AsyncIterator[Rows]) -> None:
        """Send a head and pages of rows, until the client goes away."""
        self.set_header("Content-Type", "text/csv; charset=utf-8")
        self.set_header("Content-Disposition", f'attachment; filename="{filename}"')
        self.write(_to_csv([head]))
        try:
            async for rows in pages:
                self.write(_to_csv(rows))
                await self.flush()
        except StreamClosedError:
            return
        await self.finish()


class TicketsCsvHandler(CsvHandler):
    """`/api/events/{uuid}/tickets.csv`."""

    async def get(self, event_id: str) -> None:
        """Send the event's tickets with their holders' names."""
        event = await self.hub.events.get(event_id)
        await self.send("tickets.csv", TICKET_FIELDS, self._pages(event.id))

    async def _pages(self, event_id: str) -> AsyncIterator[Rows]:
        async for tickets in self.hub.exports.tickets(event_id):
            emails = await self.hub.exports.emails(tickets)
            yield [ticket_row(ticket, emails.get(ticket.reservation)) for ticket in tickets]


class ScansCsvHandler(CsvHandler):
    """`/api/events/{uuid}/scans.csv`."""

    async def get(self, event_id: str) -> None:
        """Send the event's scans, oldest first, with ids and verdicts."""
        event = await self.hub.events.get(event_id)
        await self.send("scans.csv", FIELDS, self._pages(event.id))

    async def _pages(self, event_id: str) -> AsyncIterator[Rows]:
        async for entries in self.hub.exports.scans(event_id):
            yield [cells_of(scan_view(entry)) for entry in entries]


def ticket_row(ticket: Ticket, email: str | None = None) -> list[str]:
    """Return a ticket's cells, with its buyer's address, as the import reads them again."""
    cells: dict[str, Any] = {
        "id": ticket.id,
        "barcode": ticket.barcode,
        "reservation": ticket.reservation,
        "first_name": ticket.first_name,
        "last_name": ticket.last_name,
        "product": ticket.product,
        "price": ticket.price,
        "date": ticket.date,
        "time": ticket.time,
        "paid": "no" if ticket.status == "unpaid" else "yes",
        "status": ticket.status,
        "expired": "yes" if ticket.expired else "no",
        "scans": len(ticket.scans),
        "booked_at": ticket.created_at,
        "email": email,
    }
    texts = {name: to_cell(value) for name, value in cells.items()} | {
        "phone_number": to_phone_cell(ticket.phone_number)
    }
    return [texts[field] for field in TICKET_FIELDS]


def _to_csv(rows: Rows) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()
