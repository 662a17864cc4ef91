"""Guest search and guest list for doors that check in by hand (scan-api.md, the newer calls).

The `qrcode_data` of a guest is a manual code: good for this one device, for ten minutes.
"""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from hub.clock import Clock
from hub.door.manual_codes import ManualCodes
from hub.door.resolve import may_search
from hub.door.response import custom_form, notice_of, seat_of
from hub.door.rules import status_label
from hub.door.ticket_state import fold, rule_of
from hub.errors import BadInput, NotAllowed, NotFound
from hub.formats.contact import printable
from hub.formats.local_time import wrong_local
from hub.formats.name_search import MOST_WORDS, words_of
from hub.formats.phone import last_digits, typed_phone
from hub.model.access import Principal
from hub.model.event import Event
from hub.model.ticket import Seat, Ticket
from hub.validation import Problems, read_message
from store.collections.events import EventReader
from store.collections.guest_list import GuestList, GuestQuery

SHORTEST = 3

Page = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]
PageSize = Annotated[int, msgspec.Meta(ge=1, le=200)]

ORDER_NAMES = {
    "reservation__datetime": "booked",
    "reservation_datetime": "booked",
    "reservation__uuid": "reservation",
    "reservation_uuid": "reservation",
    "name": "last_name",
}
"""The phone's spellings of what a list may be ordered by, and the hub's own."""


class PageBody(msgspec.Struct, kw_only=True):
    """Fields of both a search and a list."""

    event_uuid: UUID | None = None
    date: str | None = None
    time: str | None = None
    """With `date` the time whose guests are wanted; without, those of all times."""
    page: Page = 1
    page_size: PageSize = 40


class SearchBody(PageBody, kw_only=True):
    """The body of `POST /scan/search_ticket/`."""

    search: Annotated[str, msgspec.Meta(max_length=100)]


class ListBody(PageBody, kw_only=True):
    """The body of `POST /scan/list_tickets/`."""

    order_by: Literal[
        "reservation__datetime",
        "reservation_datetime",
        "reservation__uuid",
        "reservation_uuid",
        "name",
        "first_name",
        "last_name",
        "date",
        "product",
        "status",
        "uuid",
    ] = "reservation__datetime"
    order_dir: Literal["asc", "desc"] = "desc"


