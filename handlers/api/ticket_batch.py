"""Batches of tickets over REST: one action on all that a list shows, step by step (booking-api.md, Many at once)."""

from datetime import datetime
from typing import Annotated

import msgspec

from handlers.http.base import BaseHandler
from handlers.http.operation import operation
from handlers.http.paging import cursor_of, read_place
from hub.errors import NotAllowed
from hub.language.problems import problem_text
from hub.model.base import TicketStatus
from hub.model.payment import Method
from hub.sales.batch import Action, BatchStep, Refused
from hub.tickets.booking import query_of
from hub.validation import Problems, read_form

SUMMARY = "This cannot be done with these tickets"
MOST_AT_ONCE, USUAL_AT_ONCE = 200, 100
FILTERS = ("event", "date", "time", "status", "product", "search")

Text = Annotated[str, msgspec.Meta(max_length=200)]


class BatchForm(msgspec.Struct, kw_only=True):
    """Body of a step: the action, the filters of the list, and where the step before ended.

    `key` names the batch, so that a step that is sent again takes no money and sends no mail twice.
    """

    action: Action
    event: str
    key: Annotated[str, msgspec.Meta(min_length=16, max_length=100)]
    method: Method | None = None
    date: Text | None = None
    time: Text | None = None
    status: TicketStatus | None = None
    product: Text | None = None
    search: Text | None = None
    cursor: Text | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=MOST_AT_ONCE)] = USUAL_AT_ONCE


class BatchAnswer(msgspec.Struct, kw_only=True):
    """Answer to a step; `cursor` goes into the next one, null after the last."""

    done: int
    unchanged: int
    refused: list[Refused]
    cursor: str | None


class TicketBatchHandler(BaseHandler):
    """`/api/tickets/batch`."""

    @operation("run_ticket_batch", body=BatchForm, answer=BatchAnswer, refuses=("no_mail", "not_found"))
    async def post(self) -> None:
        """Carry out an action on the next tickets that match."""
        form = read_form(self.json_body(), BatchForm, SUMMARY, _check_method)
        self._check_search(form)
        began, after = self._begin(form)
        event = await self.hub.events.get(form.event)
        step = BatchStep(
            query=query_of({name: text for name in FILTERS if (text := getattr(form, name)) is not None}),
            action=form.action,
            scope=f"batch/{self.known.id}/{event.id}/{form.key}",
            holder=self.known.id,
            method=form.method,
            until=began,
            after=after,
            limit=form.limit,
        )
        result = await self.hub.batches_of_tickets.run(step)
        self.answer(
            BatchAnswer(
                done=result.done,
                unchanged=result.unchanged,
                refused=[self._said(each) for each in result.refused],
                cursor=None if result.last is None else cursor_of(began, result.last),
            )
        )

    def _check_search(self, form: BatchForm) -> None:
        """Raise `NotAllowed` for a search by one who may not read tickets: its counts would say who is on the list."""
        if form.search and not self.known.has("tickets:read"):
            raise NotAllowed("not_allowed", "This needs the scope tickets:read")

    def _begin(self, form: BatchForm) -> tuple[datetime, str | None]:
        """Return when the batch began, and after which ticket this step goes on. Raises `BadInput`."""
        return (self.hub.clock.now(), None) if form.cursor is None else read_place(form.cursor)

    def _said(self, refused: Refused) -> Refused:
        """Return a refusal in the reader's language, with names for those alone who may read tickets."""
        tickets = refused.tickets
        if not self.known.has("tickets:read"):
            tickets = [msgspec.structs.replace(ticket, name="") for ticket in tickets]
        detail = problem_text(refused.detail, self.problem_language)
        return msgspec.structs.replace(refused, detail=detail, tickets=tickets)


def _check_method(form: BatchForm, problems: Problems) -> None:
    """Check of a batch's method of payment: `pay` needs one."""
    if form.action == "pay" and form.method is None:
        problems.add("method", "is needed with pay")
    if form.action != "pay" and form.method is not None:
        problems.add("method", "is for payments only")
