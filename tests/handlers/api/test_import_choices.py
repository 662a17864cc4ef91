"""Choices for a file: unknown states, columns, products and dates, in the request, and kept for the next one."""

from typing import Any
from urllib.parse import quote

import pytest

from hub.app import Hub
from tests.api import Api
from tests.handlers.importing import a_file, end, send
from tests.hub.importing.file.test_files import xlsx
from tests.jobs.second_hub import entries

STATES = a_file(
    "B1,Ada Example,Inactive",
    "B2,Bob Example,Refunded",
    "B3,Cleo Example,blocked",
    "B4,Dan Example,Not paid",
    "B5,Eva Example,paid",
    head="barcode,name,status",
)


async def statuses(api: Api, event: Any) -> dict[str, str]:
    found = (await api.admin.get(f"/api/tickets?event={event['uuid']}&limit=1000")).body
    return {ticket["name"].split()[0]: ticket["status"] for ticket in found}


@pytest.mark.gen_test
async def test_nothing_is_imported_before_each_state_is_known_then_as_it_was_mapped(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    for query in ("", "?dry_run=true"):
        refused = await send(api.admin, event, STATES, query)
        assert (refused.status, refused.body["code"]) == (422, "unknown_state")
        assert [each for each in refused.body["states"] if each["means"] is None] == [
            {"state": "Inactive", "column": "status", "means": None, "rows": 1, "first_row": 2}
        ]
        assert await statuses(api, event) == {}
        assert await entries(hub, event["uuid"], "import.started") == []
    looked = await send(api.admin, event, STATES, "?dry_run=true&state=Inactive:blocked")
    assert (looked.status, looked.body["rows"], looked.body["unpaid"], looked.body["left_out"]) == (200, 4, 1, 1)
    begun = await send(api.admin, event, STATES, "?state=Inactive:blocked")
    assert (await end(api.admin, begun))["state"] == "completed"
    assert await statuses(api, event) == {"Ada": "blocked", "Cleo": "blocked", "Dan": "unpaid", "Eva": "valid"}
    assert [(await gate.scan(f"B{n}")).body["code"] for n in range(1, 6)] == [
        "blocked",
        "invalid_code",
        "blocked",
        "unpaid",
        "admitted",
    ]


@pytest.mark.gen_test
async def test_what_was_said_is_kept_for_the_event_and_for_files_with_the_same_head(api: Api) -> None:
    event, other, third = [await api.make_event() for _ in range(3)]
    await end(api.admin, await send(api.admin, event, STATES, "?state=Inactive:cancelled"))
    assert "Ada" not in await statuses(api, event)
    grown = a_file("N1,Fay,inactive,A1", "N2,Gus,ok,A2", head="barcode,name,status,seat")
    assert (await end(api.admin, await send(api.admin, event, grown)))["state"] == "completed"
    assert (await end(api.admin, await send(api.admin, other, STATES)))["state"] == "completed"
    assert await statuses(api, other) == {"Cleo": "blocked", "Dan": "unpaid", "Eva": "valid"}
    elsewhere = a_file("N1,Fay,inactive", head="barcode,full name,status")
    assert (await send(api.admin, third, elsewhere)).body["code"] == "unknown_state"
    assert (await end(api.admin, await send(api.admin, third, grown)))["state"] == "completed"


@pytest.mark.gen_test
async def test_a_dry_run_keeps_nothing_of_what_was_said(api: Api) -> None:
    event = await api.make_event()
    assert (await send(api.admin, event, STATES, "?dry_run=1&state=Inactive:good")).status == 200
    assert (await send(api.admin, event, STATES)).status == 422


@pytest.mark.gen_test
async def test_dates_that_can_be_read_in_two_ways_are_asked_about_and_answered(api: Api) -> None:
    dates = ["2090-11-12", "2090-11-25", "2090-12-11"]
    event = await api.make_event(
        ends_at="2090-12-31T20:30:00+01:00",
        showings=[{"date": date, "time": "20:30", "capacity": 10} for date in dates],
    )
    file = a_file("A2,Bob,11/12/2090,8:30 PM", head="barcode,name,date,time")
    refused = await send(api.admin, event, file)
    assert (refused.status, refused.body["code"]) == (422, "ambiguous_dates")
    assert refused.body["dates"]["example"] == "11/12/2090"
    assert {(each["dates"], each["means"]) for each in refused.body["dates"]["choices"]} == {
        ("dmy", "2090-12-11"),
        ("mdy", "2090-11-12"),
    }
    looked = await send(api.admin, event, file, "?dry_run=1&dates=mdy")
    assert [row["date"] for row in looked.body["sample"]] == ["2090-11-12"]
    assert (await end(api.admin, await send(api.admin, event, file, "?dates=dmy")))["state"] == "completed"
    [ticket] = (await api.admin.get(f"/api/tickets?event={event['uuid']}")).body
    assert ticket["date"] == "2090-12-11"


@pytest.mark.gen_test
async def test_a_code_page_is_asked_about_once_for_files_with_the_same_head(api: Api) -> None:
    event = await api.make_event()
    file = a_file("B1,Łukasz Świątek", "B2,Zoë", head="barcode,name").decode().replace("Zoë", "Żaneta").encode("cp1250")
    refused = await send(api.admin, event, file)
    assert (refused.status, refused.body["code"], refused.body["encoding"]["row"]) == (422, "unknown_encoding", 2)
    choices = {each["encoding"]: each["means"] for each in refused.body["encoding"]["choices"]}
    assert "B1,Łukasz Świątek" in choices.values()
    looked = await send(api.admin, event, file, "?dry_run=1&encoding=Windows-1250")
    assert (looked.body["encoding"], looked.body["sample"][0]["first_name"]) == ("Windows-1250", "Łukasz")
    assert (await send(api.admin, event, file)).status == 422  # a dry run keeps nothing
    assert (await end(api.admin, await send(api.admin, event, file, "?encoding=windows-1250")))["state"] == "completed"
    grown = "barcode,name\r\nB1,Łukasz Świątek\r\nB3,Michał Wałęsa\r\n".encode("cp1250")
    assert (await end(api.admin, await send(api.admin, event, grown)))["state"] == "completed"
    found = (await api.admin.get(f"/api/tickets?event={event['uuid']}")).body
    assert {each["name"] for each in found} == {"Łukasz Świątek", "Żaneta", "Michał Wałęsa"}
    other = "code-barres,nom\r\nB4,Michał Wałęsa\r\n".encode("cp1250")
    assert (await send(api.admin, event, other)).body["code"] == "unknown_encoding"


@pytest.mark.gen_test
async def test_a_code_page_that_was_said_wrongly_can_be_said_anew(api: Api) -> None:
    event = await api.make_event()
    first = "barcode,name\r\nB1,Łukasz Świątek\r\n".encode("cp1250")
    assert (await end(api.admin, await send(api.admin, event, first, "?encoding=windows-1251")))["state"] == "completed"
    western = "barcode,name\r\nB2,Hélène Lefèvre\r\n".encode("cp1252")
    refused = await send(api.admin, event, western, "?dry_run=1")
    assert (refused.status, refused.body["code"]) == (422, "unknown_encoding")
    assert "windows-1252" in [each["encoding"] for each in refused.body["encoding"]["choices"]]
    assert (await end(api.admin, await send(api.admin, event, western, "?encoding=windows-1252")))["added"] == 1
    looked = await send(api.admin, event, western, "?dry_run=1")
    assert (looked.body["encoding"], looked.body["sample"][0]["last_name"]) == ("Windows-1252", "Lefèvre")
    assert looked.body["code_pages"]["row"] == 2
    unicode = await send(api.admin, event, a_file("B3,Zoë", head="barcode,name"), "?dry_run=1")
    assert unicode.body["code_pages"] is None


@pytest.mark.gen_test
async def test_a_code_page_is_kept_for_heads_that_are_written_in_it(api: Api) -> None:
    event = await api.make_event()
    first, grown = [
        a_file(*rows, head="バーコード,名前").decode().encode("cp932") for rows in (["S1,山田"], ["S2,高橋"])
    ]
    assert (await send(api.admin, event, first)).body["code"] == "unknown_encoding"
    for file, query in ((first, "?encoding=shift_jis"), (grown, "")):
        assert (await end(api.admin, await send(api.admin, event, file, query)))["state"] == "completed"
    found = (await api.admin.get(f"/api/tickets?event={event['uuid']}")).body
    assert {each["name"] for each in found} == {"山田", "高橋"}


@pytest.mark.gen_test
async def test_columns_and_products_are_named_by_hand(api: Api) -> None:
    event = await api.make_event(products=[{"name": "Standard", "prices": []}])
    file = a_file("1,Ada,Early bird", "2,Eva,Standard", head="Wristband,Who,Kind")
    assert (await send(api.admin, event, file)).status == 422
    by_hand = "".join(f"&column={quote(each)}" for each in ("wristband:barcode", "Who:name", "Kind:product"))
    looked = await send(api.admin, event, file, f"?dry_run=1{by_hand}")
    assert looked.body["columns"] == ["barcode", "name", "product"]
    assert looked.body["unknown_products"] == [{"product": "Early bird", "rows": 1}]
    begun = await send(api.admin, event, file, f"?product={quote('early bird:Standard')}{by_hand}")
    assert begun.body["unknown_products"] == []
    assert (await end(api.admin, begun))["state"] == "completed"
    found = (await api.admin.get(f"/api/tickets?event={event['uuid']}")).body
    assert {ticket["product"] for ticket in found} == {"Standard"}
    again = a_file("3,Fay,EARLY BIRD", head="Wristband,Who,Kind")
    assert (await end(api.admin, await send(api.admin, event, again)))["state"] == "completed"


@pytest.mark.gen_test
@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("state=Inactive", "state"),
        ("state=Inactive:perhaps", "state"),
        ("state=" + "x" * 300 + ":good", "state"),
        ("dates=ydm", "dates"),
        ("encoding=utf-7", "encoding"),
        ("column=Wristband:shoe", "column"),
        ("product=VIP:Nothing", "product"),
        ("&".join(["state=a:good"] * 201), "state"),
    ],
)
async def test_a_choice_that_cannot_be_is_named(api: Api, query: str, field: str) -> None:
    event = await api.make_event(products=[{"name": "Standard", "prices": []}])
    refused = await send(api.admin, event, STATES, f"?{query}")
    assert (refused.status, list(refused.body["errors"])) == (422, [field])


@pytest.mark.gen_test
async def test_a_workbook_is_imported_and_one_without_known_columns_is_offered_for_mapping(api: Api) -> None:
    event = await api.make_event()
    begun = await send(api.admin, event, xlsx(["Barcode", "Name"], [4006381333931, "Ada Example"], title="Guests"))
    assert (begun.body["sheet"], begun.body["has_head"]) == ("Guests", True)
    assert (await end(api.admin, begun))["state"] == "completed"
    gate = await api.make_device(event)
    assert (await gate.scan("4006381333931")).body["code"] == "admitted"
    unknown = await send(api.admin, event, xlsx(["Wristband", "Who"], ["W-17", "Eva Example"]), "?dry_run=1")
    assert (unknown.status, unknown.body["code"]) == (422, "invalid")
    assert unknown.body["columns"] == [
        {"head": "Wristband", "example": "W-17"},
        {"head": "Who", "example": "Eva Example"},
    ]
    broken = await send(api.admin, event, b"PK\x03\x04 no workbook")
    assert (broken.status, "xlsx" in broken.body["title"]) == (422, True)
