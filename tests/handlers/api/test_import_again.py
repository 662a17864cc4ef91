"""Lists imported again: grown, corrected, cancelled; scanned tickets stay; the hub's own export changes nothing."""

import asyncio
import csv
import io
import re
from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any

import pytest
from pymongo import MongoClient

from hub.app import Hub
from hub.wallet.pass_changes import is_visible
from tests.api import Api
from tests.english import TRANSLATED
from tests.handlers.importing import a_file, before_completion, end, import_file, many, send
from tests.hub.importing.file.test_files import xlsx
from tests.jobs.second_hub import entries

HEAD = "barcode,first_name,last_name,phone,product,price,status,order,email"


def listed(**tickets: str) -> bytes:
    """Return a list of tickets by their barcodes; each says first name and status, with a product where it is given."""
    rows = []
    for barcode, said in tickets.items():
        name, status, product, *_ = [*said.split(), "Standard"]
        rows.append(f"{barcode},{name},Example,,{product},,{status},,")
    return a_file(*rows, head=HEAD)


async def tickets_of(api: Api, event: Any) -> dict[str, Any]:
    found = (await api.admin.get(f"/api/tickets?event={event['uuid']}&limit=1000")).body
    return {ticket["name"].split()[0]: ticket for ticket in found}


async def counts(api: Api, event: Any) -> tuple[int, int]:
    """Return how many tickets hold a seat, by the event's counters and by its showing."""
    occupancy = (await api.admin.get(f"/api/events/{event['uuid']}/occupancy")).body
    [showing] = (await api.admin.get(f"/api/showings?event={event['uuid']}")).body
    return occupancy["booked"], showing["capacity"] - showing["left"]


async def seq(hub: Hub, event: Any) -> int:
    """Return the number of the newest entry of the event's journal."""
    stream = await hub.store.journal.stream(event["uuid"])
    assert stream is not None
    return stream.seq


async def again(api: Api, event: Any, file: bytes, query: str = "") -> Any:
    """Import a list again and return the import as it ended."""
    return await end(api.admin, await send(api.admin, event, file, query))


def kinds(body: Mapping[str, Any]) -> dict[str, int]:
    names = ("added", "changed", "canceled", "unchanged", "untouched")
    return {name: body[name] for name in names if body[name]}


