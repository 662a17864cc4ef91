"""The oracle of sellers: a list grown, corrected, cancelled; the hub's equals the seller's after each step.

The heads are those that the sellers' exports have; the people are invented. A seller is a model: it keeps tickets, and
writes them as its export does, in its language, with its words for states and its way with dates.
"""

import csv
import io
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from hub.formats.contact import clean
from tests.api import Api
from tests.handlers.importing import end, send

SHOWING = {"date": "2026-12-24", "time": "20:30", "capacity": 20}


class Sold(msgspec.Struct, frozen=True, kw_only=True):
    """One ticket as its seller knows it. `state` is valid, unpaid or canceled."""

    code: str
    order: str
    first: str
    last: str
    product: str = "Standard"
    phone: str = ""
    state: str = "valid"


class Seller(msgspec.Struct, frozen=True, kw_only=True):
    """How a seller writes its list: its head, a row of a ticket, its words for states, how the file is made of rows."""

    head: str
    row: Callable[[Sold, str], Sequence[object]]
    words: dict[str, str]
    write: Callable[[Sequence[Sequence[object]]], bytes]
    has_codes: bool = True
    """Whether its list has what the QRs hold, and the guests' phone numbers."""
    scanned: Callable[[Sold], str] = lambda ticket: ticket.code
    """What the QR of a ticket holds."""
    query: str = ""
    """Choices that its files need whatever its guests are called."""
    letters: str = "aÉñøŁ山田ضي가ж'-🎟 "
    """Characters of its guests' names, as far as its files can hold them."""


def written(separator: str, encoding: str = "utf-8", first: str = "") -> Callable[[Sequence[Sequence[object]]], bytes]:
    def write(rows: Sequence[Sequence[object]]) -> bytes:
        text = io.StringIO()
        text.write(first)
        csv.writer(text, delimiter=separator).writerows(rows)
        return text.getvalue().encode(encoding)

    return write


def workbook(rows: Sequence[Sequence[object]]) -> bytes:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(list(row))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


SELLERS = {
    "weezevent": Seller(
        head="Code-barres;N° de commande;Nom;Prénom;E-mail;Téléphone;Produit;Tarif;Date d'achat;Statut;Contrôlé",
        row=lambda t, word: [
            t.code,
            t.order,
            t.last,
            t.first,
            "a@b.fr",
            t.phone,
            t.product,
            12,
            "01/02/2026",
            word,
            "",
        ],
        words={"valid": "Validé", "unpaid": "En attente de paiement", "canceled": "Remboursé"},
        write=written(";", "utf-8-sig"),
    ),
    "universe": Seller(
        head="Ticket ID;Order ID;Date of Order;Date Attending;First Name;Last Name;Email;Ticket Type(s);Listing Name;"
        "Order Status;Ticket Status;Phone Number",
        row=lambda t, word: [
            *(t.code, t.order, "2026-02-01 10:00", "2026-12-24 20:30", t.first, t.last, "a@b.ca", t.product, "Nuit"),
            *("paid" if t.state == "valid" else word, word, t.phone),
        ],
        words={"valid": "closed", "unpaid": "partially_paid", "canceled": "Cancelled"},
        write=written(","),
    ),
    "hi.events": Seller(
        head="ID;First Name;Last Name;Email;Status;Is Checked In;Checked In At;Product ID;Product Name;Event ID;"
        "Public ID;Short ID;Created Date;Last Updated Date;Notes;Phone",
        row=lambda t, word: [
            *(17, t.first, t.last, "a@b.ie", word, "No", "", 3, t.product, 9),
            *(t.code, "a_1", "2026-01-02 10:00:00", "2026-01-03 10:00:00", "", t.phone),
        ],
        words={"valid": "ACTIVE", "unpaid": "AWAITING_PAYMENT", "canceled": "CANCELLED"},
        write=workbook,
    ),
    "eventbrite": Seller(
        head="Order #;Order Date;First Name;Last Name;Email;Quantity;Price Tier;Ticket Type;Attendee #;Group;"
        "Order Type;Currency;Total Paid;Fees Paid;Eventbrite Fees;Eventbrite Payment Processing;Attendee Status;"
        "Cell Phone",
        row=lambda t, word: [
            *(f"1121{t.order[1:]}", "11/29/24 22:28", t.first, t.last, "a@b.com", 1, "", t.product, t.code[-5:], ""),
            *("Free Order", "USD", 0, 0, 0, 0, word, t.phone),
        ],
        words={"valid": "Attending", "unpaid": "Pending Payment", "canceled": "Not Attending"},
        write=written(",", "utf-16"),
        scanned=lambda t: f"1121{t.order[1:]}{t.code[-5:]}001",
    ),
    "seetickets": Seller(
        head="Booking Reference;Customer Name;Telephone;Ticket Type;Price Level;Barcode;Event Date;Ticket Status",
        row=lambda t, word: [
            *(t.order, f"{t.first} {t.last}", t.phone, t.product, "Full", f'="{t.code}"', "24/12/2026 20:30", word),
        ],
        words={"valid": "Issued", "unpaid": "Reserved", "canceled": "Void"},
        write=written(",", "cp1252", first="sep=,\r\n"),
        query="?encoding=windows-1252",  # guests that are called Éñø are doubtful
        letters="aÉñøåÿ'- ",  # no two of which, as bytes, are one of UTF-8
    ),
    "pretix": Seller(
        head="Event slug;Order code;Position ID;Status;Email;Phone number;Order date;Product;Variation;Price;"
        "Attendee name: Given name;Attendee name: Family name;Ticket secret;Blocked;Start date",
        row=lambda t, word: [
            *("night", t.order, 1, word, "a@b.de", t.phone, "2026-11-01", t.product, "", "23.00"),
            *(t.first, t.last, t.code, "", "2026-12-24 20:30:00"),
        ],
        words={"valid": "paid", "unpaid": "pending", "canceled": "canceled"},
        write=written(","),
    ),
    "tibillet": Seller(
        head="event_name;event_datetime;first_name;last_name;email;userId;reservation_uuid;status;price_name;"
        "product_name;options;reservation_datetime;payment_method",
        row=lambda t, word: [
            *("Nuit", "24/12/2026 20:30", t.first, t.last, "a@b.re", "a@b.re 1f", t.order, word, "Plein tarif"),
            *(t.product, "", "01/11/2026 10:00", "CB"),
        ],
        words={"valid": "Non scanné", "unpaid": "Non payé", "canceled": "Annulé"},
        write=written(","),
        has_codes=False,
    ),
    "a hub": Seller(
        head="barcode;reservation;first_name;last_name;phone_number;product;date;time;paid;status",
        row=lambda t, word: [
            *(t.code, t.order, t.first, t.last, t.phone, t.product, "2026-12-24", "20:30"),
            *("no" if t.state == "unpaid" else "yes", word),
        ],
        words={"valid": "valid", "unpaid": "Not paid", "canceled": "Cancelled"},
        write=written(","),
    ),
}


