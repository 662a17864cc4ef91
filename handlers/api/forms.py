"""Forms of tickets and reservations: request bodies, and the orders that they make."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import msgspec

from hub.door.resolve import LONGEST_BARCODE
from hub.formats.contact import clean, is_address, is_name, is_printable
from hub.formats.local_time import wrong_local
from hub.formats.phone import country_of
from hub.language.catalogue import ONE_OF_THE_LANGUAGES, is_known
from hub.model.event import Event
from hub.model.ticket import (
    LONGEST_ANSWER,
    LONGEST_NOTICE,
    LONGEST_PLACE,
    LONGEST_QUESTION,
    MOST_ANSWERS,
    Details,
    Field,
    Seat,
    Ticket,
)
from hub.tickets.changes import Wanted
from hub.tickets.orders import Guest, Order, check_buyer, check_when, full_name, split_name
from hub.validation import Problems, collect, object_of

Price = Annotated[str, msgspec.Meta(max_length=100)] | None
UUID_FORM = r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\Z"
Uuid = Annotated[str, msgspec.Meta(pattern=UUID_FORM, extra={"error": "must be a uuid"})]
Notice = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_NOTICE)]
PlaceName = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_PLACE)]
Answer = Annotated[str, msgspec.Meta(max_length=LONGEST_ANSWER)]
Fields = Annotated[dict[str, Answer], msgspec.Meta(max_length=MOST_ANSWERS)]
UNBOOKABLE = "The booking cannot be made"


class SeatForm(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Form of a seat: block, row and number, as far as the event has them."""

    block: PlaceName | None = None
    row: PlaceName | None = None
    seat: PlaceName | None = None


class SharedDetails(msgspec.Struct, kw_only=True):
    """Details for the door, of a ticket or of a whole reservation."""

    notice: Notice | None = None
    fields: Fields = {}


class OwnDetails(SharedDetails, kw_only=True):
    """Details for the door, of one ticket."""

    seat: SeatForm | None = None


class TicketForm(OwnDetails, kw_only=True):
    """Form of a ticket: the body of `POST /api/tickets`."""

    name: str
    phone_number: str
    date: str
    time: str
    event: str | None = None
    product: str | None = None
    price: Price = None
    language: str | None = None


class GuestForm(OwnDetails, kw_only=True):
    """Form of one ticket of a reservation."""

    first_name: str
    last_name: str = ""
    product: str | None = None
    price: Price = None
    uuid: Uuid | None = None
    """The ticket's id at the server that sold it, which stands in its code."""
    barcode: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_BARCODE)] | None = None


class ReservationForm(SharedDetails, kw_only=True):
    """Form of a reservation: the body of `POST /api/reservations`."""

    name: str
    phone_number: str
    date: str
    time: str
    tickets: list[GuestForm]
    event: str | None = None
    email: str | None = None
    language: str | None = None
    paid: bool = True


class TicketPatch(msgspec.Struct, kw_only=True):
    """Form of a ticket's change (`PUT` and `PATCH /api/tickets/{id}`): absent fields stay, unknown ones are ignored."""

    name: str | msgspec.UnsetType = msgspec.UNSET
    phone_number: str | msgspec.UnsetType = msgspec.UNSET
    date: str | msgspec.UnsetType = msgspec.UNSET
    time: str | msgspec.UnsetType = msgspec.UNSET
    event: str | None = None
    notice: Notice | msgspec.UnsetType | None = msgspec.UNSET
    seat: SeatForm | msgspec.UnsetType | None = msgspec.UNSET
    fields: Fields | msgspec.UnsetType = msgspec.UNSET


class ReservationPatch(msgspec.Struct, kw_only=True):
    """Body of `PATCH /api/reservations/{id}`: a field that is left out stays, others are ignored."""

    notice: Notice | msgspec.UnsetType | None = msgspec.UNSET
    fields: Fields | msgspec.UnsetType = msgspec.UNSET


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
    """Text in its normal form, and so those of a list of tickets; a barcode stays as its QR has it."""
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
    guest = split_name(form.name)
    return msgspec.structs.replace(guest, product=form.product, price=form.price, details=to_details(form))


def to_guest(form: GuestForm) -> Guest:
    """Return the guest of a reservation's form."""
    return Guest(
        first_name=form.first_name,
        last_name=form.last_name,
        product=form.product,
        price=form.price,
        uuid=form.uuid and form.uuid.lower(),
        barcode=form.barcode,
        details=to_details(form),
    )


def to_details(form: SharedDetails) -> Details:
    """Return a form's details for the door."""
    sent = {name: getattr(form, name) for name in form.__struct_fields__}
    return Details(**_take_details(sent))


def _take_details(sent: dict[str, Any]) -> dict[str, Any]:
    """Take the details for the door out of a form's fields, and return them as `Details` has them."""
    taken = {name: sent.pop(name) for name in Details.__struct_fields__ if name in sent}
    if "seat" in taken:
        taken["seat"] = to_seat(taken["seat"])
    if "fields" in taken:
        taken["fields"] = to_fields(taken["fields"])
    return taken