@pytest.mark.gen_test
async def test_a_grown_list_adds_corrects_and_cancels_by_one_entry_and_the_doors_heed_it(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    await import_file(api.admin, event, listed(B1="Ada paid", B2="Bob paid", B3="Cleo pending", B4="Dan paid"))
    before = await tickets_of(api, event)
    assert (await gate.scan("B4")).body["code"] == "admitted"
    grown = listed(
        B1="Ada paid", B2="Bob refunded", B3="Cleo paid VIP", B4="Dana refunded", B5="Eva paid", B6="Fay refunded"
    )
    expected = {"added": 1, "changed": 1, "canceled": 1, "unchanged": 1, "untouched": 1}
    looked = await send(api.admin, event, grown, "?dry_run=true")
    assert kinds(looked.body) == expected
    assert looked.body["left_out"] == 1
    [untouched] = looked.body["untouched_tickets"]
    assert (untouched["row"], untouched["name"], untouched["why"]) == (5, "Dan Example", "scanned")
    assert {row["barcode"]: row["change"] for row in looked.body["sample"]} == {
        "B1": "unchanged",
        "B3": "changed",
        "B5": "added",
    }
    assert await counts(api, event) == (4, 4)
    assert kinds(await again(api, event, grown)) == expected
    after = await tickets_of(api, event)
    assert {name: ticket["status"] for name, ticket in after.items()} == {
        "Ada": "valid",
        "Bob": "canceled",
        "Cleo": "valid",
        "Dan": "valid",
        "Eva": "valid",
    }
    assert {name: after[name]["id"] for name in before} == {name: before[name]["id"] for name in before}
    assert after["Cleo"]["product"] == "VIP"
    assert await counts(api, event) == (4, 4)
    [first, second] = await entries(hub, event["uuid"], "import.completed")
    assert first.effect == {"booked": 4}
    assert {name: second.data[name] for name in expected} == expected
    assert second.effect == {"booked": 0}
    assert (is_visible(first), is_visible(second)) == (False, True)  # passes on phones look again
    history = (await api.admin.get(f"/api/tickets/{after['Cleo']['id']}/history")).body
    assert [each["seq"] for each in history] == [first.seq, second.seq]
    assert [each.kind for each in await entries(hub, event["uuid"], "ticket.canceled")] == []
    products = (await api.admin.get(f"/api/events/{event['uuid']}/stats")).body["products"]
    assert {(each["name"], each["booked"]) for each in products} == {("Standard", 3), ("VIP", 1)}
    codes = [(await gate.scan(f"B{n}")).body["code"] for n in range(1, 7)]
    assert codes == ["admitted", "canceled", "admitted", "already_scanned", "admitted", "invalid_code"]


@pytest.mark.gen_test
async def test_the_same_list_again_changes_nothing_and_says_so(
    api: Api, hub: Hub, _mongo: MongoClient[dict[str, Any]]
) -> None:
    event = await api.make_event()
    await import_file(api.admin, event, listed(B1="Ada paid", B2="Bob pending", B3="Cleo blocked", B4="Dan refunded"))
    written = await seq(hub, event)
    stored = list(_mongo[hub.settings.database].tickets.find({}))
    same = await send(api.admin, event, listed(B1="Ada paid", B2="Bob pending", B3="Cleo blocked", B4="Dan refunded"))
    assert (same.status, same.body["state"], same.body["left_out"]) == (202, "completed", 1)
    assert kinds(same.body) == {"unchanged": 3}
    assert kinds((await api.admin.get(same.headers["Location"])).body) == {"unchanged": 3}
    assert await seq(hub, event) == written
    assert list(_mongo[hub.settings.database].tickets.find({})) == stored


@pytest.mark.gen_test
async def test_the_hubs_own_export_changes_nothing(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    form = {"event": event["uuid"], "date": "2026-12-24", "time": "20:30", "name": "Ada Ames", "phone_number": "0123 4"}
    party = [{"first_name": name, "last_name": "Booked", "product": "VIP"} for name in ("Ada", "Bob", "Cleo")]
    booked = (await api.admin.post("/api/reservations", {**form, "email": "a@b.org", "tickets": party})).body
    await import_file(api.admin, event, listed(B1="Dan paid", B2="Eva pending", B3="Fay blocked"))
    ids = [ticket["id"] for ticket in booked["tickets"]]
    assert (await api.admin.post(f"/api/tickets/{ids[0]}/block")).status == 200
    assert (await api.admin.post(f"/api/tickets/{ids[1]}/cancel")).status == 200
    assert (await gate.scan("B1")).body["code"] == "admitted"
    path = f"/api/events/{event['uuid']}/tickets.csv"
    exported = (await api.admin.get(path)).raw
    rows = list(csv.DictReader(io.StringIO(exported.decode("utf-8-sig"), newline="")))
    assert {row["email"] for row in rows if row["last_name"] == "Booked"} == {"a@b.org"}
    written, seats = await seq(hub, event), await counts(api, event)
    for query in ("?dry_run=1", ""):
        answer = await send(api.admin, event, exported, query)
        assert kinds(answer.body) == {"unchanged": 6}, answer.raw
    assert (await api.admin.get(path)).raw == exported
    assert await seq(hub, event) == written
    assert await counts(api, event) == seats == (5, 5)


def as_excel_saves_it(exported: bytes, separator: str, encoding: str) -> bytes:
    text = io.StringIO()
    rows = csv.reader(io.StringIO(exported.decode("utf-8-sig"), newline=""))
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue().encode(encoding)


def as_a_workbook(exported: bytes) -> bytes:
    return xlsx(*csv.reader(io.StringIO(exported.decode("utf-8-sig"), newline="")), title="tickets")


def as_excel_takes_it(cell: str) -> Any:
    """Return a cell's value as a spreadsheet takes it that opens a CSV: days, times of day, numbers and yes or no."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", cell):
        return date.fromisoformat(cell)
    if re.fullmatch(r"\d\d:\d\d", cell):
        return time.fromisoformat(cell)
    if cell in ("true", "false"):
        return cell == "true"
    return int(cell) if cell.isdecimal() else cell


def as_a_workbook_of_values(exported: bytes) -> bytes:
    rows = csv.reader(io.StringIO(exported.decode("utf-8-sig"), newline=""))
    return xlsx(*([as_excel_takes_it(cell) for cell in row] for row in rows))


SAVED: dict[str, Callable[[bytes], bytes]] = {
    "with semicolons": lambda exported: as_excel_saves_it(exported, ";", "utf-8-sig"),
    "as Unicode text": lambda exported: as_excel_saves_it(exported, "\t", "utf-16"),
    "as a workbook": as_a_workbook,
    "as a workbook of values": as_a_workbook_of_values,
    "sorted the other way": lambda exported: b"\r\n".join(
        [exported.splitlines()[0], *reversed(exported.splitlines()[1:]), b""]
    ),
}


@pytest.mark.parametrize("save", SAVED.values(), ids=SAVED)
@pytest.mark.gen_test
async def test_an_export_that_a_spreadsheet_saved_again_changes_nothing_either(
    api: Api, hub: Hub, save: Callable[[bytes], bytes]
) -> None:
    event = await api.make_event()
    form = {"event": event["uuid"], "date": "2026-12-24", "time": "20:30", "phone_number": "+33 1 23 45 67 89"}
    party = [{"first_name": name, "last_name": "=1+1", "product": "VIP"} for name in ("Zoé", "山田　太郎")]
    assert (await api.admin.post("/api/reservations", {**form, "name": "Ada", "tickets": party})).status == 201
    await import_file(api.admin, event, listed(B1="Dan paid", B2="Eva pending", B3="Fay blocked"))
    path = f"/api/events/{event['uuid']}/tickets.csv"
    exported = (await api.admin.get(path)).raw
    written = await seq(hub, event)
    assert kinds(await again(api, event, save(exported))) == {"unchanged": 5}
    assert (await api.admin.get(path)).raw == exported
    assert await seq(hub, event) == written


@pytest.mark.gen_test
async def test_an_export_comes_back_whole_with_ids_states_addresses_and_seats(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    form = {"event": event["uuid"], "date": "2026-12-24", "time": "20:30", "name": "Ada Ames", "phone_number": "0123 4"}
    party = [{"first_name": name, "last_name": "Booked"} for name in ("Ada", "Bob", "Cleo")]
    booked = (await api.admin.post("/api/reservations", {**form, "email": "a@b.org", "tickets": party})).body
    await import_file(api.admin, event, listed(B1="Dan paid", B2="Eva pending"))
    ids = [ticket["id"] for ticket in booked["tickets"]]
    assert (await api.admin.post(f"/api/tickets/{ids[0]}/block")).status == 200
    assert (await api.admin.post(f"/api/tickets/{ids[1]}/cancel")).status == 200
    path = f"/api/events/{event['uuid']}/tickets.csv"
    exported = (await api.admin.get(path)).raw
    for ticket in (await tickets_of(api, event)).values():
        assert (await api.admin.request("DELETE", f"/api/tickets/{ticket['id']}")).status == 204
    assert await counts(api, event) == (0, 0)
    ended = await again(api, event, exported)
    assert (ended["state"], kinds(ended)) == ("completed", {"added": 5})
    back = (await api.admin.get(path)).raw

    def same(raw: bytes) -> list[dict[str, str]]:
        rows = csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
        own = [{name: text for name, text in row.items() if name != "booked_at"} for row in rows]
        return [row | {"reservation": row["reservation"] if row["last_name"] == "Booked" else ""} for row in own]

    assert same(back) == same(exported)
    assert await counts(api, event) == (4, 4)
    assert (await api.admin.get(f"/api/reservations/{booked['uuid']}")).body["tickets_count"] == 3
    other = await api.make_event()
    assert kinds(await again(api, other, exported)) == {"added": 5}
    assert kinds(await again(api, other, exported)) == {"unchanged": 5}
    assert await counts(api, other) == (4, 4)


@pytest.mark.parametrize("tag", ["en", *TRANSLATED])
@pytest.mark.gen_test
async def test_a_reservation_that_an_export_in_any_language_brings_back_has_what_its_tickets_share(
    api: Api, tag: str
) -> None:
    event = await api.make_event()
    form = {"event": event["uuid"], "date": "2026-12-24", "time": "20:30", "name": "Ada Ames", "phone_number": "0123 4"}
    shared = {"notice": "Step-free", "fields": {"Diet": "vegan", "Hall": "B"}}
    party = [{"first_name": "Ada"}, {"first_name": "Bob", "fields": {"Diet": "none"}}, {"first_name": "Cleo"}]
    booked = (await api.admin.post("/api/reservations", {**form, **shared, "tickets": party})).body
    exported = (await api.admin.get(f"/api/events/{event['uuid']}/tickets.csv?language={tag}")).raw
    before = (await api.admin.get(f"/api/reservations/{booked['uuid']}")).body
    assert (before["notice"], before["fields"]) == (shared["notice"], shared["fields"])
    for ticket in booked["tickets"]:
        assert (await api.admin.request("DELETE", f"/api/tickets/{ticket['id']}")).status == 204
    assert kinds(await again(api, event, exported)) == {"added": 3}
    back = (await api.admin.get(f"/api/reservations/{booked['uuid']}")).body
    assert (back["notice"], back["fields"]) == ("Step-free", {"Hall": "B"})


@pytest.mark.gen_test
async def test_what_was_decided_here_stays_unless_the_list_says_something_new_of_the_ticket(api: Api) -> None:
    event = await api.make_event()
    first = listed(B1="Ada paid", B2="Bob pending", B3="Cleo paid", B4="Dan paid")
    await import_file(api.admin, event, first)
    tickets = await tickets_of(api, event)
    assert (await api.admin.post(f"/api/tickets/{tickets['Ada']['id']}/block")).status == 200
    assert (await api.admin.post(f"/api/reservations/{tickets['Bob']['reservation']}/pay")).status == 200
    assert (await api.admin.post(f"/api/tickets/{tickets['Cleo']['id']}/cancel")).status == 200
    changed = await api.admin.request("PATCH", f"/api/tickets/{tickets['Dan']['id']}", {"name": "Daniel Example"})
    assert changed.status == 200
    grown = await again(api, event, first + b"B5,Eva,Example,,Standard,,paid,,\r\n")
    assert kinds(grown) == {"added": 1, "unchanged": 4}
    after = await tickets_of(api, event)
    assert {name: ticket["status"] for name, ticket in after.items()} == {
        "Ada": "blocked",
        "Bob": "valid",
        "Cleo": "canceled",
        "Daniel": "valid",
        "Eva": "valid",
    }
    assert kinds(await again(api, event, listed(B1="Ada pending", B4="Dora paid"))) == {"changed": 1, "unchanged": 1}
    assert (await tickets_of(api, event))["Ada"]["status"] == "blocked"
    assert "Dora" in await tickets_of(api, event)


@pytest.mark.gen_test
async def test_a_ticket_that_its_seller_sold_again_takes_its_seat_again_where_one_is_left(api: Api) -> None:
    event = await api.make_event(showings=[{"date": "2026-12-24", "time": "20:30", "capacity": 2}])
    await import_file(api.admin, event, listed(B1="Ada paid", B2="Bob paid"))
    swapped = await again(api, event, listed(B1="Ada refunded", B2="Bob paid", B3="Cleo paid"))
    assert kinds(swapped) == {"added": 1, "canceled": 1, "unchanged": 1}
    assert await counts(api, event) == (2, 2)
    back = await send(api.admin, event, listed(B1="Ada paid", B2="Bob paid", B3="Cleo paid"))
    assert (back.status, back.body["code"]) == (409, "sold_out")
    assert (await tickets_of(api, event))["Ada"]["status"] == "canceled"
    assert kinds(await again(api, event, listed(B1="Ada paid", B2="Bob refunded", B3="Cleo paid"))) == {
        "changed": 1,
        "canceled": 1,
        "unchanged": 1,
    }
    assert await counts(api, event) == (2, 2)


@pytest.mark.gen_test
async def test_a_ticket_of_the_box_office_moves_to_a_time_that_comes_into_being_by_that(api: Api) -> None:
    head = "barcode,first_name,date,time"
    booked = await api.post(
        "/api/tickets", {"name": "Zoe", "phone_number": "12345", "date": "2026-12-24", "time": "20:30"}
    )
    event = {"uuid": (await api.admin.get(f"/api/tickets/{booked.body['id']}")).body["event"]}
    await import_file(api.admin, event, a_file("B1,Ada,2026-12-24,20:30", head=head))
    moved = await again(api, event, a_file("B1,Ada,2026-12-24,22:00", head=head))
    assert (moved["state"], kinds(moved)) == ("completed", {"changed": 1})
    assert (await tickets_of(api, event))["Ada"]["time"] == "22:00"
    left = {each["time"]: each for each in (await api.admin.get(f"/api/showings?event={event['uuid']}")).body}
    assert left["20:30"]["left"] == left["22:00"]["left"], "one booked, one imported"


@pytest.mark.gen_test
async def test_tickets_move_between_times_with_their_seats(api: Api) -> None:
    days = ["2026-12-24", "2026-12-25"]
    event = await api.make_event(
        ends_at="2026-12-27T02:00:00+01:00",
        showings=[{"date": day, "time": "20:30", "capacity": 5} for day in days],
    )
    head = "barcode,first_name,date,time"
    await import_file(api.admin, event, a_file("B1,Ada,2026-12-24,20:30", "B2,Bob,2026-12-24,20:30", head=head))
    moved = await again(api, event, a_file("B1,Ada,2026-12-25,20:30", "B2,Bob,2026-12-24,20:30", head=head))
    assert kinds(moved) == {"changed": 1, "unchanged": 1}
    assert (await tickets_of(api, event))["Ada"]["date"] == "2026-12-25"
    showings = (await api.admin.get(f"/api/showings?event={event['uuid']}")).body
    assert {showing["date"]: showing["left"] for showing in showings} == {"2026-12-24": 4, "2026-12-25": 4}
    assert kinds(await again(api, event, a_file("B1,Ada", "B2,Bobby", head="barcode,first_name"))) == {
        "changed": 1,
        "unchanged": 1,
    }


@pytest.mark.gen_test
async def test_rows_added_to_an_order_join_its_reservation(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    head = "barcode,first_name,order,email"
    await import_file(api.admin, event, a_file("B1,Ada,R1,a@b.org", "B2,Bob,R1,b@b.org", head=head))
    rows = ("B1,Ada,R1,a@b.org", "B2,Bob,R1,b@b.org", "B3,Cleo,R1,", "B4,Dan,R2,", "B5,Eva,R2,")
    assert kinds(await again(api, event, a_file(*rows, head=head))) == {"added": 3, "unchanged": 2}
    tickets = await tickets_of(api, event)
    assert len({tickets[name]["reservation"] for name in ("Ada", "Bob", "Cleo")}) == 1
    reservation = (await api.admin.get(f"/api/reservations/{tickets['Ada']['reservation']}")).body
    assert (reservation["tickets_count"], len(reservation["tickets"]), reservation["email"]) == (3, 3, "a@b.org")
    stored = [await hub.booking.ticket(ticket["id"]) for ticket in tickets.values()]
    assert sorted(ticket.tickets_count for ticket in stored) == [2, 2, 3, 3, 3]


@pytest.mark.gen_test
async def test_a_ticket_scanned_or_changed_while_the_list_is_staged(
    api: Api, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    await import_file(api.admin, event, listed(B1="Ada paid", B2="Bob paid"))
    tickets = await tickets_of(api, event)

    async def scan_first() -> None:
        assert (await gate.scan("B1")).body["code"] == "admitted"

    with monkeypatch.context() as once:
        before_completion(once, hub.store.journal, scan_first)
        ended = await again(api, event, listed(B1="Ada refunded", B2="Bobby paid", B3="Cleo paid"))
    assert kinds(ended) == {"added": 1, "changed": 1, "untouched": 1}
    assert (await tickets_of(api, event))["Ada"]["status"] == "valid"

    async def block_first() -> None:
        assert (await api.admin.post(f"/api/tickets/{tickets['Bob']['id']}/block")).status == 200

    before_completion(monkeypatch, hub.store.journal, block_first)
    ended = await again(api, event, listed(B2="Bob refunded", B4="Dan paid"))
    assert (ended["state"], ended["error"]["code"]) == ("failed", "conflict")
    assert "Dan" not in await tickets_of(api, event)
    assert await counts(api, event) == (3, 3)


@pytest.mark.gen_test
async def test_a_corrected_list_and_doors_at_once_never_admit_a_cancelled_ticket_after_it(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    await import_file(api.admin, event, many(60))
    rows = [f"B{n:06},Ada {n},Lovelace,{'refunded' if n % 2 else 'paid'}" for n in range(60)]
    begun = send(api.admin, event, a_file(*rows, head="barcode,first_name,last_name,status"))
    scans = (gate.scan(f"B{n:06}") for n in range(60))
    answer, *answers = await asyncio.gather(begun, *scans)
    ended = await end(api.admin, answer)
    codes = [each.body["code"] for each in answers]
    assert set(codes) <= {"admitted", "canceled"}
    assert ended["state"] == "completed", ended
    left = [(await gate.scan(f"B{n:06}")).body["code"] for n in range(60)]
    for code, later in zip(codes, left, strict=True):
        assert later == ("already_scanned" if code == "admitted" else "canceled")
    canceled = sum(ticket["status"] == "canceled" for ticket in (await tickets_of(api, event)).values())
    booked = (await api.admin.get(f"/api/tickets?event={event['uuid']}&status=canceled&limit=1000")).body
    assert await counts(api, event) == (60 - len(booked), 60 - len(booked))
    assert canceled <= len(booked)


@pytest.mark.gen_test
async def test_tickets_of_before_are_corrected_with_care(
    api: Api, hub: Hub, _mongo: MongoClient[dict[str, Any]]
) -> None:
    event = await api.make_event()
    await import_file(api.admin, event, listed(B1="Ada paid", B2="Bob paid", B3="Cleo pending"))
    _mongo[hub.settings.database].tickets.update_many({}, {"$unset": {"sold": "", "phones": ""}})
    tickets = await tickets_of(api, event)
    assert (await api.admin.post(f"/api/tickets/{tickets['Ada']['id']}/block")).status == 200
    ended = await again(api, event, listed(B1="Ada paid", B2="Bob refunded", B3="Cleo paid"))
    assert kinds(ended) == {"changed": 1, "canceled": 1, "unchanged": 1}
    after = await tickets_of(api, event)
    assert {name: ticket["status"] for name, ticket in after.items()} == {
        "Ada": "blocked",
        "Bob": "canceled",
        "Cleo": "valid",
    }


ONE, TWO = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"


@pytest.mark.gen_test
async def test_a_ticket_whose_seller_gave_it_another_barcode_is_scanned_by_that_one_alone(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    head = "uuid,barcode,first_name,status"
    await import_file(api.admin, event, a_file(f"{ONE},B1,Ada,paid", f"{TWO},B2,Bob,paid", head=head))
    renewed = a_file(f"{ONE.upper()},B9,Ada,paid", f"{TWO},B2,Bob,paid", head=head)
    for expected in ({"changed": 1, "unchanged": 1}, {"unchanged": 2}):
        assert kinds(await again(api, event, renewed)) == expected
    codes = [(await gate.scan(barcode)).body["code"] for barcode in ("B1", "B9", "B9", "B2")]
    assert codes == ["invalid_code", "admitted", "already_scanned", "admitted"]
    later = await again(api, event, a_file(f"{ONE},B8,Ada,paid", head=head))
    assert kinds(later) == {"untouched": 1}
    assert (await gate.scan("B8")).body["code"] == "invalid_code"


@pytest.mark.gen_test
async def test_a_row_that_names_two_tickets_is_refused(api: Api) -> None:
    event = await api.make_event()
    await import_file(api.admin, event, a_file(f"{ONE},B1,Ada", f"{TWO},B2,Bob", head="uuid,barcode,first_name"))
    refused = await send(api.admin, event, a_file(f"{ONE},B2,Ada", head="uuid,barcode,first_name"))
    assert (refused.status, refused.body["code"]) == (409, "duplicate")
    assert [(each["row"], each["column"]) for each in refused.body["rows"]] == [(2, "barcode")]


@pytest.mark.gen_test
async def test_orders_of_only_so_many_tickets_are_added_to_at_once(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hub.importing.check.MOST_JOINED", 2)
    event = await api.make_event()
    rows = ("B1,Ada,R1", "B2,Bob,R1", "B3,Cleo,R2")
    await import_file(api.admin, event, a_file(*rows, head="barcode,first_name,order"))
    refused = await send(api.admin, event, a_file(*rows, "B4,Dan,R1", head="barcode,first_name,order"))
    assert (refused.status, refused.body["code"]) == (422, "invalid")
    grown = await again(api, event, a_file(*rows, "B4,Dan,R2", head="barcode,first_name,order"))
    assert kinds(grown) == {"added": 1, "unchanged": 3}


@pytest.mark.parametrize("first", ["pending", "paid"])
@pytest.mark.gen_test
async def test_a_ticket_whose_money_was_taken_here_is_never_unpaid_again_by_a_list(
    api: Api, hub: Hub, first: str
) -> None:
    event = await api.make_event()
    await import_file(api.admin, event, listed(B1="Ada pending"))
    ada = (await tickets_of(api, event))["Ada"]
    cash = {"method": "cash", "amount": "12", "currency": "EUR"}
    assert (await api.admin.post(f"/api/tickets/{ada['id']}/pay", cash)).status == 200
    between = "Ada refunded" if first == "pending" else "Ada paid"
    for said in (between, "Ada pending Standard"):
        await again(api, event, listed(B1=said))
    assert (await tickets_of(api, event))["Ada"]["status"] == "valid"
    refused = await api.admin.post(f"/api/tickets/{ada['id']}/pay", cash)
    assert (refused.status, refused.body["code"]) == (409, "already_paid")
    entries = await hub.store.journal.read(event["uuid"], 0, 10_000)
    assert [entry.kind for entry in entries].count("payment.taken") == 1
