"""The newer calls of TiBillet's phone: guests listed and searched, to be checked in by hand (scan-api.md)."""

from handlers.api.scan import ScanHandler


class SearchTicketHandler(ScanHandler):
    """`POST /scan/search_ticket/`."""

    async def post(self) -> None:
        """Return the guests with such a name."""
        self.answer(await self.hub.search.search(self.known, self.json_body()))


class ListTicketsHandler(ScanHandler):
    """`POST /scan/list_tickets/`."""

    async def post(self) -> None:
        """Return one page of the event's guests."""
        self.answer(await self.hub.search.page(self.known, self.json_body()))
