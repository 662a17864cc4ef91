"""Form of the booking page: fields as the guest filled them in, the order they make, and their errors by field."""

import re
import secrets
from typing import Any

import msgspec

from handlers.api.forms import ReservationForm, to_order
from hub.errors import BadInput, HubError
from hub.formats.contact import clean, is_name
from hub.model.event import Event
from hub.tickets.orders import Guest, Order, most_by_guest, split_name
from hub.tickets.pricing import Kind, kinds_for_guests
from hub.tickets.seats import ProductSoldOut

ONCE = re.compile(r"[A-Za-z0-9_-]{22,64}", re.ASCII)
"""A form's own random text, 128 bits or more: a guessable one would hand out a stranger's ticket."""

FIELDS_OF_CODES = {
    "sold_out": "when",
    "seats_left": "when",
    "time_over": "when",
    "no_showing": "when",
    "waiting_full": "when",
    "phone_limit": "phone_number",
}
"""Field beside which a refusal is shown, by its code."""
FIELDS_ON_PAGE = {"date": "when", "time": "when", "first_name": "name", "tickets": "count", "price": "product"}
"""Fields of the page by those of the API, where they differ."""


class BookingForm(msgspec.Struct, kw_only=True):
    """Form as it was filled in, to be shown again where it has errors."""

    date: str = ""
    time: str = ""
    count: str = "1"
    name: str = ""
    others: str = ""
    """Names of the other guests, one on each line; whoever is not named goes by the buyer's."""
    phone_number: str = ""
    email: str = ""
    product: str = ""
    once: str = ""

    @property
    def when(self) -> str:
        """The chosen time, as the form names it."""
        return f"{self.date}T{self.time}"

    @property
    def wanted(self) -> int:
        """The number of tickets: one where that is not given in digits."""
        return int(self.count) if re.fullmatch(r"[0-9]{1,3}", self.count, re.ASCII) else 1


def read_form(arguments: dict[str, str]) -> BookingForm:
    """Return the form that was sent; a time may come as one field `when`. Without a good `once` it gets a new one."""
    told = {name: text for name, text in arguments.items() if name in BookingForm.__struct_fields__}
    if "when" in arguments:
        told["date"], _, told["time"] = arguments["when"].partition("T")
    form = BookingForm(**told)
    return form if ONCE.fullmatch(form.once) else renewed(form)


def renewed(form: BookingForm) -> BookingForm:
    """Return the form as one that has not been sent yet."""
    return msgspec.structs.replace(form, once=secrets.token_urlsafe(18))


def order_of(form: BookingForm, event: Event) -> Order:
    """Return the order that a form makes. Raises `BadInput` with all that is wrong."""
    errors: dict[str, str] = {} if 1 <= form.wanted <= most_by_guest(event) else {"count": "too many"}
    kind, others = kind_of(form, event), others_of(form)
    if len(others) >= max(form.wanted, 1) or not all(map(is_name, others)):
        errors["others"] = "one name a line, for the other tickets"
    if kind is None and event.products:
        errors["product"] = "is not sold here"
    names = [clean(form.name), *others]
    names += names[:1] * (form.wanted - len(names))
    guests = [_guest(name, kind) for name in names]
    sent = ReservationForm(
        name=clean(form.name),
        phone_number=clean(form.phone_number),
        date=form.date,
        time=form.time,
        email=form.email or None,
        tickets=[],
    )
    try:
        order = to_order(sent, event, guests if not errors else guests[:1])
    except BadInput as wrong:
        raise BadInput(wrong.message, errors | wrong.errors) from wrong
    if errors:
        raise BadInput("The booking cannot be made", errors)
    return order


def others_of(form: BookingForm) -> list[str]:
    """Return the names of the other guests, cleaned; lines without one are left out."""
    return [name for line in form.others.splitlines() if (name := clean(line))]


def kind_of(form: BookingForm, event: Event) -> Kind | None:
    """Return the chosen kind of ticket, the one there is where there is no choice; None for none of this event."""
    kinds = kinds_for_guests(event)
    if len(kinds) == 1:
        return kinds[0]
    return next((kind for kind in kinds if kind.label == form.product), None)


def _guest(name: str, kind: Kind | None) -> Guest:
    guest = split_name(name)
    return guest if kind is None else msgspec.structs.replace(guest, product=kind.product, price=kind.price)


def problems_of(wrong: HubError) -> dict[str, Any]:
    """Return a refusal as the page shows it: a code for each field, and for the whole form under `form`."""
    if isinstance(wrong, ProductSoldOut):
        return {"product": wrong.code}
    if field := FIELDS_OF_CODES.get(wrong.code):
        return {field: wrong.code}
    if isinstance(wrong, BadInput) and wrong.errors:
        fields = [field.rpartition(".")[2] for field in wrong.errors]
        return {FIELDS_ON_PAGE.get(field, field): "wrong" for field in fields}
    return {"form": wrong.code}
