"""Waiting list over REST (booking-api.md, When a time is sold out)."""

from datetime import datetime
from typing import Annotated

import msgspec

from handlers.api.forms import check_language, cleaned
from handlers.http.base import BaseHandler
from handlers.http.idempotency import idempotency_of
from handlers.http.operation import operation
from handlers.http.paging import PageQuery, count_first, cursor_of, link_next, read_page, read_place
from hub.errors import NotFound
from hub.formats.contact import is_address, is_name, is_printable
from hub.formats.local_time import wrong_local
from hub.formats.phone import WRONG_PHONE, is_phone
from hub.model.event import Event
from hub.model.waiting import WaitingEntry
from hub.tickets.orders import Guest, check_when, most_by_guest
from hub.tickets.pricing import MUST_BE_CHOSEN, guests_of_the_public, is_sold
from hub.tickets.waiting import OnRepeat
from hub.tickets.waiting_service import Party, Standing
from hub.validation import Problems, collect

UNUSABLE = "That cannot be waited for"


class JoinForm(msgspec.Struct, kw_only=True):
    """Form of a party that wants to wait: the body of `POST /api/waiting`."""

    event: str
    date: str
    time: str
    name: str
    email: str
    phone_number: str | None = None
    tickets: int = 1
    product: str | None = None
    price: Annotated[str, msgspec.Meta(max_length=200)] | None = None
    language: str | None = None


class WaitingLinks(msgspec.Struct, frozen=True, kw_only=True):
    """Paths that open a waiting entry: its page, for its own party and those who may hand it on."""

    page: str | msgspec.UnsetType = msgspec.UNSET


class WaitingView(msgspec.Struct, kw_only=True):
    """Waiting entry as its own party sees it. `links.page` opens it to them."""

    id: str
    event: str
    date: str
    time: str
    tickets: int
    product: str | None
    state: str
    position: int | None
    passed: int
    offered_until: datetime | None
    joined_at: datetime
    links: WaitingLinks


class MailedView(msgspec.Struct, kw_only=True):
    """Answer to a guest whose link comes by mail: the same whether or not the address waited before."""

    event: str
    date: str
    time: str
    tickets: int
    product: str | None
    mailed: bool = True


class NamedWaitingView(WaitingView, kw_only=True):
    """Waiting entry as organisers see it."""

    name: str
    email: str | None
    phone_number: str | None


def view_of(entry: WaitingEntry, standing: Standing, page: str | None) -> WaitingView:
    """Return an entry as its party sees it."""
    return WaitingView(
        id=entry.id,
        event=entry.event,
        date=entry.date,
        time=entry.time,
        tickets=entry.tickets,
        product=entry.product,
        state=standing.state,
        position=standing.position,
        passed=standing.passed,
        offered_until=standing.offered_until,
        joined_at=entry.joined_at,
        links=WaitingLinks(page=msgspec.UNSET if page is None else page),
    )


def mailed(party: Party) -> MailedView:
    """Return the answer to a guest whose link comes by mail."""
    return MailedView(event=party.event, date=party.date, time=party.time, tickets=party.tickets, product=party.product)


def check_join(form: JoinForm, event: Event | None, problems: Problems) -> None:
    """Add the errors of a form, for its event where that is known."""
    problems.update(wrong_local(form.date, form.time))
    check_language(form.language, problems)
    if not is_name(form.name):
        problems.add("name", "1 to 100 characters")
    if not is_address(form.email):
        problems.add("email", "must be a mail address, like ada@example.org")
    if form.phone_number is not None and not is_phone(form.phone_number):
        problems.add("phone_number", WRONG_PHONE)
    if event is None:
        return
    problems.update(check_when(form.date, form.time, event.timezone))
    if not 1 <= form.tickets <= most_by_guest(event):
        problems.add("tickets", f"must be 1 to {most_by_guest(event)}")
    if form.product is not None and form.product not in {product.name for product in event.products}:
        problems.add("product", "is not sold here")
    if form.price is not None and not is_printable(form.price):
        problems.add("price", "must be printable")
    elif form.price is not None and not _has_price(event, form):
        problems.add("price", "is not sold here")


def _has_price(event: Event, form: JoinForm) -> bool:
    """Whether the price of a form is one of its product, where that is known and has prices."""
    is_only = len(event.products) == 1
    products = [each for each in event.products if each.name == form.product or (is_only and form.product is None)]
    return all(form.price in {price.name for price in each.prices} for each in products if each.prices)


