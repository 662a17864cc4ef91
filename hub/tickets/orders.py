"""Orders: the tickets that one buyer books at once, with their guests, and the validation (booking-api.md). Pure."""

from typing import Any

import msgspec
from msgspec.structs import asdict

from hub.errors import BadInput
from hub.formats.contact import is_name
from hub.formats.local_time import to_instant, zone_of
from hub.formats.name_search import answer_words
from hub.formats.phone import WRONG_PHONE, is_phone
from hub.model.event import Event
from hub.model.ticket import Details, Reservation

MOST_WITH_KEY, MOST_WITHOUT = 500, 20


class Guest(msgspec.Struct, frozen=True, kw_only=True):
    """Guest: one ticket to be booked, with its holder and product."""

    first_name: str
    last_name: str
    product: str | None = None
    price: str | None = None
    uuid: str | None = None
    """The ticket's id, where another server gave it one."""
    barcode: str | None = None
    details: Details = Details()
    """Details for the door, of this ticket."""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """Order of one buyer, validated."""

    event: str
    date: str
    time: str
    name: str
    phone_number: str
    email: str | None = None
    language: str | None = None
    """Tag of the language that it was made in, for mails and passes; None where that is not known."""
    paid: bool = True
    details: Details = Details()
    """Details for the door, of all its tickets."""
    guests: tuple[Guest, ...]


class Booked(msgspec.Struct, frozen=True, kw_only=True):
    """Outcome of a booking: ids only, so that an idempotency record may hold it."""

    reservation: str
    tickets: list[str]


def most_by_guest(event: Event) -> int:
    """Highest number of tickets of a time that a guest may book or wait for at once."""
    return min(event.phone_limit, MOST_WITHOUT)


def uuids_of(order: Order) -> list[str]:
    """Return the ids that an order's tickets bring with them."""
    return [guest.uuid for guest in order.guests if guest.uuid is not None]


def barcodes_of(order: Order) -> list[str]:
    """Return the barcodes that an order's tickets bring with them."""
    return [guest.barcode for guest in order.guests if guest.barcode is not None]


def ticket_columns(details: Details) -> dict[str, Any]:
    """Return details for the door as a ticket keeps them, with the words of its answers to search by."""
    return asdict(details) | {"answer_words": answer_words(field.value for field in details.fields)}


def reservation_columns(details: Details) -> dict[str, Any]:
    """Return details for the door as a reservation keeps them, which has no seat."""
    return {name: value for name, value in asdict(details).items() if name in Reservation.__struct_fields__}


def full_name(guest: Guest) -> str:
    """Return first and last name as one."""
    return f"{guest.first_name} {guest.last_name}".strip()


def split_name(name: str) -> Guest:
    """Return a guest from a whole name: the last word is the last name, for doors that show both."""
    first, _, last = name.rpartition(" ")
    return Guest(first_name=first.strip() or last, last_name=last if first else "")


def check_buyer(name: str, phone_number: str) -> dict[str, str]:
    """Return the errors of a buyer's name and phone number, by field."""
    errors = {}
    if not is_name(name):
        errors["name"] = "1 to 100 characters"
    if not is_phone(phone_number):
        errors["phone_number"] = WRONG_PHONE
    return errors


def check_when(date: str, time: str, timezone: str) -> dict[str, str]:
    """Return the errors of a local date and time, by field."""
    try:
        to_instant(date, time, zone_of(timezone))
    except BadInput as wrong:
        return wrong.errors
    return {}