class Guest(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket in a guest list; `qrcode_data` is a manual code."""

    uuid: str
    issue: int
    first_name: str | None
    last_name: str | None
    status: str
    is_scanned: bool
    product: str | None
    price: str | None
    date: str
    time: str
    reservation_uuid: str
    reservation_datetime: str
    custom_form: dict[str, str] | None
    seat: Seat | UnsetType = UNSET
    notice: str | UnsetType = UNSET
    phone_end: str | UnsetType = UNSET
    """The last digits of the phone number."""
    qrcode_data: str


class GuestPage(msgspec.Struct, frozen=True, kw_only=True):
    """One page of a guest list or search, as TiBillet's phone reads it."""

    success: bool = True
    count: int
    total: int
    page: int
    page_size: int
    total_pages: int
    other_times: int | UnsetType = UNSET
    """Guests of other times who match, where those of one time are wanted."""
    results: list[Guest]


class Search:
    """Guest search: lists and searches the guests of one event."""

    def __init__(self, events: EventReader, guests: GuestList, manual_codes: ManualCodes, clock: Clock) -> None:
        self._events = events
        self._guests = guests
        self._manual_codes = manual_codes
        self._clock = clock

    async def search(self, principal: Principal, raw: object) -> GuestPage:
        """Return the guests with such a name, phone number, product, price, address, seat, barcode or id.

        By answers given at booking, too, where the event shows those to doors.

        Raises `NotAllowed` without the right `search` or for another event than the device's, `BadInput` naming the
        field that is wrong, `NotFound` for an event that there is not.
        """
        check_search(principal)
        body = read_message(raw, SearchBody, _check_time)
        text, words = _searched(body.search)
        event = await self._event(principal, body)
        query = GuestQuery(
            event=event.id,
            filters=_filters(body),
            text=text,
            words=words,
            phone=typed_phone(text),
            in_answers="fields" in event.door_shows,
        )
        return await self._answer(principal, event, body, query, "last_name")

    async def page(self, principal: Principal, raw: object) -> GuestPage:
        """Return one page of the event's guests, ordered as asked. Raises as `search` does."""
        check_search(principal)
        body = read_message(raw, ListBody, _check_time)
        event = await self._event(principal, body)
        order = ORDER_NAMES.get(body.order_by, body.order_by)
        query = GuestQuery(event=event.id, filters=_filters(body))
        return await self._answer(principal, event, body, query, order, is_descending=body.order_dir == "desc")

    async def _event(self, principal: Principal, body: PageBody) -> Event:
        asked = str(body.event_uuid) if body.event_uuid is not None else principal.event
        if asked is None:
            raise BadInput("event_uuid: is required", {"event_uuid": "is required"}, code="bad_request", status=400)
        if principal.event not in (None, asked):
            raise NotAllowed("not_allowed", "This device may see its own event only")
        event = await self._events.find(asked)
        if event is None:
            raise NotFound("Event not found")
        return event

    async def _answer(
        self,
        principal: Principal,
        event: Event,
        body: PageBody,
        query: GuestQuery,
        order: str,
        *,
        is_descending: bool = False,
    ) -> GuestPage:
        now, skip, limit = self._clock.now(), _skip(body), body.page_size
        others: int | UnsetType = UNSET
        if query.filters:
            tickets, total, others = await self._guests.find_at_time(
                query, order, is_descending=is_descending, skip=skip, limit=limit
            )
        else:
            tickets, total = await self._guests.find(query, order, is_descending=is_descending, skip=skip, limit=limit)
        return GuestPage(
            count=len(tickets),
            total=total,
            page=body.page,
            page_size=body.page_size,
            total_pages=-(-total // body.page_size),
            other_times=others,
            results=[self._guest(principal, event, ticket, now) for ticket in tickets],
        )

    def _guest(self, principal: Principal, event: Event, ticket: Ticket, now: datetime) -> Guest:
        state = fold(ticket, rule_of(ticket, event))
        return Guest(
            uuid=ticket.id,
            issue=ticket.issue,
            first_name=ticket.first_name,
            last_name=ticket.last_name,
            status=status_label(ticket, state, now),
            is_scanned=state.is_scanned,
            product=ticket.product,
            price=ticket.price,
            date=ticket.date,
            time=ticket.time,
            reservation_uuid=ticket.reservation,
            reservation_datetime=ticket.created_at.isoformat(),
            custom_form=custom_form(ticket, event),
            seat=seat_of(ticket, event) or UNSET,
            notice=notice_of(ticket, event) or UNSET,
            phone_end=last_digits(ticket.phone_number) or UNSET,
            qrcode_data=self._manual_codes.make(ticket.id, ticket.issue, event.id, principal.id, now),
        )


def check_search(principal: Principal) -> None:
    """Raise `NotAllowed` unless the device may look for guests."""
    if not may_search(principal):
        raise NotAllowed("not_allowed", "This device may not search for guests")


def _searched(search: str) -> tuple[str, list[str]]:
    """Return the text to look for, and its words."""
    text, words = printable(search).strip(), words_of(search)
    if len(text) < SHORTEST:
        raise _wrong_search(f"{SHORTEST} characters or more")
    if len(words) > MOST_WORDS:
        raise _wrong_search(f"{MOST_WORDS} words at most")
    return text, words


def _check_time(body: PageBody, problems: Problems) -> None:
    """Check of the filter by time: date and time of a showing, both or neither."""
    if body.date is not None or body.time is not None:
        problems.update(wrong_local(body.date or "", body.time or ""))


def _filters(body: PageBody) -> dict[str, str]:
    return {} if body.date is None or body.time is None else {"date": body.date, "time": body.time}


def _wrong_search(text: str) -> BadInput:
    return BadInput(f"search: {text}", {"search": text}, code="bad_request", status=400)


def _skip(body: PageBody) -> int:
    return (body.page - 1) * body.page_size
