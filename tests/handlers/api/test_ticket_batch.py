"""One action on all tickets that a list shows, in steps that may be asked for again (booking-api.md, Many at once)."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from hub.app import Hub
from hub.clock import SettableClock
from hub.settings import Settings
from tests.api import Answer, Api

KEY = "a-batch-of-this-test"
PRICED = [
    {"name": "Standard", "prices": [{"name": "Full", "amount": "12.50", "currency": "EUR"}]},
    {"name": "VIP", "prices": [{"name": "VIP", "amount": "40", "currency": "EUR"}]},
    {"name": "Guest list"},
]
NO_ONE_READS = 9
"""The port of a mail server that no test asks: mails wait in the outbox."""


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The settings of a hub that has a mail server."""
    own = {"smtp_host": "127.0.0.1", "smtp_port": NO_ONE_READS, "smtp_security": "none", "smtp_from": "t@example.org"}
    return msgspec.structs.replace(settings, **own)


async def step(api: Api, event: Any, action: str, **fields: Any) -> Answer:
    return await api.admin.post("/api/tickets/batch", {"action": action, "event": event["uuid"], "key": KEY, **fields})


async def walk(api: Api, event: Any, action: str, **fields: Any) -> list[Any]:
    """Ask for all steps of a batch, each twice; return the first answers."""
    answers: list[Any] = []
    cursor: dict[str, str] = {}
    while True:
        answer = await step(api, event, action, **fields, **cursor)
        assert answer.status == 200, answer.raw
        assert (await step(api, event, action, **fields, **cursor)).status == 200
        answers.append(answer.body)
        if answer.body["cursor"] is None:
            return answers
        cursor = {"cursor": answer.body["cursor"]}


async def statuses(api: Api, event: Any) -> list[tuple[str, str]]:
    listed = (await api.admin.get(f"/api/tickets?event={event['uuid']}&limit=1000")).body
    return sorted((ticket["product"], ticket["status"]) for ticket in listed)


async def journaled(hub: Hub, event: Any, kind: str) -> int:
    return await hub.store.database.journal.count_documents({"event": event["uuid"], "kind": kind})


def guests(*products: str) -> list[dict[str, str]]:
    return [{"first_name": "Ada", "last_name": str(n), "product": product} for n, product in enumerate(products)]


