"""Row reader: from a row's cells to a ticket, or to all errors of the row."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Literal
from uuid import NAMESPACE_OID, uuid5

import msgspec

from hub.door.resolve import LONGEST_BARCODE
from hub.formats.contact import LONGEST_NAME, clean, is_address, printable
from hub.formats.phone import is_phone
from hub.importing.file.barcodes import Mended, ZeroFilled, mend, mend_phone, unwrap
from hub.importing.file.columns import Columns, cell_at
from hub.importing.file.details import DetailsReader
from hub.importing.file.products import ProductNames
from hub.importing.file.remarks import IDENTITY, remark_in
from hub.importing.file.showings import Times, WrongTime
from hub.importing.file.states import STATUS_OF, StateReader
from hub.model.base import TicketStatus
from hub.model.event import Showing
from hub.model.imports import Choices, Problem
from hub.tickets.orders import Guest, split_name

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
TEXTS = ("first_name", "last_name", "name", "product", "price")
"""Columns of names: what cannot stand in one is taken out with a warning, and refuses no file."""
LONGEST_ORDER = 100
LONGEST_PHONE_CELL = 100
IdentityKind = Literal["barcode", "uuid", "reservation"]
Identity = tuple[IdentityKind, str]
"""("barcode", text), ("uuid", a ticket's id) or ("reservation", its id)."""
COUNT = re.compile(r"\D{0,12}?(\d{1,9})([.,]0+)?\D{0,20}", re.ASCII)
"""A number of tickets as people write it: `3`, `3x`, `x 3`, `3 st`, `3,00`."""
NO_CODE = re.compile(r"[-–—_.=*~+\s]+")  # noqa: RUF001
"""A line, or a sign for nothing."""
RUINED = "spreadsheet"
"""The code of a barcode that a spreadsheet has changed."""
FIRST_OF_ATTENDEE = "001"
"""What ends the code of an attendee's first ticket at Eventbrite, after the order's and the attendee's numbers."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """Ticket to be imported: `number` is its row in the file, `reservation` the seller's id of the order."""

    number: int
    guest: Guest
    showing: Showing | None
    """None for a cancelled ticket, and where no time is said and the event has several."""
    says_time: bool
    unplaced: Problem | None = None
    """What is wrong where a ticket that is not there yet has no time."""
    phone_number: str
    email: str | None
    reservation: str | None
    status: TicketStatus
    says_status: bool

    @property
    def identities(self) -> list[Identity]:
        """Its identities: barcode and id, as far as it has them."""
        both: tuple[tuple[IdentityKind, str | None], ...] = (("barcode", self.guest.barcode), ("uuid", self.guest.uuid))
        return [(kind, text) for kind, text in both if text is not None]

    @property
    def paid(self) -> bool:
        """Payment state by the file: paid, or not."""
        return self.status != "unpaid"


class Read(msgspec.Struct, kw_only=True):
    """Outcome of reading a row: the ticket, None where it is wrong; its errors; its repairs."""

    row: Row | None = None
    is_left_out: bool = False
    problems: list[Problem] = []
    warnings: list[Problem] = []


class RowReader:
    """Reader of one file's rows."""

    def __init__(
        self,
        columns: Columns,
        times: Times,
        choices: Choices,
        *,
        is_rounded: bool = False,
        width: int | None = None,
    ) -> None:
        """`is_rounded` says that long barcodes of the file have lost their last digits; `width` is the head's.

        Without a width rows may have more cells than the head.
        """
        self._columns = columns
        self._width = width
        self._is_own = columns.is_own
        self._is_rounded = is_rounded
        self._says_status = bool(columns.states)
        self._states = StateReader(columns, choices.states)
        self._details = DetailsReader(columns)
        self._products = product_names(columns, times, choices)
        self._times = times
        self._parties: Counter[str] = Counter()

    def read(self, number: int, cells: Sequence[str]) -> Read:
        """Return the outcome of reading a row's cells."""
        said = {column: cell_at(cells, place) for column, place in self._columns.places.items()}
        if not self._is_own:
            said = {column: text if column == "barcode" else unwrap(text) for column, text in said.items()}
        elif not UUID.fullmatch(said.get("uuid", "").lower()):
            said.pop("uuid", None)
        if not self._is_own and (remark := remark_in(said, cells)):
            return Read(warnings=[Problem(row=number, column="barcode", code=remark.code, message=remark.text)])
        status = STATUS_OF[self._states.of(cells)]
        if status == "canceled" and not any(said.get(column) for column in IDENTITY):
            return Read(is_left_out=True)
        warnings, wrong = self._mend_barcode(number, said)
        wrong += self._join_barcode(number, said, cells)
        told = self._details.read(said, cells)
        warnings += _problems(number, _tidy(said, is_own=self._is_own)) + _problems(number, told.changed)
        warnings += self._count(number, cells)
        wrong += self._too_many(number, cells)
        read = Read(problems=[*wrong, *_problems(number, _check(said, is_own=self._is_own))], warnings=warnings)
        showing, unplaced = None, None
        times = tuple(said.get(column, "") for column in ("starts", "date", "time"))
        if status != "canceled" or self._is_own:
            try:
                showing = self._times.find(*times)
            except WrongTime as wrong_time:
                unplaced = wrong_time.at(number)
        if unplaced is not None and any(times) and status != "canceled":
            read.problems.append(unplaced)
        if not read.problems:
            guest = msgspec.structs.replace(self._guest(said), details=told.details)
            read.row = self._row(number, said, guest, showing, status, unplaced=unplaced, says_time=any(times))
        return read

    def _mend_barcode(self, number: int, said: dict[str, str]) -> tuple[list[Problem], list[Problem]]:
        """Put the barcode down as it was; return a warning where it was mended, and an error where it cannot be."""
        if self._is_own or not (text := said.get("barcode", "")):
            return [], []
        mended = mend(text)
        said["barcode"] = mended.text
        harm, is_lost = mended.harm, mended.is_lost
        if self._is_rounded and ZeroFilled.is_long(mended.text):
            harm, is_lost = "has lost its last digits: a spreadsheet has put zeros for them", True
        if harm is None:
            return [], []
        problem = Problem(row=number, column="barcode", code=RUINED, message=harm)
        return ([], [problem]) if is_lost else ([problem], [])

    def _join_barcode(self, number: int, said: dict[str, str], cells: Sequence[str]) -> list[Problem]:
        """Make the barcode of an Eventbrite ticket, where the list has none: its order, its attendee and `001`."""
        attendee = cell_at(cells, self._columns.attendee)
        if not attendee or not said.get("reservation"):
            return []
        parts = [mend(part) for part in (said["reservation"], attendee)]
        said["barcode"] = "".join(part.text for part in parts) + FIRST_OF_ATTENDEE
        return [
            Problem(row=number, column="barcode", code=RUINED, message=str(each.harm)) for each in parts if each.is_lost
        ]

    def _count(self, number: int, cells: Sequence[str]) -> list[Problem]:
        """Return a warning where a row says that it is several tickets: it is imported as one."""
        said = cell_at(cells, self._columns.quantity)
        found = COUNT.fullmatch(said)
        if not said or (found is not None and int(found[1]) == 1):
            return []
        text = "cannot be read: a row is imported as one"
        if found is not None:
            text = f"says {int(found[1])} tickets: a row is imported as one"
        return [Problem(row=number, column="quantity", code="quantity", message=text)]

    def _too_many(self, number: int, cells: Sequence[str]) -> list[Problem]:
        """Error of a row with more cells than the head, which cannot be matched to columns; none where it fits."""
        if self._width is None or not any(cells[self._width :]):
            return []
        text = "has more cells than the head: a cell with a separator in it must stand in quotes"
        return [Problem(row=number, column="barcode", code="cells", message=text)]

    def _row(
        self,
        number: int,
        said: dict[str, str],
        guest: Guest,
        showing: Showing | None,
        status: TicketStatus,
        *,
        unplaced: Problem | None,
        says_time: bool,
    ) -> Row:
        return Row(
            number=number,
            guest=guest,
            showing=showing,
            says_time=says_time,
            unplaced=unplaced,
            phone_number=said.get("phone_number", ""),
            email=said.get("email") or None,
            reservation=said.get("reservation") or None,
            status=status,
            says_status=self._says_status,
        )

    def _guest(self, said: dict[str, str]) -> Guest:
        named = Guest(first_name=said.get("first_name", ""), last_name=said.get("last_name", ""))
        if not (named.first_name or named.last_name) and said.get("name"):
            named = split_name(said["name"])
        product = said.get("product", "")
        return msgspec.structs.replace(
            named,
            product=self._products.of(product) or None,
            price=said.get("price") or None,
            barcode=said.get("barcode") or None,
            uuid=self._id_of(said),
        )

    def _id_of(self, said: dict[str, str]) -> str | None:
        """Return the ticket's id as far as the file has one: its own, or which of its order's tickets it is."""
        if said.get("uuid") or said.get("barcode"):
            return said.get("uuid", "").lower() or None
        order = said["reservation"]
        self._parties[order] += 1
        return str(uuid5(NAMESPACE_OID, f"{self._times.event_id}/{order}/{self._parties[order]}"))


def product_names(columns: Columns, times: Times, choices: Choices) -> ProductNames:
    """Return the resolver of a file's product names."""
    return ProductNames((each.name for each in times.event.products), choices.products, is_own=columns.is_own)


def _problems(number: int, texts: Mapping[str, str]) -> list[Problem]:
    return [Problem(row=number, column=column, message=text) for column, text in texts.items()]


def _tidy(said: dict[str, str], *, is_own: bool) -> dict[str, str]:
    """Put names, phone numbers and addresses down as they can be kept; return the changes, by column.

    What a hub exported stands as it was kept there.
    """
    changed = {}
    tidy: Callable[[str], str] = str if is_own else clean
    for column in TEXTS:
        if not (text := said.get(column, "")):
            continue
        longest = 2 * LONGEST_NAME + 1 if column == "name" else LONGEST_NAME
        said[column] = kept = tidy(printable(tidy(text)))[:longest].strip()
        if len(tidy(text)) > longest:
            changed[column] = f"is longer than {longest} characters: the first are kept"
        elif kept != tidy(text):
            changed[column] = "holds characters that cannot be printed: read without them"
    mended = Mended(said.get("phone_number", "")) if is_own else mend_phone(said.get("phone_number", ""))
    phone = clean(printable(clean(mended.text)))
    said["phone_number"] = phone[:LONGEST_PHONE_CELL]
    if mended.harm:
        changed["phone_number"] = mended.harm
    elif phone and not is_phone(phone):
        changed["phone_number"] = "is no phone number: kept as it is written"
    if (email := said.get("email", "")) and not is_address(email):
        said["email"] = ""
        changed["email"] = "is no mail address: left out"
    return changed


def _check(said: dict[str, str], *, is_own: bool) -> dict[str, str]:
    """Return the errors of a row's cells, by column."""
    wrong = {}
    for column, longest in (("reservation", LONGEST_ORDER), ("barcode", LONGEST_BARCODE)):
        if not said.get(column, "").isprintable():
            wrong[column] = "holds characters that cannot be printed"
        elif len(said.get(column, "")) > longest:
            wrong[column] = f"{longest} characters at most"
        elif not is_own and column == "barcode" and NO_CODE.fullmatch(said.get(column, "")):
            wrong[column] = "has neither a letter nor a digit: no ticket holds that"
    if not any(said.get(column) for column in IDENTITY):
        wrong["barcode"] = "is needed"
    if said.get("uuid") and not UUID.fullmatch(said["uuid"].lower()):
        wrong["uuid"] = "is no uuid"
    return wrong
