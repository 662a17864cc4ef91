"""Takings of an event: its payments by kind, method, person and door, as of one number of the journal."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

import msgspec

from hub.formats.csv_cells import to_cell
from hub.formats.csv_words import code_word
from hub.formats.money import decimal_text
from hub.language.catalogue import Language
from hub.model.event import Event, door_of
from hub.model.payment import TakenSum
from hub.model.report import Who, named
from store.journal.journal import Journal
from store.reports.report import ReportReader
from store.reports.takings import TakingsReader

UNKNOWN = "Unknown"
CSV_HEAD = (
    *("date", "time", "product", "price", "method", "by", "by_kind", "door"),
    *("payments", "taken", "refunds", "returned", "currency"),
)


class TakingsRow(msgspec.Struct, kw_only=True):
    """Takings of one subject in one currency; amounts are decimals, `net` is payments less refunds."""

    name: str
    currency: str | None
    payments: int
    taken: str
    refunds: int
    returned: str
    net: str


class Takings(msgspec.Struct, kw_only=True):
    """Takings of an event, exact as of the journal's `seq`; each list adds up to the same totals."""

    event: str
    name: str
    seq: int
    as_of: datetime
    totals: list[TakingsRow]
    kinds: list[TakingsRow]
    methods: list[TakingsRow]
    people: list[TakingsRow]
    doors: list[TakingsRow]


class Sums(msgspec.Struct, frozen=True):
    """Sums of an event's payments, with the names of who took them."""

    event: Event
    seq: int
    rows: Sequence[TakenSum]
    who: Mapping[str, Who]


async def read_sums(event: Event, journal: Journal, reader: TakingsReader, reports: ReportReader) -> Sums:
    """Return the sums of an event's payments as of now."""
    stream = await journal.stream(event.id)
    seq = 0 if stream is None else stream.seq
    rows = await reader.sums(event.id, seq)
    return Sums(event, seq, rows, await reports.who({row.device for row in rows if row.device is not None}))


def takings_of(sums: Sums, as_of: datetime) -> Takings:
    """Return the takings that sums make up."""
    event, who = sums.event, sums.who

    def by(name_of: Callable[[TakenSum], str]) -> list[TakingsRow]:
        return added_up(sums.rows, name_of)

    return Takings(
        event=event.id,
        name=event.name,
        seq=sums.seq,
        as_of=as_of,
        totals=by(lambda row: "Total"),
        kinds=by(kind_name),
        methods=by(lambda row: (row.method or UNKNOWN).capitalize()),
        people=by(lambda row: who_name(row.device, who)),
        doors=by(lambda row: door_name(row.door, event)),
    )


def added_up(rows: Iterable[TakenSum], name_of: Callable[[TakenSum], str]) -> list[TakingsRow]:
    """Return rows added up by name and currency, in the order of their names."""
    groups: dict[tuple[str, str], list[TakenSum]] = {}
    for row in rows:
        groups.setdefault((name_of(row), row.currency or ""), []).append(row)
    return [_row(name, currency or None, groups[name, currency]) for name, currency in sorted(groups)]


def _row(name: str, currency: str | None, rows: Sequence[TakenSum]) -> TakingsRow:
    taken = [row for row in rows if row.kind == "payment.taken"]
    returned = [row for row in rows if row.kind == "payment.returned"]
    came, went = sum(row.amount for row in taken), sum(row.amount for row in returned)
    return TakingsRow(
        name=name,
        currency=currency,
        payments=sum(row.count for row in taken),
        taken=amount_text(came, currency),
        refunds=sum(row.count for row in returned),
        returned=amount_text(went, currency),
        net=amount_text(came - went, currency),
    )


def amount_text(minor: int, currency: str | None) -> str:
    """Return an amount as a decimal; of no currency as a whole number, which is 0."""
    return str(minor) if currency is None else decimal_text(minor, currency)


def kind_name(row: TakenSum) -> str:
    """Return the kind of ticket that a payment was for."""
    if row.price is None or row.price == row.product:
        return row.product or "Tickets"
    return f"{row.product}: {row.price}" if row.product else row.price


def who_name(known_by: str | None, who: Mapping[str, Who]) -> str:
    """Return the name of a user, key or device; of one that is gone its id."""
    found = named(known_by, who)
    return UNKNOWN if found is None else found.name or found.id


def door_name(door_id: str | None, event: Event) -> str:
    """Return the name of the door where money was taken; the desk where it was at none."""
    if door_id is None:
        return "At no door"
    door = door_of(event, door_id)
    return door_id if door is None else door.name


def csv_rows(sums: Sums, language: Language) -> list[list[str]]:
    """Return the takings as cells, methods and kinds of people in a language: a row for each time, kind, method ..."""
    groups: dict[tuple[str, ...], list[TakenSum]] = {}
    for row in sums.rows:
        groups.setdefault((*_place(row, sums), row.currency or ""), []).append(row)
    found = []
    for key in sorted(groups):
        *place, currency = key
        sum_of = _row("", currency or None, groups[key])
        amounts = (sum_of.payments, sum_of.taken, sum_of.refunds, sum_of.returned, currency)
        date, at, product, price, method, by, by_kind, door = place
        words = (code_word(method, language), by, code_word(by_kind, language), door)
        found.append([to_cell(cell) for cell in (date, at, product, price, *words, *amounts)])
    return found


def _place(row: TakenSum, sums: Sums) -> tuple[str, ...]:
    date, _, time = (row.showing or "").partition("/")[2].partition("T")
    who = named(row.device, sums.who)
    by, kind = (who.name or who.id, who.kind or "") if who else ("", "")
    door = "" if row.door is None else door_name(row.door, sums.event)
    return date, time, row.product or "", row.price or "", row.method or "", by, kind, door
