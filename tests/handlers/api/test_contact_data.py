"""Names and phone numbers as people write them: by booking and by import, kept as written, found by any writing."""

from typing import Any
from urllib.parse import quote

import pytest
from pymongo import MongoClient

from hub.app import Hub
from tests.api import Api
from tests.handlers.importing import a_file, end, send

NAMES = a_file(
    "N1,山田　太郎,0312345678",
    "N2,علی‌رضا نمونه,+98 21 1234 5678",
    "N3,Zoé Exemple,01 23 45 67 89",
    head="barcode,name,phone_number",
)


async def found_by(api: Api, event: Any, text: str) -> list[str]:
    answer = await api.admin.get(f"/api/tickets?event={event['uuid']}&search={quote(text)}")
    assert answer.status == 200, answer.raw
    return sorted(ticket["name"] for ticket in answer.body)


@pytest.mark.gen_test
async def test_names_of_every_script_are_imported_as_written_and_found(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event, may=["search", "names"])
    begun = await send(api.admin, event, NAMES)
    assert (begun.status, begun.body["warnings"]) == (202, [])
    assert (await end(api.admin, begun))["state"] == "completed"
    found = (await api.admin.get(f"/api/tickets?event={event['uuid']}")).body
    assert {ticket["name"] for ticket in found} == {"山田　太郎", "علی‌رضا نمونه", "Zoé Exemple"}
    assert {ticket["phone_number"] for ticket in found} == {"0312345678", "+98 21 1234 5678", "01 23 45 67 89"}
    for typed in ("علیرضا", "+982112345678", "0098 21 12345678"):
        assert await found_by(api, event, typed) == ["علی‌رضا نمونه"], typed
    for typed in ("zoe", "+33123456789", "0123456789", "01/23/45/67/89"):
        assert await found_by(api, event, typed) == ["Zoé Exemple"], typed
    at_the_door = (await gate.post("/scan/search_ticket/", {"search": "太郎"})).body
    assert at_the_door["code"] == "bad_request"  # three characters at least
    at_the_door = (await gate.post("/scan/search_ticket/", {"search": "山田 太郎"})).body
    assert [each["first_name"] for each in at_the_door["results"]] == ["山田　太郎"]


OTHER_NAMES = {
    "สมชาย ใจดี": "สมชาย",
    "משה בן־דוד": "משה",
    "محمد عبد\u200cالله": "محمد",  # noqa: RUF001
    "Ἑλένη Παπαδοπούλου": "ελενη",
    "Łucja Świątek-Żak": "swiatek",
    "Nguyễn Thị Ánh": "nguyen",
    "אנה\u00a0כהן": "אנה",  # noqa: RUF001
    "ဒေါ်အောင်ဆန်း": "ဒေါ်အောင်ဆန်း",
    "Анна Ёлкина": "анна",
    "김 철수": "김 철수",
    "Iñaki 🧑🏽‍🎤 Etxeberria": "inaki",
}


@pytest.mark.gen_test
async def test_names_of_other_scripts_are_booked_and_imported_alike_and_found(api: Api) -> None:
    booked, imported = [await api.make_event() for _ in range(2)]
    form = {"event": booked["uuid"], "date": "2026-12-24", "time": "20:30", "phone_number": "0123 4"}
    for name in OTHER_NAMES:
        answer = await api.admin.post("/api/tickets", {**form, "name": f"\u200f{name} "})
        assert (answer.status, answer.body.get("name")) == (201, name), answer.raw
    rows = (f"X{number},\u202b{name}\u202c,0123 4" for number, name in enumerate(OTHER_NAMES))
    file = a_file(*rows, head="barcode,name,phone_number")
    begun = await send(api.admin, imported, file)
    assert begun.body["warnings"] == []
    assert (await end(api.admin, begun))["state"] == "completed"
    for event in (booked, imported):
        found = (await api.admin.get(f"/api/tickets?event={event['uuid']}")).body
        assert {ticket["name"].replace("\u00a0", " ") for ticket in found} == {
            name.replace("\u00a0", " ") for name in OTHER_NAMES
        }
        for name, typed in OTHER_NAMES.items():
            [one] = await found_by(api, event, typed)
            assert one.replace("\u00a0", " ") == name.replace("\u00a0", " ")


@pytest.mark.gen_test
async def test_a_cell_that_cannot_be_kept_refuses_no_file(api: Api) -> None:
    event = await api.make_event()
    head = "barcode,first_name,last_name,phone,email,product"
    file = a_file(f'x,"Gr\nace",{"y" * 300},call me,no address,"V\x07IP"', head=head)
    looked = await send(api.admin, event, file, "?dry_run=1")
    columns = ["first_name", "last_name", "product", "phone_number", "email"]
    assert (looked.status, [each["column"] for each in looked.body["warnings"]]) == (200, columns)
    assert looked.body["warnings_count"] == 5
    assert (await end(api.admin, await send(api.admin, event, file)))["state"] == "completed"
    [ticket] = (await api.admin.get(f"/api/tickets?event={event['uuid']}")).body
    assert (ticket["name"], ticket["phone_number"], ticket["product"]) == (f"Gr ace {'y' * 100}", "call me", "VIP")