@pytest.mark.gen_test
async def test_all_that_match_are_changed_step_by_step_each_once_and_no_other(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    await api.book(event, tickets=guests(*["Standard"] * 7, "VIP", "VIP"))
    answers = await walk(api, event, "cancel", product="Standard", limit=3)
    assert [each["done"] for each in answers] == [3, 3, 1]
    assert await statuses(api, event) == [("Standard", "canceled")] * 7 + [("VIP", "valid")] * 2
    assert await journaled(hub, event, "ticket.canceled") == 7
    (showing,) = (await api.admin.get(f"/api/showings?event={event['uuid']}")).body
    assert showing["left"] == 98
    again = await step(api, event, "cancel", product="Standard")
    assert (again.body["done"], again.body["unchanged"], again.body["refused"]) == (0, 7, [])


@pytest.mark.gen_test
async def test_a_filter_that_the_action_itself_changes_is_walked_to_its_end(api: Api) -> None:
    event = await api.make_event()
    await api.book(event, tickets=guests(*["Standard"] * 5))
    await walk(api, event, "block", status="valid", limit=2)
    assert await statuses(api, event) == [("Standard", "blocked")] * 5
    await walk(api, event, "unblock", status="blocked", limit=2)
    assert await statuses(api, event) == [("Standard", "valid")] * 5


@pytest.mark.gen_test
async def test_tickets_booked_after_a_batch_began_are_none_of_it(api: Api, clock: SettableClock) -> None:
    event = await api.make_event()
    await api.book(event, tickets=guests("Standard", "Standard", "Standard"))
    first = await step(api, event, "block", limit=1)
    clock.advance(timedelta(minutes=1))
    await api.book(event, tickets=guests(*["VIP"] * 6))
    rest = await step(api, event, "block", cursor=first.body["cursor"])
    assert (rest.body["done"], rest.body["cursor"]) == (2, None)
    assert await statuses(api, event) == [("Standard", "blocked")] * 3 + [("VIP", "valid")] * 6


@pytest.mark.gen_test
async def test_what_is_due_is_taken_once_however_often_a_step_is_asked_for(api: Api, hub: Hub) -> None:
    event = await api.make_event(products=PRICED)
    await api.book(event, paid=False, tickets=guests("Standard", "VIP", "Standard", "Guest list"))
    await walk(api, event, "pay", method="card", limit=2)
    (refused,) = (await step(api, event, "pay", status="unpaid", method="card")).body["refused"]
    assert (refused["code"], refused["count"]) == ("invalid", 1)
    assert refused["detail"] == "must be said: what it costs is not known"
    assert [each["name"] for each in refused["tickets"]] == ["Ada 3"]
    (total,) = (await api.admin.get(f"/api/events/{event['uuid']}/takings")).body["totals"]
    assert (total["taken"], total["payments"]) == ("65.00", 3)
    other = await step(api, event, "pay", method="cash", key="another-batch-of-this-test")
    assert (other.body["done"], other.body["unchanged"]) == (0, 3)
    assert await journaled(hub, event, "payment.taken") == 3


@pytest.mark.gen_test
async def test_refusals_are_counted_by_their_reason_and_stop_no_other_ticket(api: Api) -> None:
    event = await api.make_event()
    tickets = await api.book(event, tickets=guests(*["Standard"] * 9))
    for ticket in tickets[:7]:
        await api.admin.post(f"/api/tickets/{ticket['id']}/cancel")
    answer = await step(api, event, "block")
    assert answer.body["done"] == 2
    (refused,) = answer.body["refused"]
    assert (refused["code"], refused["count"], len(refused["tickets"])) == ("ticket_canceled", 7, 5)
    german = await api.admin.post(
        "/api/tickets/batch", {"action": "block", "event": event["uuid"], "key": KEY}, Accept_Language="de"
    )
    assert german.body["refused"][0]["detail"] != refused["detail"]


@pytest.mark.gen_test
async def test_names_are_for_keys_that_may_read_tickets(api: Api) -> None:
    event = await api.make_event()
    (ticket,) = await api.book(event, tickets=guests("Standard"))
    await api.admin.post(f"/api/tickets/{ticket['id']}/cancel")
    for scopes, name in ((["tickets:write"], ""), (["tickets:write", "tickets:read"], "Ada 0")):
        made = await api.admin.post("/api/keys", {"name": f"Key of {len(scopes)}", "scopes": scopes})
        body = {"action": "block", "event": event["uuid"], "key": KEY}
        answer = await api.with_key(made.body["key"]).post("/api/tickets/batch", body)
        assert answer.body["refused"][0]["tickets"] == [{"id": ticket["id"], "name": name}]


@pytest.mark.gen_test
async def test_key_that_may_not_read_tickets_does_not_learn_from_the_counts_who_is_on_the_list(api: Api) -> None:
    event = await api.make_event()
    await api.book(event, tickets=guests("Standard"), email="ada@example.org", phone_number="+33 1 23 45 67 89")
    made = (await api.admin.post("/api/keys", {"name": "Writes", "scopes": ["tickets:write"]})).body["key"]
    for search in ("Ada", "Grace", "ada@example.org", "23456789", " "):
        body = {"action": "block", "event": event["uuid"], "key": KEY, "search": search}
        answer = await api.with_key(made).post("/api/tickets/batch", body)
        assert (answer.status, answer.body["code"]) == (403, "not_allowed")
    assert await statuses(api, event) == [("Standard", "valid")]
    body = {"action": "block", "event": event["uuid"], "key": KEY, "status": "valid", "search": ""}
    assert (await api.with_key(made).post("/api/tickets/batch", body)).body["done"] == 1


@pytest.mark.gen_test
async def test_each_order_gets_one_mail_though_its_tickets_are_in_several_steps(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    orders = [await api.book(event, tickets=guests(*["Standard"] * 4), email="ada@example.org") for _ in range(2)]
    await api.book(event, tickets=guests("VIP"))
    answers = await walk(api, event, "resend", limit=2)
    assert sum(each["done"] for each in answers) == sum(map(len, orders))
    assert await journaled(hub, event, "reservation.resent") == 2
    (refused,) = [refusal for each in answers for refusal in each["refused"]]
    assert (refused["count"], refused["detail"]) == (1, "the reservation has none")
    await step(api, event, "resend", key="another-batch-of-this-test")
    assert await journaled(hub, event, "reservation.resent") == 4


@pytest.mark.gen_test
async def test_no_mail_is_promised_where_none_is_sent(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    await api.book(event)
    hub.mailers = ()
    answer = await step(api, event, "resend")
    assert (answer.status, answer.body["code"]) == (409, "no_mail")


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"limit": 201}, "limit"),
        ({"limit": 0}, "limit"),
        ({"action": "delete"}, "action"),
        ({"action": "pay"}, "method"),
        ({"method": "cash"}, "method"),
        ({"key": "short"}, "key"),
        ({"cursor": "x"}, "cursor"),
        ({"cursor": "2026-12-24T20:30:00~x"}, "cursor"),
        ({"search": "a b c d e f g h i j k l m n o p q r s t u v w x y z"}, "search"),
        ({"status": "lost"}, "status"),
        ({"search": "x" * 201}, "search"),
    ],
)
@pytest.mark.gen_test
async def test_what_is_no_batch_is_named_and_changes_nothing(api: Api, sent: dict[str, Any], field: str) -> None:
    event = await api.make_event()
    await api.book(event)
    answer = await step(api, event, **{"action": "cancel", **sent})
    assert (answer.status, set(answer.body["errors"])) == (422, {field})
    assert await statuses(api, event) == [("Standard", "valid")]


@pytest.mark.gen_test
async def test_batch_of_an_event_that_is_none_is_not_found(api: Api) -> None:
    answer = await step(api, {"uuid": "no such event"}, "cancel")
    assert answer.status == 404