def to_seat(form: SeatForm | None) -> Seat | None:
    """Return a form's seat; None for one that names nothing."""
    seat = None if form is None else Seat(block=form.block, row=form.row, seat=form.seat)
    return None if seat == Seat() else seat


def to_fields(answers: Mapping[str, str]) -> list[Field]:
    """Return a form's answers, in its order."""
    return [Field(name, value) for name, value in answers.items()]


def check_details(form: SharedDetails, path: str, problems: Problems) -> None:
    """Add the errors of a form's details for the door; `path` is that of the ticket."""
    within = f"{path}." if path else ""
    seat = form.seat if isinstance(form, OwnDetails) else None
    problems.update(wrong_details(form.notice, seat, form.fields), path)
    if any(not 1 <= len(name) <= LONGEST_QUESTION for name in form.fields):
        problems.add(f"{within}fields", f"must have names of 1 to {LONGEST_QUESTION} characters")


def wrong_details(notice: str | None, seat: SeatForm | None, fields: Mapping[str, str]) -> dict[str, str]:
    """Return the errors of texts for the door that hold characters which steer a page or a printer, by field."""
    places = {} if seat is None else {f"seat.{name}": text for name, text in msgspec.structs.asdict(seat).items()}
    texts = {"notice": notice, **places, **{f"fields.{name[:LONGEST_QUESTION]}": text for name, text in fields.items()}}
    wrong = {path: "must be printable" for path, text in texts.items() if text and not _is_printable(text)}
    return wrong | ({} if all(map(_is_printable, fields)) else {"fields": "must have printable names"})


def _is_printable(text: str) -> bool:
    return all(map(is_printable, text.split("\n")))


def check_booking(form: BookingForm, problems: Problems) -> None:
    """Add the errors of a booking, whatever event it is for."""
    problems.update(check_buyer(form.name, form.phone_number) | wrong_local(form.date, form.time))
    check_details(form, "", problems)
    check_language(form.language, problems)
    if isinstance(form, TicketForm):
        _check_price(form.price, "price", problems)
        return
    if form.email and not is_address(form.email):
        problems.add("email", "must be a mail address, like ada@example.org")
    for n, guest in enumerate(form.tickets):
        if not is_name(full_name(to_guest(guest))):
            problems.add(f"tickets[{n}].first_name", "must be 1 to 100 characters")
        _check_price(guest.price, f"tickets[{n}].price", problems)
        check_details(guest, f"tickets[{n}]", problems)


def check_language(tag: str | None, problems: Problems) -> None:
    """Add the error of a language's tag."""
    if tag is not None and not is_known(tag):
        problems.add("language", ONE_OF_THE_LANGUAGES)


def check_sold(form: BookingForm, event: Event, guests: Sequence[Guest], problems: Problems) -> None:
    """Add the errors of a booking for this event: kinds that it does not sell, a time that its zone skips."""
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
    """Return the order of a form. Raises `BadInput` with all errors, `problems` included."""
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
        language=form.language,
        paid=getattr(form, "paid", True),
        details=to_details(form) if isinstance(form, ReservationForm) else Details(),
        guests=tuple(guests),
    )


def to_wanted(raw: object, ticket: Ticket, event: Event) -> Wanted:
    """Return the wanted state of a ticket in a body. Raises `BadInput` with all errors."""
    form, problems = collect(cleaned(raw), TicketPatch)
    sent = _sent(form)
    if sent.pop("event") not in (None, ticket.event):
        problems.add("event", "must stay as it is: a ticket cannot be moved to another event")
    _check_sent_details(sent, problems)
    details = _take_details(sent)
    wanted = Wanted(**sent, details=details, country=country_of(event.timezone))
    whole = wanted.of(ticket)
    errors = check_buyer(whole.name, whole.phone_number) | check_when(whole.date, whole.time, event.timezone)
    problems.update({field: text for field, text in errors.items() if field in sent})
    problems.raise_if_any("The ticket cannot be changed so")
    return wanted


def to_shared(raw: object) -> dict[str, Any]:
    """Return the wanted details of a reservation in a body, by name. Raises `BadInput` with all errors."""
    form, problems = collect(cleaned(raw), ReservationPatch)
    sent = _sent(form)
    _check_sent_details(sent, problems)
    problems.raise_if_any("The reservation cannot be changed so")
    return _take_details(sent)


def _sent(form: TicketPatch | ReservationPatch) -> dict[str, Any]:
    """Return the fields that were sent."""
    fields = {name: getattr(form, name) for name in form.__struct_fields__}
    return {name: value for name, value in fields.items() if value is not msgspec.UNSET}


def _check_sent_details(sent: Mapping[str, Any], problems: Problems) -> None:
    """Add the errors of a change of the details for the door."""
    details = {name: sent[name] for name in Details.__struct_fields__ if name in sent}
    check_details(OwnDetails(**details), "", problems)
