"""The OpenAPI document: valid, whole, and made from what the hub does."""

from itertools import pairwise
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from handlers.http.operation import operation_of
from handlers.openapi.document import make_document
from handlers.openapi.route import described
from handlers.routes.table import ROUTES
from hub.app import Hub
from tests.api import Api

BASE = "http://hub.example.org"
DOCUMENT = make_document(ROUTES, BASE)
FOR_PROGRAMS = ("/api/", "/scan/", "/tickets/", "/reservations/", "/v1/", "/pictures/", "/login/passkey")
OPERATIONS = {
    (path, method): operation for path, methods in DOCUMENT["paths"].items() for method, operation in methods.items()
}


def test_the_document_is_valid_openapi_3_1() -> None:
    assert [str(error) for error in OpenAPIV31SpecValidator(DOCUMENT).iter_errors()] == []


def test_every_method_of_a_path_for_programs_is_described() -> None:
    missing = [
        f"{method} {route.name}"
        for route in ROUTES
        for method in route.rules
        if (route.path.startswith(FOR_PROGRAMS) or ".api." in route.handler.__module__)
        and operation_of(route.handler, method) is None
    ]
    assert missing == []


def test_every_operation_has_a_name_of_its_own() -> None:
    names = [operation["operationId"] for operation in OPERATIONS.values()]
    assert sorted(set(names)) == sorted(names)


def test_every_operation_has_a_summary_and_answers_that_succeed_and_refuse() -> None:
    for (path, method), operation in OPERATIONS.items():
        assert operation["summary"], f"{method} {path}"
        statuses = {int(status) for status in operation["responses"]}
        assert any(status < 400 for status in statuses), f"{method} {path}"
        assert {429, 503} <= statuses, f"{method} {path}"


def test_an_operation_that_needs_a_credential_says_which_and_how_it_refuses() -> None:
    for each in described(ROUTES):
        operation = OPERATIONS[each.path, each.method]
        is_open = not each.rule.is_asked or each.rule.is_open
        assert is_open == (operation["security"] == [] or {} in operation["security"]), each.path
        if not is_open:
            assert str(each.handler.stranger_status) in operation["responses"], each.path
            assert "403" in operation["responses"], each.path


def test_a_path_with_words_to_choose_from_is_a_path_for_each() -> None:
    assert {"/api/tickets/{ticket_id}/cancel", "/api/tickets/{ticket_id}/reissue"} <= DOCUMENT["paths"].keys()
    held = DOCUMENT["paths"]["/api/devices/{device_id}/held/drop"]["post"]["responses"]["200"]["content"]
    assert held["application/json"]["schema"] == {"$ref": "#/components/schemas/DroppedAnswer"}


def test_a_type_has_its_own_name_as_its_title() -> None:
    titles = {name: each["title"] for name, each in DOCUMENT["components"]["schemas"].items() if "title" in each}
    assert titles == {name: name for name in titles}
    assert {"DoorDoorAnswer", "EventsDoorAnswer"} <= titles.keys()


def test_a_form_is_described_as_it_is_read() -> None:
    form = DOCUMENT["components"]["schemas"]["EventFormPart"]
    assert form["properties"]["phone_limit"]["maximum"] == 1_000_000
    assert form["properties"]["starts_at"]["anyOf"][0] == {"type": "string", "format": "date-time"}
    assert "required" not in form
    new = DOCUMENT["components"]["schemas"]["NewEvent"]
    assert set(new["required"]) == {"name", "timezone", "starts_at", "ends_at"}


def test_a_query_is_described_as_parameters_with_their_bounds() -> None:
    parameters = {each["name"]: each for each in OPERATIONS["/api/scans", "get"]["parameters"]}
    assert parameters["limit"]["schema"] == {"type": "integer", "minimum": 1, "maximum": 1000, "default": 100}
    assert parameters["since"]["schema"] == {"type": "string", "format": "date-time"}


def test_links_lead_from_an_event_to_a_scan_that_is_taken_back() -> None:
    chain = ("create_event", "add_showings", "book_ticket", "scan_ticket", "undo_scan")
    by_id = {operation["operationId"]: operation for operation in OPERATIONS.values()}
    for first, then in pairwise(chain):
        links = {name for response in by_id[first]["responses"].values() for name in whole(response).get("links", ())}
        assert then in links, (first, then)


def whole(response: dict[str, Any]) -> dict[str, Any]:
    """Return a response of the document, also where it stands among those of several operations."""
    name = response.get("$ref", "").rpartition("/")[2]
    found: dict[str, Any] = DOCUMENT["components"]["responses"][name] if name else response
    return found


def test_a_position_that_may_be_left_out_is_described_so() -> None:
    parameters = OPERATIONS["/scan/manifest/", "get"]["parameters"]
    assert {each["name"]: each["required"] for each in parameters} == dict.fromkeys(
        ("epoch", "since", "limit", "after"), False
    )


def test_an_answer_requires_all_that_it_always_holds() -> None:
    answer = DOCUMENT["components"]["schemas"]["PairedAnswer"]
    assert set(answer["required"]) == {*answer["properties"]} - {"addresses"}
    door = DOCUMENT["components"]["schemas"]["DoorDoorAnswer"]
    assert "due" not in door["required"]


@pytest.mark.parametrize("pattern", [r"\A", r"\Z", r"\ud800", r"\U000"])
def test_patterns_are_those_of_json_schema(pattern: str) -> None:
    assert pattern not in str(DOCUMENT)


@pytest.mark.gen_test
async def test_the_document_is_served_with_an_entity_tag(hub: Hub, api: Api) -> None:
    answer = await api.get("/openapi.json")
    assert answer.status == 200
    assert answer.body == make_document(ROUTES, hub.settings.base_url)
    again = await api.get("/openapi.json", If_None_Match=answer.headers["ETag"])
    assert (again.status, again.raw) == (304, b"")
