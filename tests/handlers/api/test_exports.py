"""Tickets and scans as CSV: streamed whole, safe for spreadsheets, and read again by the import."""

import asyncio
import csv
import io
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.clock import SettableClock
from hub.model.ticket import Field, Seat, Ticket
from hub.reports.ticket_sheet import MOST_QUESTIONS, TicketSheet
from hub.tickets.orders import full_name
from store.collections import exports
from tests.api import Api
from tests.builders import a_ticket, an_event
from tests.handlers.importing import a_file, import_file, many, send
from tests.hub.importing.files import check

PRINTABLE = st.characters(codec="utf-8", exclude_categories=("C", "Z")) | st.just(" ")
NAMES = st.text(alphabet=PRINTABLE, max_size=40).map(str.strip)
STARTS = st.sampled_from(["", "=", "+", "-", "@", "'", "'=", "''@"])


def rows_of(raw: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def sheet_of(*tickets: Ticket, questions: Sequence[str] = ()) -> str:
    text, sheet = io.StringIO(), TicketSheet(an_event(), questions)
    csv.writer(text).writerows([sheet.head, *map(sheet.row, tickets)])
    return text.getvalue()


@settings(deadline=None)
@given(st.tuples(STARTS, NAMES).map("".join), st.tuples(STARTS, NAMES).map("".join))
def test_whatever_a_name_is_the_import_reads_what_the_export_wrote(first: str, last: str) -> None:
    names = {"name": "", "first_name": first, "last_name": last}
    ticket = a_ticket(phone_number="+33 1 23", product="=1+1", barcode="x", date="2026-12-24", time="20:30", **names)
    [row] = check(sheet_of(ticket)).sample
    guest = row.guest
    assert (guest.first_name, guest.last_name, guest.product, guest.barcode) == (first, last, "=1+1", "x")
    assert row.phone_number == "+33 1 23"
    assert full_name(guest) == f"{first} {last}".strip()


@pytest.mark.parametrize("text", ["Zoe\u0301", "\u202bVIP\u202c", "Ada\u200b"])
def test_texts_of_before_names_were_cleaned_come_back_as_they_were_kept(text: str) -> None:
    ticket = a_ticket(name=text, first_name=text, product=text, price=text, date="2026-12-24", time="20:30")
    checked = check(sheet_of(ticket))
    guest = checked.sample[0].guest
    assert (guest.first_name, guest.product, guest.price) == (text, text, text)
    assert checked.warnings == []


LINES = st.lists(NAMES, max_size=3).map("\n".join).map(str.strip)
TOLD = st.tuples(STARTS, LINES).map("".join)
PLACES = st.none() | st.tuples(STARTS, NAMES.filter(bool)).map("".join)
QUESTIONS = st.sampled_from(["Diet", " Diet", "diet?", "=1+1", "Größe; Farbe", "answer: x", "年齢", '"quoted"', "a\nb"])


@settings(deadline=None)
@given(TOLD, st.tuples(PLACES, PLACES, PLACES), st.dictionaries(QUESTIONS, TOLD.filter(bool)), st.data())
def test_whatever_a_door_is_told_of_a_ticket_comes_back_from_its_export(
    notice: str, places: tuple[str | None, ...], answers: dict[str, str], data: st.DataObject
) -> None:
    block, row, place = places
    seat = Seat(block=block, row=row, seat=place) if any(places) else None
    fields = [Field(*each) for each in sorted(answers.items())]
    ticket = a_ticket(date="2026-12-24", time="20:30", barcode="x", notice=notice or None, seat=seat, fields=fields)
    others = [f"Question {n}" for n in range(data.draw(st.sampled_from([0, 1, MOST_QUESTIONS])))]
    checked = check(sheet_of(ticket, questions=[*others, *answers]))
    details = checked.sample[0].guest.details
    assert (details.notice, details.seat) == (notice or None, seat)
    assert sorted((field.name, field.value) for field in details.fields) == sorted(answers.items())
    assert checked.warnings == []


@pytest.mark.gen_test
async def test_exports_begin_with_a_byte_order_mark_and_tell_times_by_the_events_clock(
    api: Api, clock: SettableClock
) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    await import_file(api.admin, event, a_file("x,Ada,Example", "y,Bob,Example"))
    clock.advance(timedelta(minutes=5))
    assert (await gate.scan("x")).body["code"] == "admitted"
    for kind in ("tickets", "scans"):
        assert (await api.admin.get(f"/api/events/{event['uuid']}/{kind}.csv")).raw.startswith(b"\xef\xbb\xbf")
    rows = {
        row["barcode"]: row for row in rows_of((await api.admin.get(f"/api/events/{event['uuid']}/tickets.csv")).raw)
    }
    entered = clock.now().astimezone(ZoneInfo("Europe/Paris"))
    assert datetime.fromisoformat(rows["x"]["first_entry"]) == clock.now()
    assert rows["x"]["first_entry_local"] == f"{entered:%Y-%m-%d %H:%M:%S}"
    booked = entered - timedelta(minutes=5)
    assert {row["booked_at_local"] for row in rows.values()} == {f"{booked:%Y-%m-%d %H:%M:%S}"}
    assert (rows["y"]["first_entry"], rows["y"]["first_entry_local"]) == ("", "")


@pytest.mark.gen_test
async def test_scans_are_exported_with_the_names_of_doors_and_devices(api: Api, clock: SettableClock) -> None:
    event = await api.make_event()
    gate = await api.make_device(event, name="=Gate; =1")
    await import_file(api.admin, event, a_file("x,Ada,Example"))
    assert (await gate.scan("x")).body["code"] == "admitted"
    [row] = rows_of((await api.admin.get(f"/api/events/{event['uuid']}/scans.csv")).raw)
    doors = {door["id"]: door["name"] for door in event["doors"]}
    assert (row["door_name"], row["device_name"]) == (doors.get(row["door"], ""), "'=Gate;' =1")
    assert row["at_local"] == f"{clock.now().astimezone(ZoneInfo('Europe/Paris')):%Y-%m-%d %H:%M:%S}"


@pytest.mark.gen_test
async def test_what_is_exported_can_be_imported_elsewhere_and_is_the_same(api: Api) -> None:
    event, other = await api.make_event(), await api.make_event()
    head = "barcode,first_name,last_name,phone,product,paid"
    file = a_file("x,'=HYPERLINK(1),Lovelace,+33 1 23,'@VIP,no", "y,'-Ada,,,,yes", head=head)
    assert (await import_file(api.admin, event, file))["state"] == "completed"
    exported = await api.admin.get(f"/api/events/{event['uuid']}/tickets.csv")
    assert exported.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "=HYPERLINK(1)" in {row["first_name"].removeprefix("'") for row in rows_of(exported.raw)}
    assert all(not row["first_name"].startswith(("=", "-")) for row in rows_of(exported.raw))
    assert (await import_file(api.admin, other, exported.raw))["state"] == "completed"
    again = await api.admin.get(f"/api/events/{other['uuid']}/tickets.csv")
    same = ("barcode", "first_name", "last_name", "phone_number", "product", "price", "date", "time", "paid", "status")
    before, after = (
        sorted([row[name] for name in same] for row in rows_of(answer.raw)) for answer in (exported, again)
    )
    assert before == after


@pytest.mark.gen_test
async def test_more_than_a_page_is_exported_whole_and_in_order(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "AT_ONCE", 7)
    event = await api.make_event()
    gate = await api.make_device(event)
    await import_file(api.admin, event, many(30))
    for number in range(15):
        await gate.scan(f"B{number:06}")
    tickets = rows_of((await api.admin.get(f"/api/events/{event['uuid']}/tickets.csv")).raw)
    assert sorted(row["barcode"] for row in tickets) == [f"B{number:06}" for number in range(30)]
    assert sum(row["scans"] == "1" for row in tickets) == 15
    scans = rows_of((await api.admin.get(f"/api/events/{event['uuid']}/scans.csv")).raw)
    assert [row["kind"] for row in scans] == ["ticket.scanned"] * 15
    assert [int(row["seq"]) for row in scans] == sorted(int(row["seq"]) for row in scans)


@pytest.mark.gen_test
async def test_names_are_exported_to_those_who_may_read_them_only(api: Api) -> None:
    event: Any = await api.make_event()
    gate = await api.make_device(event)
    writer = await api.admin.post("/api/keys", {"name": "Writer", "scopes": ["tickets:write", "events:write"]})
    for kind in ("tickets", "scans"):
        path = f"/api/events/{event['uuid']}/{kind}.csv"
        assert (await api.with_key(None).get(path)).status == 401
        assert (await api.with_key(writer.body["key"]).get(path)).status == 403
        assert (await gate.get(path)).status == 403
        assert (await api.admin.get(f"/api/events/{uuid4()}/{kind}.csv")).status == 404


PRICED = [{"name": "Standard", "prices": [{"name": "Full", "amount": "12.50", "currency": "EUR"}]}]


@pytest.mark.gen_test
async def test_export_says_how_much_and_when_each_ticket_was_paid_and_changes_nothing_when_it_comes_back(
    api: Api, clock: SettableClock
) -> None:
    event = await api.make_event(products=PRICED)
    guests = [{"first_name": name, "product": "Standard"} for name in ("Ada", "Bob")]
    paid, part = await api.book(event, paid=False, tickets=guests)
    await api.admin.post(f"/api/reservations/{paid['reservation']}/pay", {"method": "card"})
    await api.admin.post(f"/api/tickets/{part['id']}/refund", {"method": "cash", "amount": "2.49"})
    (elsewhere,) = await api.book(event, tickets=guests[:1])
    (unpaid,) = await api.book(event, paid=False, tickets=guests[:1])
    path = f"/api/events/{event['uuid']}/tickets.csv"
    exported = (await api.admin.get(path)).raw
    rows = {row["id"]: row for row in rows_of(exported)}
    money = {key: [row[f"payment_{name}"] for name in PAID] for key, row in rows.items()}
    assert money[paid["id"]] == ["card", "12.50", "0.00", "EUR"]
    assert money[part["id"]] == ["card", "12.50", "2.49", "EUR"]
    assert money[elsewhere["id"]] == money[unpaid["id"]] == ["", "", "", ""]
    assert [rows[each["id"]]["paid"] for each in (paid, part, elsewhere, unpaid)] == ["yes", "yes", "yes", "no"]
    taken = datetime.fromisoformat(rows[paid["id"]]["payment_at"])
    told = taken.astimezone(ZoneInfo(event["timezone"]))
    assert rows[paid["id"]]["payment_at_local"] == f"{told:%Y-%m-%d %H:%M:%S}"

    checked = (await send(api.admin, event, exported, "?dry_run=true")).body
    assert [checked[name] for name in ("unchanged", "added", "changed", "canceled")] == [4, 0, 0, 0]
    assert set(checked["ignored"]) >= {"payment_method", "payment_amount", "payment_currency", "payment_at"}
    assert (await api.admin.get(path)).raw == exported


PAID = ("method", "amount", "returned", "currency")


@pytest.mark.gen_test
async def test_an_export_leaves_doors_a_turn_of_the_loop_after_some_rows(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = await api.make_event(showings=[{"date": "2026-12-24", "time": "20:30", "capacity": 500}])
    await api.book(event, 300)
    turns = 0
    written_in: list[int] = []
    row = TicketSheet.row

    async def count_turns() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    def note(sheet: TicketSheet, *which: Any) -> list[str]:
        written_in.append(turns)
        return row(sheet, *which)

    monkeypatch.setattr(TicketSheet, "row", note)
    counting = asyncio.create_task(count_turns())
    answer = await api.admin.get(f"/api/events/{event['uuid']}/tickets.csv")
    counting.cancel()
    assert answer.status == 200 and len(written_in) == 300
    assert max(Counter(written_in).values()) <= 50, "in one turn of the loop"
