"""Export endpoints: tickets and scans of an event as CSV, streamed page by page (docs/import.md, export)."""

from collections.abc import AsyncIterator, Sequence
from functools import partial

from tornado.iostream import StreamClosedError

from handlers.http.base import BaseHandler
from handlers.http.operation import CSV, operation
from hub.errors import BadInput
from hub.formats.csv_cells import BYTE_ORDER_MARK, to_rows
from hub.formats.csv_heads import csv_heads
from hub.language.catalogue import ONE_OF_THE_LANGUAGES, SOURCE, Language, is_known, language
from hub.reports.scan_sheet import HEAD, ScanSheet
from hub.reports.scans import scan_view
from hub.reports.ticket_sheet import MOST_QUESTIONS, TicketSheet
from hub.tasks import retry, with_rests

AT_ONCE = 50
"""Rows that are made and written before doors have their turn: some milliseconds of work."""
ELECTION_S = 30.0
"""How long an export that is half sent waits for the database."""

Rows = Sequence[Sequence[str]]


def name_file(handler: BaseHandler, filename: str) -> None:
    """Set the headers of an answer that is a file of CSV."""
    handler.set_header("Content-Type", "text/csv; charset=utf-8")
    handler.set_header("Content-Disposition", f'attachment; filename="{filename}"')


def head_language(handler: BaseHandler) -> Language:
    """Return the language of a file's head: `language` of the query, else English, which programs know.

    Raises `BadInput` for one that there is not.
    """
    tag = handler.get_query_argument("language", SOURCE)
    if not is_known(tag):
        raise BadInput("The list cannot be read so", {"language": ONE_OF_THE_LANGUAGES})
    return language(tag)


class CsvHandler(BaseHandler):
    """Base of the streamed exports."""

    async def send(self, filename: str, head: Sequence[str], pages: AsyncIterator[Rows]) -> None:
        """Write a head and pages of rows, until the client goes away."""
        name_file(self, filename)
        self.write(BYTE_ORDER_MARK + to_rows([head]))
        try:
            async for rows in pages:
                self.write(to_rows(rows))
                await self.flush()
        except StreamClosedError:
            return
        await self.finish()


class TicketsCsvHandler(CsvHandler):
    """`/api/events/{uuid}/tickets.csv`."""

    @operation("export_tickets", media=(CSV,), query_texts={"language": str})
    async def get(self, event_id: str) -> None:
        """Send the event's tickets with their holders' names."""
        event = await self.hub.events.get(event_id)
        sheet = TicketSheet(event, await self.hub.exports.questions(event.id, MOST_QUESTIONS + 1), head_language(self))
        await self.send("tickets.csv", sheet.head, self._pages(event.id, sheet))

    async def _pages(self, event_id: str, sheet: TicketSheet) -> AsyncIterator[Rows]:
        async for tickets in self.hub.exports.tickets(event_id):
            emails = await self.hub.exports.emails(tickets)
            async for some in with_rests(tickets, AT_ONCE):
                yield [sheet.row(ticket, emails.get(ticket.reservation)) for ticket in some]


class ScansCsvHandler(CsvHandler):
    """`/api/events/{uuid}/scans.csv`."""

    @operation("export_scans", media=(CSV,), query_texts={"language": str})
    async def get(self, event_id: str) -> None:
        """Send the event's scans, oldest first, with ids and verdicts."""
        event = await self.hub.events.get(event_id)
        await self.send("scans.csv", csv_heads(HEAD, head_language(self)), self._pages(event.id, ScanSheet(event)))

    async def _pages(self, event_id: str, sheet: ScanSheet) -> AsyncIterator[Rows]:
        async for entries in self.hub.exports.scans(event_id):
            devices = {each.device for each in entries if each.device is not None}
            read = partial(self.hub.report_reader.who, devices)
            who = await retry(read, within_s=ELECTION_S, what="read the devices of an export")
            async for some in with_rests(entries, AT_ONCE):
                yield [sheet.row(scan_view(entry), who) for entry in some]