def export(seller: Seller, tickets: Sequence[Sold]) -> bytes:
    rows = [seller.row(ticket, seller.words[ticket.state]) for ticket in tickets]
    return seller.write([seller.head.split(";"), *rows])


def code(number: int) -> str:
    return f"40063813339{number:02}"


FIRST = [
    Sold(code=code(1), order="R1", first="Zoé", last="Exemple", phone="+33 1 23 45 67 89"),
    Sold(code=code(2), order="R1", first="Søren", last="Beispiel", product="VIP"),
    Sold(code=code(3), order="R2", first="Ana", last="Muñoz", state="unpaid"),
    Sold(code=code(4), order="R3", first="Bob", last="Example", state="canceled"),
    Sold(code=code(5), order="R4", first="Dan", last="Example"),
]
replace = msgspec.structs.replace
GROWN = [
    *FIRST,
    Sold(code=code(6), order="R5", first="Eva", last="Specimen"),
    Sold(code=code(7), order="R2", first="Lea", last="Muñoz"),
]
CORRECTED = [
    replace(GROWN[0], phone="01 98 76 54 32"),
    replace(GROWN[1], first="Sören"),
    replace(GROWN[2], state="valid"),
    *GROWN[3:5],
    replace(GROWN[5], product="VIP"),
    GROWN[6],
]
CANCELED = [
    replace(CORRECTED[0], state="canceled"),
    *CORRECTED[1:5],
    replace(CORRECTED[5], state="canceled"),
    CORRECTED[6],
]
SOLD_AGAIN = [replace(CANCELED[0], state="valid"), *CANCELED[1:]]


def sellers_list(seller: Seller, tickets: Sequence[Sold], ever: set[str]) -> dict[str, tuple[str, ...]]:
    """Return the seller's list as the hub should have it: cancelled tickets only where it ever heard of them."""
    ever |= {ticket.code for ticket in tickets if ticket.state != "canceled"}
    known = (ticket for ticket in tickets if ticket.code in ever)
    return {f"{t.first} {t.last}": (t.phone if seller.has_codes else "", t.product, t.state) for t in known}


