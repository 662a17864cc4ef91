"""What clients write of tickets and reservations, checked: all that is wrong is named at once."""

from typing import Annotated, Any

import msgspec

from hub.door.resolve import LONGEST_BARCODE
from hub.errors import BadInput
from hub.events.form import field_error
from hub.formats.contact import is_address, is_name
from hub.model.event import Event
from hub.model.ticket import Ticket
from hub.tickets.changes import Wanted
from hub.tickets.orders import Guest, Order, check_buyer, check_when, full_name, split_name

Price = Annotated[str, msgspec.Meta(max_length=100)] | None
UUID_FORM = r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\Z"


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
    uuid: Annotated[str, msgspec.Meta(pattern=UUID_FORM)] | None = None
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
    """The body of `PUT` and `PATCH /api/tickets/{id}`: what is left out stays, what else is told is ignored."""

    name: str | msgspec.UnsetType = msgspec.UNSET
    phone_number: str | msgspec.UnsetType = msgspec.UNSET
    date: str | msgspec.UnsetType = msgspec.UNSET
    time: str | msgspec.UnsetType = msgspec.UNSET
    event: str | None = None


def parse(raw: Any, form: type[Any]) -> Any:
    """Return the body as `form`, texts trimmed. Raises `BadInput` naming the field that is wrong."""
    if not isinstance(raw, dict):
        raise BadInput("The body must be a JSON object", code="bad_request", status=400)
    trimmed = {name: value.strip() if isinstance(value, str) else value for name, value in raw.items()}
    missing = [field for field in form.__struct_fields__ if field not in trimmed and field in required(form)]
    if missing:
        raise BadInput("Fields are missing", dict.fromkeys(missing, "is required"))
    try:
        return msgspec.convert(trimmed, form)
    except msgspec.ValidationError as wrong:
        raise BadInput("The request cannot be used", field_error(wrong)) from wrong


def required(form: type[Any]) -> set[str]:
    """Return the names of the fields without a default."""
    return {field.name for field in msgspec.structs.fields(form) if field.required}


def split_guest(form: TicketForm) -> Guest:
    """Return the one guest of a ticket's form."""
    return msgspec.structs.replace(split_name(form.name), product=form.product, price=form.price)


def to_guest(form: GuestForm) -> Guest:
    """Return the guest of a reservation's form."""
    guest = Guest(**msgspec.structs.asdict(form))
    return msgspec.structs.replace(guest, uuid=guest.uuid and guest.uuid.lower())


def to_order(form: TicketForm | ReservationForm, event: Event, guests: list[Guest]) -> Order:
    """Return the order that a form makes, with all that is wrong named at once."""
    errors = check_buyer(form.name, form.phone_number) | check_when(form.date, form.time, event.timezone)
    email = getattr(form, "email", None) or None
    if email is not None and not is_address(email):
        errors["email"] = "must be a mail address, like ada@example.org"
    names = {product.name for product in event.products}
    for n, guest in enumerate(guests):
        if guest.product is not None and guest.product not in names:
            errors[f"tickets[{n}].product" if isinstance(form, ReservationForm) else "product"] = "is not sold here"
        if isinstance(form, ReservationForm) and not is_name(full_name(guest)):
            errors[f"tickets[{n}].first_name"] = "1 to 100 characters"
        if guest.price is not None and not guest.price.isprintable():
            errors[f"tickets[{n}].price" if isinstance(form, ReservationForm) else "price"] = "must be printable"
    if errors:
        raise BadInput("The booking cannot be made", errors)
    return Order(
        event=event.id,
        date=form.date,
        time=form.time,
        name=form.name,
        phone_number=form.phone_number,
        email=email,
        paid=getattr(form, "paid", True),
        guests=tuple(guests),
    )


def to_wanted(form: TicketPatch, ticket: Ticket, event: Event) -> Wanted:
    """Return how a form wants a ticket, with all that is wrong named at once."""
    told = {name: value for name, value in msgspec.structs.asdict(form).items() if value is not msgspec.UNSET}
    if told.pop("event") not in (None, ticket.event):
        raise BadInput("A ticket cannot be moved to another event", {"event": "must stay as it is"})
    whole = Wanted(**told).of(ticket)
    errors = check_buyer(whole.name, whole.phone_number) | check_when(whole.date, whole.time, event.timezone)
    if wrong := {field: text for field, text in errors.items() if field in told}:
        raise BadInput("The ticket cannot be changed so", wrong)
    return Wanted(**told)
