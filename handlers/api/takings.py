"""Takings and tills over REST: payments by kind, method and person; tills opened, counted, closed (booking-api.md)."""

from collections.abc import AsyncIterator
from typing import Annotated, Literal

import msgspec

from handlers.api.exports import CsvHandler, Rows, head_language
from handlers.http.base import BaseHandler
from handlers.http.operation import CSV, operation
from handlers.http.paging import USUAL_PAGE, PageQuery, count, cut, link_to, read_page, to_number
from hub.formats.contact import clean
from hub.formats.csv_heads import csv_heads
from hub.formats.money import CURRENCIES, WRONG_CURRENCY
from hub.model.payment import Till, till_id
from hub.sales.takings import CSV_HEAD, Takings, csv_rows, takings_of
from hub.sales.till_answers import ClosingView, TillsAnswer, describe_closings, describe_tills, people_of
from hub.sales.tills import UNCLOSED, minor_amounts
from hub.validation import PROSE, Problems, read_form

MOST_CURRENCIES = 20
Amounts = Annotated[dict[str, Annotated[str, msgspec.Meta(max_length=40)]], msgspec.Meta(max_length=MOST_CURRENCIES)]


class TillForm(msgspec.Struct, kw_only=True):
    """Form of a till: its period, and amounts by currency, of its float or its counted cash."""

    number: Annotated[int, msgspec.Meta(ge=1, le=2**53)]
    floats: Amounts = {}
    counted: Amounts = {}
    note: Annotated[str, msgspec.Meta(max_length=500), PROSE] | None = None


def check_currencies(form: TillForm, problems: Problems) -> None:
    """Add the currencies of a float that there are not; those that were counted a closing compares with the till's."""
    for currency in form.floats:
        if currency not in CURRENCIES:
            problems.add(f"floats.{currency[:10]}", WRONG_CURRENCY)


class TakingsHandler(BaseHandler):
    """`/api/events/{uuid}/takings`."""

    @operation("get_takings", answer=Takings)
    async def get(self, event_id: str) -> None:
        """Return the takings by kind, method, person and door."""
        sums = await self.hub.sales.sums(await self.hub.events.get(event_id))
        self.answer(takings_of(sums, self.hub.clock.now()))


class TakingsCsvHandler(CsvHandler):
    """`/api/events/{uuid}/takings.csv`."""

    @operation("export_takings", media=(CSV,), query_texts={"language": str})
    async def get(self, event_id: str) -> None:
        """Send the takings, a row for each time, kind, method, person and door."""
        sums = await self.hub.sales.sums(await self.hub.events.get(event_id))
        language = head_language(self)

        async def pages() -> AsyncIterator[Rows]:
            yield csv_rows(sums, language)

        await self.send("takings.csv", csv_heads(CSV_HEAD, language), pages())


class TillsBase(BaseHandler):
    """Base of the answers with an event's tills."""

    async def answer_tills(self, event_id: str) -> None:
        """Answer with the event's tills, the principal's own among them, and their closings."""
        event = await self.hub.events.get(event_id)
        tills = await self.hub.sales.tills(event)
        closings = await self.hub.sales.closings(event, limit=USUAL_PAGE + 1)
        if len(closings) > USUAL_PAGE:
            closings = closings[:USUAL_PAGE]
            link_to(self, f"/api/events/{event.id}/closings", {"cursor": closings[-1].seq})
        if all(till.holder != self.known.id for till in tills):
            key = till_id(event.id, self.known.id)
            tills = [Till(id=key, event=event.id, holder=self.known.id), *tills]
        ids = {till.holder for till in tills} | people_of(closings)
        self.answer(describe_tills(event, tills, closings, await self.hub.report_reader.who(ids)))


class TillsHandler(TillsBase):
    """`/api/events/{uuid}/tills`."""

    @operation("list_tills", answer=TillsAnswer)
    async def get(self, event_id: str) -> None:
        """List the tills with the newest closings; `Link` leads to those before these."""
        await self.answer_tills(event_id)


class ClosingsQuery(PageQuery, kw_only=True):
    """Query of the closings: their order by time."""

    sort: Literal["at", "-at"] = "-at"


class ClosingsHandler(BaseHandler):
    """`/api/events/{uuid}/closings`."""

    @operation("list_closings", query=ClosingsQuery, answer=list[ClosingView])
    async def get(self, event_id: str) -> None:
        """List the closings of the event's tills; `X-Total-Count` says how many there are."""
        event = await self.hub.events.get(event_id)
        query, after = read_page(self, ClosingsQuery, to_number)
        found = await self.hub.sales.closings(
            event, limit=query.limit + 1, after=after, is_oldest_first=query.sort == "at"
        )
        page = cut(self, query, found, lambda last: last.seq)
        count(self, await self.hub.sales.closings_count(event))
        self.answer(describe_closings(page, await self.hub.report_reader.who(people_of(page))))


class TillActionHandler(TillsBase):
    """`/api/events/{uuid}/tills/{holder}/open|close`."""

    @operation("{action}_till", body=TillForm, answer=TillsAnswer, refuses=("till_closed", "till_empty"))
    async def post(self, event_id: str, holder: str, action: str) -> None:
        """Open a till with a float, or close it with its counted cash, and answer all tills."""
        event = await self.hub.events.get(event_id)
        raw = self.json_body()
        form = read_form(raw, TillForm, UNCLOSED, check_currencies)
        if action == "open":
            floats = minor_amounts(form.floats, "floats")
            await self.hub.sales.open_till(event, holder, form.number, self.known.id, floats)
        else:
            counted = minor_amounts(form.counted, "counted")
            note = clean(form.note) if form.note else None
            await self.hub.sales.close_till(event, holder, form.number, self.known.id, counted, note)
        await self.answer_tills(event_id)
