"""Batches: one action on all tickets of an event that match a filter, in bounded steps that may be asked for again."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Literal

import msgspec

from hub.errors import BadInput, Conflict, HubError
from hub.model.payment import Method
from hub.model.ticket import Ticket
from hub.sales.commands import ResendOnce
from hub.sales.payments import Taking
from hub.sales.service import Sales
from hub.tickets.changes import Act, TicketChanges
from hub.tickets.service import Tickets
from store.collections.guest_list import GuestList, GuestQuery
from store.journal.journal import Journal

Action = Literal["cancel", "block", "unblock", "pay", "resend"]
AT_ONCE = 20
"""Tickets that a step changes at once: they share group commits, and doors come between."""
MOST_NAMED = 5
"""Tickets that are named of those that were refused for one reason."""

ACTS: Mapping[str, Callable[[TicketChanges], Act]] = {
    "cancel": lambda changes: changes.cancel,
    "block": lambda changes: changes.block,
    "unblock": lambda changes: changes.unblock,
}
"""Actions that change a ticket's state."""
STATES: Mapping[str, Callable[[Ticket], bool]] = {
    "cancel": lambda ticket: ticket.status == "canceled",
    "block": lambda ticket: ticket.status == "blocked",
    "unblock": lambda ticket: ticket.status in ("valid", "unpaid"),
}
"""Whether a ticket is already as such an action would leave it."""


class BatchStep(msgspec.Struct, frozen=True, kw_only=True):
    """Step of a batch: the action, and which tickets it is for.

    `scope` names the batch: a payment or a mail of it happens once, however often a step is asked for.
    """

    query: GuestQuery
    action: Action
    scope: str
    holder: str
    """The user or key in whose till payments go."""
    method: Method | None = None
    until: datetime
    """When the batch began: tickets that were booked later are none of it."""
    after: str | None = None
    """The last ticket of the step before."""
    limit: int


class NamedTicket(msgspec.Struct, frozen=True):
    """Ticket that is named: its id, and its holder's name."""

    id: str
    name: str
    """Empty for a caller who may change tickets and not read them."""


class Refused(msgspec.Struct, frozen=True, kw_only=True):
    """Tickets that were refused for one reason: how many, and the first of them."""

    code: str
    detail: str
    count: int
    tickets: list[NamedTicket]


class BatchResult(msgspec.Struct, frozen=True, kw_only=True):
    """Result of a step; `last` is its last ticket, None where no further ticket matches."""

    done: int
    unchanged: int
    """Tickets that were already as the action would leave them."""
    refused: list[Refused]
    last: str | None


class Batches:
    """Batch service: carries out steps."""

    def __init__(
        self, journal: Journal, tickets: Tickets, sales: Sales, guests: GuestList, *, has_mail: Callable[[], bool]
    ) -> None:
        self._journal = journal
        self._tickets = tickets
        self._sales = sales
        self._guests = guests
        self._has_mail = has_mail

    async def run(self, step: BatchStep) -> BatchResult:
        """Carry out a step on the next tickets that match; what is refused for one ticket stops no other.

        Raises `Conflict` (`no_mail`) where mails are asked for and none are sent here, or `Unavailable`: asked for
        again, the step does what is left of it.
        """
        if step.action == "resend" and not self._has_mail():
            raise Conflict("no_mail", "No mail is sent from here: hand the links on")
        found = await self._guests.after(step.query, step.after, step.until, step.limit + 1)
        tickets = found[: step.limit]
        outcomes = await self._each(step, tickets)
        return BatchResult(
            done=outcomes.count("done"),
            unchanged=outcomes.count("unchanged"),
            refused=_by_reason(tickets, outcomes),
            last=tickets[-1].id if len(found) > step.limit else None,
        )

    async def _each(self, step: BatchStep, tickets: Sequence[Ticket]) -> list["Outcome"]:
        """Return the outcome for each ticket; tickets of one reservation get one mail, and its outcome."""
        slots = asyncio.Semaphore(AT_ONCE)

        async def one(ticket: Ticket) -> Outcome:
            async with slots:
                return await _outcome(self._work(step, ticket))

        keys = [ticket.reservation if step.action == "resend" else ticket.id for ticket in tickets]
        first_of = dict(zip(reversed(keys), reversed(tickets), strict=True))
        outcomes = dict(zip(first_of, await _all_of(map(one, first_of.values())), strict=True))
        return [outcomes[key] for key in keys]

    async def _work(self, step: BatchStep, ticket: Ticket) -> "Outcome":
        if step.action == "resend":
            command = ResendOnce(ticket.reservation, f"{step.scope}/{ticket.reservation}")
            await self._journal.append(ticket.event, command)
        elif step.action == "pay":
            return await self._pay(step, ticket)
        else:
            if STATES[step.action](ticket):
                return "unchanged"
            await self._tickets.change(ticket.id, ACTS[step.action](self._tickets.changes))
        return "done"

    async def _pay(self, step: BatchStep, ticket: Ticket) -> "Outcome":
        assert step.method is not None
        taking = Taking(holder=step.holder, method=step.method)
        try:
            await self._sales.move_for_ticket(ticket.id, taking, f"{step.scope}/{ticket.id}")
        except Conflict as conflict:
            if conflict.code != "already_paid":
                raise
            return "unchanged"
        return "done"


Outcome = Literal["done", "unchanged"] | HubError
"""Outcome for one ticket: what was done, or why it was refused."""


async def _outcome(work: Awaitable[Outcome]) -> Outcome:
    """Return the outcome of work on a ticket. Raises what no other ticket would fare better with (`Unavailable`)."""
    try:
        return await work
    except HubError as error:
        if error.status >= 500:
            raise
        return error


async def _all_of(works: Iterable[Coroutine[None, None, Outcome]]) -> list[Outcome]:
    """Return the outcomes of concurrent works. Raises the first exception of theirs as it is, once all have ended."""
    tasks = [asyncio.create_task(work) for work in works]
    await asyncio.gather(*tasks, return_exceptions=True)
    return [task.result() for task in tasks]


def _by_reason(tickets: Sequence[Ticket], outcomes: Sequence[Outcome]) -> list[Refused]:
    """Return the refusals, those for one reason together, the most frequent first."""
    groups: dict[tuple[str, str], list[Ticket]] = {}
    for ticket, outcome in zip(tickets, outcomes, strict=True):
        if isinstance(outcome, HubError):
            groups.setdefault((outcome.code, _reason(outcome)), []).append(ticket)
    ordered = sorted(groups.items(), key=lambda group: -len(group[1]))
    return [
        Refused(code=code, detail=detail, count=len(those), tickets=[*map(_named, those[:MOST_NAMED])])
        for (code, detail), those in ordered
    ]


def _reason(error: HubError) -> str:
    """Return what is wrong in one sentence: of wrong fields the first one's, where the message names none."""
    return next(iter(error.errors.values()), error.message) if isinstance(error, BadInput) else error.message


def _named(ticket: Ticket) -> NamedTicket:
    return NamedTicket(ticket.id, ticket.name)