@pytest.mark.gen_test
@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("0171/1234567", "0171/1234567"),
        ("\u202d+49 171 1234567\u202c", "+49 171 1234567"),
        ("01\u00a023\u00a045\u00a067\u00a089", "01\u00a023\u00a045\u00a067\u00a089"),
        (9876543210, "9876543210"),
        ("tel:+33-1-23-45-67-89", "tel:+33-1-23-45-67-89"),
        ("٠١٢٣٤٥٦٧٨٩", "٠١٢٣٤٥٦٧٨٩"),
        ("+7 (912) 345-67-89 доб. 12", "+7 (912) 345-67-89 доб. 12"),
        ("☎ 06.12.34.56.78", "☎ 06.12.34.56.78"),
    ],
)
async def test_phone_numbers_are_booked_as_written(api: Api, sent: Any, kept: str) -> None:
    event = await api.make_event()
    form = {"event": event["uuid"], "date": "2026-12-24", "time": "20:30"}
    booked = await api.admin.post("/api/tickets", {**form, "name": "山田\u3000太郎\u200b", "phone_number": sent})
    assert booked.status == 201, booked.raw
    assert (booked.body["name"], booked.body["phone_number"]) == ("山田\u3000太郎", kept)
    assert await found_by(api, event, str(sent)) == ["山田\u3000太郎"]
    refused = await api.admin.post("/api/tickets", {**form, "name": "Ada\x00", "phone_number": "call me"})
    assert (refused.status, set(refused.body["errors"])) == (422, {"name", "phone_number"})


@pytest.mark.gen_test
async def test_a_phones_limit_counts_every_writing_of_it(api: Api) -> None:
    event = await api.make_event(booking="open", phone_limit=3)
    anybody = api.with_key(None)
    form = {"event": event["uuid"], "date": "2026-12-24", "time": "20:30", "name": "Ada"}
    for number in ("01 23 45 67 89", "+33 1 23 45 67 89", "0033123456789"):
        assert (await anybody.post("/api/tickets", {**form, "phone_number": number})).status == 201
    refused = await anybody.post("/api/tickets", {**form, "phone_number": "tel:+33(0)123456789"})
    assert (refused.status, refused.body["code"]) == (409, "phone_limit")
    [first, *_] = (await api.admin.get(f"/api/tickets?event={event['uuid']}")).body
    assert (await api.admin.post(f"/api/tickets/{first['id']}/cancel")).status == 200
    assert (await anybody.post("/api/tickets", {**form, "phone_number": "0123456789"})).status == 201


@pytest.mark.gen_test
async def test_tickets_of_before_count_by_their_number_as_it_was_written(
    api: Api, hub: Hub, _mongo: MongoClient[dict[str, Any]]
) -> None:
    event = await api.make_event(booking="open", phone_limit=2)
    anybody = api.with_key(None)
    form = {"event": event["uuid"], "date": "2026-12-24", "time": "20:30", "name": "Ada"}
    number = "01 23 45 67 89"
    booked = await anybody.post("/api/tickets", {**form, "phone_number": number})
    database = _mongo[hub.settings.database]
    showing = f"{event['uuid']}/2026-12-24T20:30"
    old, new = hub.seats.phone_id(showing, number), hub.seats.phone_id(showing, "33123456789")
    count = database.phones.find_one({"_id": new})
    assert count is not None
    database.phones.insert_one({**count, "_id": old})
    database.phones.delete_one({"_id": new})
    database.tickets.update_one({"_id": booked.body["id"]}, {"$unset": {"phones": ""}})
    assert (await anybody.post("/api/tickets", {**form, "phone_number": number})).status == 201
    assert (await anybody.post("/api/tickets", {**form, "phone_number": number})).body["code"] == "phone_limit"
    assert (await api.admin.post(f"/api/tickets/{booked.body['id']}/cancel")).status == 200
    assert database.phones.find_one({"_id": old}) is None
    assert (await anybody.post("/api/tickets", {**form, "phone_number": number})).status == 201
    assert (await anybody.post("/api/tickets", {**form, "phone_number": number})).body["code"] == "phone_limit"


@pytest.mark.gen_test
async def test_a_corrected_number_is_found_and_counted_anew(api: Api) -> None:
    event = await api.make_event(booking="open", phone_limit=1)
    form = {"event": event["uuid"], "date": "2026-12-24", "time": "20:30", "name": "Ada"}
    booked = await api.admin.post("/api/tickets", {**form, "phone_number": "01 23 45 67 89"})
    changed = await api.admin.request("PATCH", f"/api/tickets/{booked.body['id']}", {"phone_number": "0171/1234567"})
    assert changed.status == 200, changed.raw
    assert await found_by(api, event, "0123456789") == []
    assert await found_by(api, event, "01711234567") == ["Ada"]
    assert (await api.with_key(None).post("/api/tickets", {**form, "phone_number": "0123456789"})).status == 201


@pytest.mark.parametrize("number", ["٠١٢٣٤٥٦٧٨٩", "０１２３４５６７８９"])  # noqa: RUF001 - digits of other scripts
@pytest.mark.gen_test
async def test_tickets_sold_without_a_number_count_for_no_guests_number(api: Api, number: str) -> None:
    event = await api.make_event(booking="open", phone_limit=2, products=[])
    when = {"date": "2026-12-24", "time": "20:30"}
    sale = {**when, "tickets": [{"count": 5}]}
    sold = await api.admin.post(f"/api/events/{event['uuid']}/sales", sale)
    assert sold.status == 201, sold.raw
    anybody, form = api.with_key(None), {**when, "event": event["uuid"], "name": "Ada", "phone_number": number}
    first = await anybody.post("/api/tickets", form)
    assert first.status == 201, first.raw
    second = await anybody.post("/api/tickets", {**form, "phone_number": "0123456789"})
    assert second.status == 201, second.raw
    assert (await anybody.post("/api/tickets", form)).body["code"] == "phone_limit"
    for ticket in sold.body["tickets"][:2]:
        assert (await api.admin.post(f"/api/tickets/{ticket['id']}/cancel")).status == 200
        assert (await api.admin.post(f"/api/tickets/{ticket['id']}/restore")).status == 200
    assert (await anybody.post("/api/tickets", form)).body["code"] == "phone_limit"