def party_of(form: JoinForm, event: Event, problems: Problems, *, by_guest: bool) -> Party:
    """Return the party of a form. Raises `BadInput` with all errors, `problems` included.

    One that joins without a key waits for a kind that the public may book.
    """
    check_join(form, event, problems)
    if not by_guest and form.product is None and not is_sold(event, None):
        problems.add("product", MUST_BE_CHOSEN)
    problems.raise_if_any(UNUSABLE)
    fields = msgspec.structs.asdict(form) | {"event": event.id}
    if by_guest:
        (guest,) = guests_of_the_public(
            event, [Guest(first_name="", last_name="", product=form.product, price=form.price)]
        )
        fields |= {"product": guest.product, "price": guest.price}
    elif form.product is None and len(event.products) == 1:
        fields["product"] = event.products[0].name
    return Party(**fields)


class WaitingQuery(PageQuery, kw_only=True):
    """The query of `GET /api/waiting`."""

    event: str | None = None
    search: Annotated[str, msgspec.Meta(max_length=200)] = ""


class JoiningHandler(BaseHandler):
    """Base of joining the waiting list, over REST and on the page."""

    async def join(self, party: Party, idempotency: str | None, *, by_guest: bool) -> WaitingEntry:
        """Add a party to the list; a guest within the rate limit of their mailbox. Raises `SlowDown`."""
        if not by_guest:
            return await self.hub.waiting.join(party, idempotency=idempotency, by_guest=False)
        self.hub.limits.waiting_mailboxes.take(self.hub.waiting.mailbox(party.email))
        on_repeat: OnRepeat = "remind" if self.hub.sends_mail else "add"
        return await self.hub.waiting.join(party, idempotency=idempotency, by_guest=True, on_repeat=on_repeat)


class WaitingListHandler(JoiningHandler):
    """`/api/waiting`."""

    @operation(
        "join_waiting_list",
        body=JoinForm,
        answer=WaitingView,
        status=201,
        also=((202, MailedView),),
        headers=("Idempotency-Key",),
        refuses=(
            "no_waiting_list",
            "already_waiting",
            "seats_left",
            "waiting_full",
            "no_showing",
            "time_over",
            "idempotency_mismatch",
            "not_found",
        ),
    )
    async def post(self) -> None:
        """Wait for seats of a time that is sold out."""
        if self.asker is None:
            self.hub.limits.anonymous_bookings.take(self.address)
        form, problems = collect(cleaned(self.json_body()), JoinForm)
        form.language = form.language or self.booking_language
        event = await self._event_of(form, problems)
        party = party_of(form, event, problems, by_guest=self.asker is None)
        by_guest = self.asker is None
        entry = await self.join(party, idempotency_of(self, self.asker), by_guest=by_guest)
        self.set_header("Cache-Control", "no-store")
        if by_guest and self.hub.sends_mail:
            self.answer(mailed(party), 202)
            return
        self.answer(view_of(entry, await self.hub.waiting.standing(entry), self.hub.waiting.page_of(entry.id)), 201)

    async def _event_of(self, form: JoinForm, problems: Problems) -> Event:
        """Return the event of a form. Raises `BadInput` with all errors, or `NotFound`."""
        event = None if problems.has("event") else await self.hub.events.find(form.event)
        if event is None or (self.asker is None and event.booking != "open") or event.closed:
            check_join(form, None, problems)
            problems.raise_if_any(UNUSABLE)
            raise NotFound("Event not found")
        return event

    @operation("list_waiting", query=WaitingQuery, answer=list[NamedWaitingView])
    async def get(self) -> None:
        """List the parties that wait or are offered seats, by when they joined, a page at a time."""
        query, after = read_page(self, WaitingQuery, read_place)
        shown, place = await self.hub.waiting.page(query.event, after=after, limit=query.limit, search=query.search)
        if place is not None:
            link_next(self, WaitingQuery, cursor=cursor_of(*place))
        if not query.search.strip():
            following = [] if place is None else [place]
            await count_first(self, query, [*shown, *following], lambda: self.hub.waiting.count(query.event))
        self.answer([self._named(entry, standing) for entry, standing in shown])

    def _named(self, entry: WaitingEntry, standing: Standing) -> NamedWaitingView:
        page = self.hub.waiting.page_of(entry.id) if self.known.has("tickets:write") else None
        return NamedWaitingView(
            **msgspec.structs.asdict(view_of(entry, standing, page)),
            name=entry.name,
            email=entry.email,
            phone_number=entry.phone_number,
        )


class WaitingEntryHandler(BaseHandler):
    """`/api/waiting/{id}`."""

    @operation("leave_waiting_list", status=204, refuses=("not_waiting",))
    async def delete(self, entry_id: str) -> None:
        """Remove a party from the list; seats that it was offered go on to the next."""
        await self.hub.waiting.leave(await self.hub.waiting.entry(entry_id))
        self.set_status(204)
        self.finish()
