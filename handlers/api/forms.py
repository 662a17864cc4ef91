"""Forms of tickets and reservations: the bodies that clients send, and the orders that they make."""

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec

from hub.door.resolve import LONGEST_BARCODE
from hub.formats.contact import clean, is_address, is_name, is_printable
from hub.formats.local_time import wrong_local
from hub.formats.phone import country_of
from hub.model.event import Event
from hub.model.ticket import Ticket
from hub.tickets.changes import Wanted
from hub.tickets.orders import Guest, Order, check_buyer, check_when, full_name, split_name
from hub.validation import Problems, collect, object_of

Price = Annotated[str, msgspec.Meta(max_length=100)] | None
UUID_FORM = r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\Z"
Uuid = Annotated[str, msgspec.Meta(pattern=UUID_FORM, extra={"error": "must be a uuid"})]
UNBOOKABLE = "The booking cannot be made"


class TicketForm(msgspec.Struct, kw_only=True):
    """The body of `POST /api/tickets`."""

    name: str
    phone_number: str
    date: str
    time: str
    event: str | None = None
    product: str | None = None
    price: Price = None


class GuestForm(msgspec.Struct, kw_only=True):
    """One ticket of a reservation."""

    first_name: str
    last_name: str = ""
    product: str | None = None
    price: Price = None
    uuid: Uuid | None = None
    """The ticket's id at the server that sold it, which stands in its code."""
    barcode: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_BARCODE)] | None = None


class ReservationForm(msgspec.Struct, kw_only=True):
    """The body of `POST /api/reservations`."""

    name: str
    phone_number: str
    date: str
    time: str
    tickets: list[GuestForm]
    event: str | None = None
    email: str | None = None
    paid: bool = True


class TicketPatch(msgspec.Struct, kw_only=True):
    """The body of `PUT` and `PATCH /api/tickets/{id}`: what is left out stays, other fields are ignored."""

    name: str | msgspec.UnsetType = msgspec.UNSET
    phone_number: str | msgspec.UnsetType = msgspec.UNSET
    date: str | msgspec.UnsetType = msgspec.UNSET
    time: str | msgspec.UnsetType = msgspec.UNSET
    event: str | None = None


BookingForm = TicketForm | ReservationForm
LONGEST_NUMBER = 10**20
"""A phone number that is sent as a number is below this: more digits no phone number has."""


def cleaned(raw: object) -> dict[str, Any]:
    """Return a body with its texts cleaned, and a phone number as text. Raises `BadInput` for no object."""
    body = {name: _cleaned(value) for name, value in object_of(raw).items()}
    number = body.get("phone_number")
    if isinstance(number, int) and not isinstance(number, bool) and 0 <= number < LONGEST_NUMBER:
        body["phone_number"] = str(number)
    return body


def _cleaned(value: object) -> object:
    """Return a text in its normal form, and so those of a list of tickets; a barcode is what its QR holds."""
    if isinstance(value, list):
        return [
            {name: text if name == "barcode" else _cleaned(text) for name, text in each.items()}
            if isinstance(each, dict)
            else each
            for each in value
        ]
    return clean(value) if isinstance(value, str) else value


def split_guest(form: TicketForm) -> Guest:
    """Return the one guest of a ticket's form."""
    return msgspec.structs.replace(split_name(form.name), product=form.product, price=form.price)


def to_guest(form: GuestForm) -> Guest:
    """Return the guest of a reservation's form."""
    guest = Guest(**msgspec.structs.asdict(form))
    return msgspec.structs.replace(guest, uuid=guest.uuid and guest.uuid.lower())


def check_booking(form: BookingForm, problems: Problems) -> None:
    """Add what is wrong with a booking, whatever event it is for."""
    problems.update(check_buyer(form.name, form.phone_number) | wrong_local(form.date, form.time))
    if isinstance(form, TicketForm):
        _check_price(form.price, "price", problems)
        return
    if form.email and not is_address(form.email):
        problems.add("email", "must be a mail address, like ada@example.org")
    for n, guest in enumerate(form.tickets):
        if not is_name(full_name(to_guest(guest))):
            problems.add(f"tickets[{n}].first_name", "must be 1 to 100 characters")
        _check_price(guest.price, f"tickets[{n}].price", problems)


def check_sold(form: BookingForm, event: Event, guests: Sequence[Guest], problems: Problems) -> None:
    """Add what is wrong with a booking for this event: kinds that it does not sell, a time that its zone skips."""
    problems.update(check_when(form.date, form.time, event.timezone))
    names = {product.name for product in event.products}
    for n, guest in enumerate(guests):
        if guest.product is not None and guest.product not in names:
            problems.add(
                f"tickets[{n}].product" if isinstance(form, ReservationForm) else "product", "is not sold here"
            )


def _check_price(price: str | None, path: str, problems: Problems) -> None:
    if price is not None and not is_printable(price):
        problems.add(path, "must be printable")


def to_order(form: BookingForm, event: Event, guests: Sequence[Guest], problems: Problems | None = None) -> Order:
    """Return the order that a form makes. Raises `BadInput` with all that is wrong, `problems` included."""
    problems = Problems() if problems is None else problems
    check_booking(form, problems)
    check_sold(form, event, guests, problems)
    problems.raise_if_any(UNBOOKABLE)
    return Order(
        event=event.id,
        date=form.date,
        time=form.time,
        name=form.name,
        phone_number=form.phone_number,
        email=getattr(form, "email", None) or None,
        paid=getattr(form, "paid", True),
        guests=tuple(guests),
    )


def to_wanted(raw: object, ticket: Ticket, event: Event) -> Wanted:
    """Return how a body wants a ticket. Raises `BadInput` with all that is wrong."""
    form, problems = collect(cleaned(raw), TicketPatch)
    sent = {name: value for name, value in msgspec.structs.asdict(form).items() if value is not msgspec.UNSET}
    if sent.pop("event") not in (None, ticket.event):
        problems.add("event", "must stay as it is: a ticket cannot be moved to another event")
    whole = Wanted(**sent).of(ticket)
    errors = check_buyer(whole.name, whole.phone_number) | check_when(whole.date, whole.time, event.timezone)
    problems.update({field: text for field, text in errors.items() if field in sent})
    problems.raise_if_any("The ticket cannot be changed so")
    return Wanted(**sent, country=country_of(event.timezone))
