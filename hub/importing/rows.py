"""From a row's cells to what a ticket is made of, or to all that is wrong with them."""

import re
from collections import Counter
from collections.abc import Sequence
from uuid import NAMESPACE_OID, uuid5

import msgspec

from hub.door.resolve import LONGEST_BARCODE
from hub.errors import BadInput
from hub.formats.contact import PHONE
from hub.importing.columns import Columns
from hub.importing.showings import Times, WrongTime
from hub.importing.vocabulary import is_gone, is_unpaid, says_yes
from hub.model.event import Showing
from hub.model.imports import Problem
from hub.tickets.orders import Guest, split_name

IDENTITY = ("barcode", "uuid", "reservation")
"""A row must have one of them, so that the same file is known again."""
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
LONGEST = {"first_name": 100, "last_name": 100, "product": 100, "price": 100, "email": 254, "reservation": 100}


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One ticket to be: `number` is its row in the file, `reservation` what its seller calls the order."""

    number: int
    guest: Guest
    showing: Showing
    phone_number: str
    email: str | None
    reservation: str | None
    paid: bool


class RowReader:
    """Reads the rows of one file."""

    def __init__(self, columns: Columns, times: Times) -> None:
        """Raise `BadInput` where no column tells one ticket from another."""
        if not any(column in columns.places for column in IDENTITY):
            text = "is missing: a column barcode, secret, ticket secret, uuid, order code or reservation is needed"
            raise BadInput("There is no column barcode in the file's first row", {"barcode": text})
        self._places = columns.places
        self._times = times
        self._parties: Counter[str] = Counter()

    def read(self, number: int, cells: Sequence[str]) -> tuple[Row | None, list[Problem]]:
        """Return a row, None for a ticket that is cancelled at its seller's, and all that is wrong with it."""
        said = {column: cells[place] if place < len(cells) else "" for column, place in self._places.items()}
        if is_gone(said.get("status", "")):
            return None, []
        problems = [Problem(row=number, column=column, message=text) for column, text in _check(said).items()]
        try:
            showing = self._times.find(*(said.get(column, "") for column in ("starts", "date", "time")))
        except WrongTime as wrong:
            return None, [*problems, wrong.at(number)]
        return (None, problems) if problems else (_row(number, said, showing, self._id_of(said)), [])

    def _id_of(self, said: dict[str, str]) -> str | None:
        """Return the ticket's id as far as the file tells: its own, or which of its order's tickets it is."""
        if said.get("uuid") or said.get("barcode"):
            return said.get("uuid", "").lower() or None
        order = said["reservation"]
        self._parties[order] += 1
        return str(uuid5(NAMESPACE_OID, f"{self._times.event_id}/{order}/{self._parties[order]}"))


def _check(said: dict[str, str]) -> dict[str, str]:
    """Return what is wrong with a row's cells, by column."""
    wrong = {}
    for column, longest in (LONGEST | {"name": 201, "barcode": LONGEST_BARCODE}).items():
        if len(said.get(column, "")) > longest:
            wrong[column] = f"{longest} characters at most"
        elif not said.get(column, "").isprintable():
            wrong[column] = "holds characters that cannot be printed"
    if not any(said.get(column) for column in IDENTITY):
        wrong["barcode"] = "is needed"
    if said.get("uuid") and not UUID.fullmatch(said["uuid"].lower()):
        wrong["uuid"] = "is no uuid"
    if said.get("phone_number") and not PHONE.fullmatch(said["phone_number"]):
        wrong["phone_number"] = "3 to 20 of digits, spaces, + - ( ) ."
    if said.get("paid") and says_yes(said["paid"]) is None:
        wrong["paid"] = "must be yes or no"
    return wrong


def _row(number: int, said: dict[str, str], showing: Showing, ticket_id: str | None) -> Row:
    paid = says_yes(said["paid"]) if said.get("paid") else not is_unpaid(said.get("status", ""))
    return Row(
        number=number,
        guest=_guest(said, ticket_id),
        showing=showing,
        phone_number=said.get("phone_number", ""),
        email=said.get("email") or None,
        reservation=said.get("reservation") or None,
        paid=paid is not False,
    )


def _guest(said: dict[str, str], ticket_id: str | None) -> Guest:
    named = Guest(first_name=said.get("first_name", ""), last_name=said.get("last_name", ""))
    if not (named.first_name or named.last_name) and said.get("name"):
        named = split_name(said["name"])
    return msgspec.structs.replace(
        named,
        product=said.get("product") or None,
        price=said.get("price") or None,
        barcode=said.get("barcode") or None,
        uuid=ticket_id,
    )