@pytest.mark.gen_test
@pytest.mark.parametrize("name", SELLERS)
async def test_the_hubs_list_equals_the_sellers_after_each_step(api: Api, name: str) -> None:
    seller = SELLERS[name]
    event = await api.make_event(showings=[SHOWING])
    ever: set[str] = set()
    ids: dict[str, str] = {}
    for step in (FIRST, FIRST, GROWN, CORRECTED, CORRECTED, CANCELED, SOLD_AGAIN):
        file = export(seller, step)
        looked = await send(api.admin, event, file, "?dry_run=1")
        assert looked.status == 200, looked.raw
        begun = await send(api.admin, event, file)
        ended = await end(api.admin, begun)
        assert ended["state"] == "completed", ended
        counted = ("added", "changed", "canceled", "unchanged", "untouched")
        assert [ended[each] for each in counted] == [looked.body[each] for each in counted]
        found: list[Any] = (await api.admin.get(f"/api/tickets?event={event['uuid']}&limit=100")).body
        assert {t["name"]: (t["phone_number"], t["product"], t["status"]) for t in found} == sellers_list(
            seller, step, ever
        )
        assert len(found) == len(ever)
        occupancy = (await api.admin.get(f"/api/events/{event['uuid']}/occupancy")).body
        [showing] = (await api.admin.get(f"/api/showings?event={event['uuid']}")).body
        seated = sum(ticket.state != "canceled" for ticket in step)
        assert (occupancy["booked"], SHOWING["capacity"] - showing["left"]) == (seated, seated)
        before, ids = ids, {ticket["id"]: ticket["name"] for ticket in found}
        assert set(before) <= set(ids)
    if not seller.has_codes:
        return
    gate = await api.make_device(event)
    codes = {ticket.code: (await gate.scan(seller.scanned(ticket))).body["code"] for ticket in SOLD_AGAIN}
    assert [codes[code(number)] for number in range(1, 8)] == [
        *("admitted", "admitted", "admitted", "invalid_code", "admitted", "canceled", "admitted"),
    ]
    after = await end(api.admin, await send(api.admin, event, export(seller, CANCELED)))
    assert (after["untouched"], after["canceled"], after["changed"]) == (1, 0, 0)


# --- lists that hypothesis writes --------------------------------------------------------------------------------

STEPS = 3
PHONES = st.sampled_from(["", "0171/1234567", "+33 1 23 45 67 89", "(01) 234-567", "0123456789"])


def tickets(seller: Seller, first: int, most: int) -> st.SearchStrategy[list[Sold]]:
    """Return a strategy for lists of tickets whose codes begin with a number."""
    names = st.text(seller.letters, max_size=12).map(lambda text: clean(" ".join(f"A{text}".split())))
    sold = st.builds(
        Sold,
        code=st.just(""),
        order=st.integers(1, 4).map(lambda number: f"R{number}"),
        first=names,
        last=names,
        product=st.sampled_from(["Standard", "VIP", "Tarif réduit"]),
        phone=PHONES,
        state=st.sampled_from(["valid", "valid", "unpaid", "canceled"]),
    )
    return st.lists(sold, min_size=1, max_size=most).map(
        lambda them: [replace(ticket, code=code(number)) for number, ticket in enumerate(them, start=first)]
    )


@st.composite
def histories(draw: st.DrawFn, seller: Seller) -> list[list[Sold]]:
    """Draw the lists of one seller as they grow: tickets are added, corrected, cancelled and sold again."""
    lists = [draw(tickets(seller, 1, 6))]
    for step in range(1, STEPS):
        after = []
        for ticket in lists[-1]:
            [other] = draw(tickets(seller, 0, 1))
            fields = draw(st.sets(st.sampled_from(["first", "phone", "product", "state"]), max_size=2))
            after.append(replace(ticket, **{field: getattr(other, field) for field in fields}))
        lists.append([*after, *draw(tickets(seller, 20 * step, 3))])
    return lists


def drawn(seller: Seller, count: int) -> list[list[list[Sold]]]:
    """Return some histories that hypothesis writes, another few at each run."""
    found: list[list[list[Sold]]] = []

    @settings(max_examples=count, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(histories(seller))
    def note(lists: list[list[Sold]]) -> None:
        found.append(lists)

    note()
    return found[:count]


@pytest.mark.gen_test
@pytest.mark.parametrize("name", SELLERS)
async def test_whatever_a_seller_sells_corrects_and_cancels_the_hubs_list_equals_its_own(api: Api, name: str) -> None:
    seller = SELLERS[name]
    for lists in drawn(seller, 3):
        event = await api.make_event(showings=[SHOWING | {"capacity": 100}])
        ever: dict[str, Sold] = {}
        for step in lists:
            ended = await end(api.admin, await send(api.admin, event, export(seller, step), seller.query))
            assert ended["state"] == "completed", (ended, step)
            for ticket in step:
                if ticket.state != "canceled":
                    before = ever.get(ticket.code, ticket)
                    ever[ticket.code] = replace(
                        ticket, phone=ticket.phone or before.phone
                    )  # an empty cell says nothing
                elif ticket.code in ever:
                    ever[ticket.code] = replace(ever[ticket.code], state="canceled")  # a cancelled row corrects no name
            found: list[Any] = (await api.admin.get(f"/api/tickets?event={event['uuid']}&limit=100")).body
            assert Counter((t["name"], t["phone_number"], t["product"], t["status"]) for t in found) == Counter(
                (f"{t.first} {t.last}".strip(), t.phone if seller.has_codes else "", t.product, t.state)
                for t in ever.values()
            ), step
            booked = (await api.admin.get(f"/api/events/{event['uuid']}/occupancy")).body["booked"]
            assert booked == sum(ticket.state != "canceled" for ticket in ever.values())
            again = await end(api.admin, await send(api.admin, event, export(seller, step), seller.query))
            assert again["added"] + again["changed"] + again["canceled"] == 0, (again, step)
