"""Did your ticket work? Asked on the ticket page, kept for the organiser without a name (wallet.md)."""

from typing import Any
from urllib.parse import urlencode

import pytest

from hub.app import Hub
from tests.api import Answer, Api

FORM = {"Content_Type": "application/x-www-form-urlencoded"}


async def say(api: Api, ticket: Any, worked: str, text: str = "") -> Answer:
    path = ticket["links"]["page"].replace("?", "/feedback?")
    return await api.post(path, urlencode({"worked": worked, "text": text}).encode(), **FORM)


async def two_tickets(api: Api) -> tuple[Any, Any, Any]:
    event = await api.make_event()
    first, second = await api.book(event, 2)
    return event, first, second


async def summary(api: Api, event: Any) -> Any:
    return (await api.admin.get(f"/api/events/{event['uuid']}/feedback")).body


@pytest.mark.gen_test
async def test_answer_is_kept_for_the_organiser_without_name_or_ticket(api: Api) -> None:
    event, first, second = await two_tickets(api)
    answer = await say(api, first, "yes")
    assert (answer.status, answer.headers["Location"]) == (303, first["links"]["page"] + "#feedback")
    await say(api, second, "no", "  The door was <dark>. ")
    found = await summary(api, event)
    (text,) = found.pop("texts")
    assert found == {"event": event["uuid"], "answers": 2, "worked": 1, "failed": 1}
    assert text.pop("at") and text == {"worked": False, "text": "The door was <dark>."}
    assert b"Thank you" in (await api.get(first["links"]["page"])).raw


@pytest.mark.gen_test
async def test_a_ticket_has_one_answer_which_may_be_changed(api: Api) -> None:
    event, first, _ = await two_tickets(api)
    await say(api, first, "no", "Too dark")
    page = (await api.get(first["links"]["page"])).raw
    assert b"it did not work" in page and b">Too dark</textarea>" in page
    await say(api, first, "yes")
    found = await summary(api, event)
    assert (found["worked"], found["failed"], found["texts"]) == (1, 0, [])


@pytest.mark.gen_test
async def test_text_goes_with_the_ticket_and_the_yes_or_no_stays(api: Api) -> None:
    event, first, second = await two_tickets(api)
    await say(api, first, "no", "I am Ada, and nobody let me in")
    await say(api, second, "yes")
    for ticket in (first, second):
        assert (await api.admin.request("DELETE", f"/api/tickets/{ticket['id']}")).status == 204
    found = await summary(api, event)
    assert (found["worked"], found["failed"], found["texts"]) == (1, 1, [])
    assert (await say(api, first, "no", "again")).status == 404


@pytest.mark.parametrize(
    ("worked", "text", "problem"), [("", "", b"Choose yes or no"), ("yes", "x" * 501, b"500 characters or less")]
)
@pytest.mark.gen_test
async def test_what_is_wrong_is_said_on_the_page_which_keeps_the_text(
    api: Api, worked: str, text: str, problem: bytes
) -> None:
    event, first, _ = await two_tickets(api)
    answer = await say(api, first, worked, text)
    assert answer.status == 422 and problem in answer.raw
    assert text.encode() in answer.raw
    assert (await summary(api, event))["answers"] == 0


@pytest.mark.gen_test
async def test_only_the_holder_answers_and_only_so_often(api: Api, hub: Hub) -> None:
    event, first, second = await two_tickets(api)
    wrong = first["links"]["page"].partition("token=")[0] + f"token={second['access_token']}"
    assert (await say(api, first | {"links": {"page": wrong}}, "yes")).status == 404
    for _ in range(hub.settings.feedback_per_min):
        hub.limits.feedback.count(first["id"])
    assert (await say(api, first, "yes")).status == 429
    assert (await say(api, second, "yes")).status == 303
    assert (await summary(api, event))["answers"] == 1


@pytest.mark.gen_test
async def test_answers_are_for_whoever_may_read_tickets(api: Api) -> None:
    event, _, _ = await two_tickets(api)
    path = f"/api/events/{event['uuid']}/feedback"
    assert (await api.get(path)).status == 401
    assert (await (await api.make_device(event)).get(path)).status == 403
    assert (await api.admin.get("/api/events/nope/feedback")).status == 404
