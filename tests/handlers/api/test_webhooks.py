"""Webhooks over REST: what a receiver gets of a real night, and what organisers see of it."""

import asyncio
import hashlib
import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from pymongo import MongoClient

from hub.app import Hub
from hub.clock import SettableClock
from hub.settings import Settings
from hub.webhooks.views import PingResult
from tests.api import Answer, Api
from tests.eventually import eventually
from tests.hub.webhooks.receiver import Got, Receiver, a_receiver
from tests.jobs.second_hub import Worker, another_hub, everything_kept

pytestmark = pytest.mark.gen_test

SECRET = "a secret of the receiver"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Receivers are on loopback."""
    return msgspec.structs.replace(settings, webhooks_to_private=True, webhooks_per_s=10_000)


async def until_got(receiver: Receiver, count: int) -> None:
    await eventually(lambda: len(receiver.got) >= count)


async def hook(api: Api, receiver: Receiver, *kinds: str, **fields: Any) -> str:
    made = await api.admin.post("/api/webhooks", {"url": receiver.url, "kinds": kinds, "secret": SECRET, **fields})
    assert made.status == 201, made.raw
    webhook: str = made.body["id"]
    return webhook


async def deliveries(api: Api, webhook: str, query: str = "") -> Any:
    return (await api.admin.get(f"/api/webhooks/{webhook}/deliveries{query}")).body


async def settled(api: Api, webhook: str, state: str, count: int = 1) -> Any:
    """Wait until so many deliveries are of a state, and return them."""

    async def are_there() -> Any:
        found = await deliveries(api, webhook, f"?state={state}")
        return found if len(found) == count else None

    return await eventually(are_there)


async def tried(api: Api, webhook: str, attempts: int) -> Any:
    """Wait until the oldest delivery was tried so often, and return it."""

    async def is_so() -> Any:
        found = await deliveries(api, webhook)
        return found[-1] if found and found[-1]["attempts"] == attempts else None

    return await eventually(is_so)


def is_signed(got: Got, secret: str) -> bool:
    """Verify a delivery as its receiver does."""
    parts = [part.partition("=") for part in got.headers["X-Hub-Signature"].split(",")]
    timestamp = next(value for name, _, value in parts if name == "t")
    expected = hmac.new(secret.encode(), f"{timestamp}.".encode() + got.raw, hashlib.sha256).hexdigest()
    return expected in [value for name, _, value in parts if name == "v1"]


@asynccontextmanager
async def a_night(api: Api, *kinds: str) -> AsyncIterator[tuple[Receiver, str, Any, Api]]:
    """Give a receiver, its webhook, an event and a gate."""
    async with a_receiver() as receiver:
        event = await api.make_event()
        gate = await api.make_device(event)
        yield receiver, await hook(api, receiver, *kinds), event, gate


# --- what a receiver gets ------------------------------------------------------------------------------------------


async def test_scans_are_told_in_order_and_signed(api: Api) -> None:
    async with a_night(api, "ticket.scanned", "ticket.denied") as (receiver, webhook, event, gate):
        tickets = await api.book(event, 3)
        for ticket in tickets:
            await gate.scan(ticket["code"])
        await gate.scan(tickets[0]["code"])
        await until_got(receiver, 4)
        kept = await settled(api, webhook, "delivered", 4)
    assert [got.body["kind"] for got in receiver.got] == ["ticket.scanned"] * 3 + ["ticket.denied"]
    assert receiver.seqs == sorted(receiver.seqs)
    assert all(is_signed(got, SECRET) and not is_signed(got, "another") for got in receiver.got)
    first = receiver.got[0]
    assert first.headers["Content-Type"] == "application/json"
    assert first.headers["X-Hub-Kind"] == "ticket.scanned"
    assert first.headers["X-Hub-Delivery"] == first.body["id"] == kept[-1]["id"]
    assert first.body == {
        "id": first.body["id"],
        "kind": "ticket.scanned",
        "event": event["uuid"],
        "seq": first.body["seq"],
        "at": "2026-12-24T18:30:00Z",
        "received_at": "2026-12-24T18:30:00Z",
        "ticket": tickets[0]["id"],
        "direction": "in",
        "door": event["doors"][0]["id"],
        "device": first.body["device"],
        "by": "scan",
        "verdict": "admitted",
    }


async def test_no_name_number_or_code_leaves_the_hub(api: Api, hub: Hub) -> None:
    async with a_night(api, "*") as (receiver, _, event, gate):
        (ticket,) = await api.book(event)
        await gate.scan(ticket["code"])
        await api.admin.request("PATCH", f"/api/tickets/{ticket['id']}", {"name": "Grace Hopper"})
        await api.admin.post(f"/api/tickets/{ticket['id']}/block")
        await until_got(receiver, 4)
        told = b"".join(got.raw for got in receiver.got).decode()
    for secret in (ticket["code"], "Ada", "Lovelace", "Grace", "33 1 23", SECRET):
        assert secret not in told
    assert SECRET not in everything_kept(hub)


async def test_each_is_told_what_it_asked_for_since_it_asked(api: Api) -> None:
    async with a_receiver() as receiver, a_receiver() as other:
        event = await api.make_event()
        await api.book(event)
        await asyncio.sleep(0)
        await hook(api, other, "webhook.*")
        await hook(api, receiver, "ticket.blocked")
        (ticket,) = await api.book(event)
        await api.admin.post(f"/api/tickets/{ticket['id']}/block")
        await until_got(receiver, 1)
        await until_got(other, 2)
    assert [got.body["kind"] for got in receiver.got] == ["ticket.blocked"]
    assert {got.body["kind"] for got in other.got} == {"webhook.created"}
    assert other.got[0].body["event"] is None


async def test_the_clocks_work_is_told_with_what_it_did(api: Api, hub: Hub, clock: SettableClock) -> None:
    async with a_night(api, "job.ran", "ticket.expired") as (receiver, _, event, _):
        await api.book(event)
        clock.advance(timedelta(days=2))
        await Worker(hub).run("expire")
        await until_got(receiver, 2)
    told = {got.body["kind"]: got.body for got in receiver.got}
    assert told["job.ran"]["data"] == {"job": "expire", "count": 1}
    assert "data" not in told["ticket.expired"]


# --- when it cannot be delivered -----------------------------------------------------------------------------------


async def test_a_failure_is_tried_again_and_the_order_kept(api: Api, hub: Hub, clock: SettableClock) -> None:
    async with a_night(api, "ticket.booked") as (receiver, webhook, event, _):
        receiver.status = 500
        await api.book(event, 3)
        failed = await tried(api, webhook, 1)
        assert (failed["state"], failed["status"], failed["reason"]) == ("waiting", 500, "status 500")
        assert len(receiver.got) == 1
        receiver.status = 202
        clock.advance(timedelta(seconds=3))
        hub.outbox.wake()
        await settled(api, webhook, "delivered", 3)
    assert receiver.seqs == [receiver.seqs[0], *sorted(set(receiver.seqs))]
    assert receiver.got[0].body["id"] == receiver.got[1].body["id"]


async def test_a_dead_receiver_keeps_nobody_else_waiting(api: Api) -> None:
    async with a_receiver() as dead, a_receiver() as alive:
        await hook(api, dead, "ticket.booked")
        webhook = await hook(api, alive, "ticket.booked")
        dead.gate.clear()
        event = await api.make_event()
        await api.book(event, 5)
        await settled(api, webhook, "delivered", 5)
        assert len(dead.got) == 1


async def test_what_nobody_took_for_a_day_is_set_aside_and_can_be_sent_again(
    api: Api, hub: Hub, clock: SettableClock
) -> None:
    async with a_night(api, "ticket.booked") as (receiver, webhook, event, _):
        receiver.status = 404
        await api.book(event)
        await tried(api, webhook, 1)
        clock.advance(timedelta(hours=25))
        hub.outbox.wake()
        (aside,) = await settled(api, webhook, "set_aside")
        assert (aside["attempts"], aside["status"]) == (2, 404)
        (shown,) = (await api.admin.get("/api/outbox")).body
        assert shown == {"consumer": "webhooks", "target": webhook, **aside}
        receiver.status = 200
        again = await api.admin.post(f"/api/webhooks/{webhook}/deliveries/{aside['id']}/send")
        assert (again.status, again.body["state"]) == (202, "waiting")
        (delivered,) = await settled(api, webhook, "delivered")
        assert (await api.admin.post(f"/api/outbox/{aside['id']}/send")).status == 202
        await until_got(receiver, 4)
    assert delivered["id"] == aside["id"] == receiver.got[-1].body["id"]


async def test_what_waits_cannot_be_sent_again(api: Api) -> None:
    async with a_night(api, "ticket.booked") as (receiver, webhook, event, _):
        receiver.status = 500
        await api.book(event)
        waiting = await tried(api, webhook, 1)
        again = await api.admin.post(f"/api/webhooks/{webhook}/deliveries/{waiting['id']}/send")
    assert (again.status, again.body["code"]) == (409, "waiting")


async def test_a_receiver_that_is_gone_is_paused_until_it_is_resumed(api: Api, hub: Hub, clock: SettableClock) -> None:
    async with a_night(api, "ticket.booked") as (receiver, webhook, event, _):
        receiver.status = 410
        await api.book(event)
        await tried(api, webhook, 1)
        shown = (await api.admin.get(f"/api/webhooks/{webhook}")).body
        assert (shown["paused"], shown["paused_because"]) == (True, "gone")
        clock.advance(timedelta(minutes=5))
        hub.outbox.wake()
        receiver.status = 200
        resumed = await api.admin.request("PATCH", f"/api/webhooks/{webhook}", {"paused": False})
        assert (resumed.body["paused"], resumed.body["paused_because"]) == (False, None)
        await settled(api, webhook, "delivered")
    assert len(receiver.got) == 2


async def test_what_happens_during_a_pause_is_told_after_it(api: Api) -> None:
    async with a_night(api, "ticket.booked") as (receiver, webhook, event, _):
        await api.admin.request("PATCH", f"/api/webhooks/{webhook}", {"paused": True})
        await api.book(event, 2)
        await settled(api, webhook, "waiting", 2)
        assert not receiver.got
        await api.admin.request("PATCH", f"/api/webhooks/{webhook}", {"paused": False})
        await settled(api, webhook, "delivered", 2)
    assert receiver.seqs == sorted(receiver.seqs)


# --- secrets -------------------------------------------------------------------------------------------------------


async def test_both_secrets_sign_during_a_rotation_and_one_after_it(api: Api, clock: SettableClock) -> None:
    async with a_night(api, "ticket.booked") as (receiver, webhook, event, _):
        changed = await api.admin.request("PATCH", f"/api/webhooks/{webhook}", {"secret": "the next one, longer"})
        assert changed.body["old_secret_until"] == "2026-12-25T18:30:00Z"
        await api.book(event)
        await until_got(receiver, 1)
        clock.advance(timedelta(hours=24))
        await api.admin.post(f"/api/webhooks/{webhook}/ping")
    during, after = receiver.got
    assert [is_signed(during, secret) for secret in (SECRET, "the next one, longer")] == [True, True]
    assert [is_signed(after, secret) for secret in (SECRET, "the next one, longer")] == [False, True]


async def test_a_secret_ends_at_once_where_it_is_changed_twice(api: Api) -> None:
    async with a_night(api, "ticket.booked") as (receiver, webhook, event, _):
        for secret in ("the next one, longer", "the one after that"):
            assert (await api.admin.request("PATCH", f"/api/webhooks/{webhook}", {"secret": secret})).status == 200
        await api.book(event)
        await until_got(receiver, 1)
    [got] = receiver.got
    signed = [is_signed(got, secret) for secret in (SECRET, "the next one, longer", "the one after that")]
    assert signed == [False, True, True]


async def test_a_secret_is_shown_once(api: Api) -> None:
    made = await api.admin.post("/api/webhooks", {"url": "https://hooks.example.org/", "kinds": ["*"]})
    assert len(made.body["secret"]) >= 32
    assert made.headers["Cache-Control"] == "no-store"
    shown = (await api.admin.get(f"/api/webhooks/{made.body['id']}")).body
    assert shown == {name: value for name, value in made.body.items() if name != "secret"}
    assert (await api.admin.get("/api/webhooks")).body == [shown]


# --- what organisers do --------------------------------------------------------------------------------------------


async def test_a_ping_tells_what_came_of_it(api: Api) -> None:
    async with a_receiver() as receiver:
        webhook = await hook(api, receiver, "ticket.booked")
        good = await api.admin.post(f"/api/webhooks/{webhook}/ping")
        receiver.status = 500
        bad = await api.admin.post(f"/api/webhooks/{webhook}/ping")
    assert good.body == {"delivered": True, "status": 200, "reason": None}
    assert bad.body == {"delivered": False, "status": 500, "reason": "status 500"}
    assert receiver.got[0].body["kind"] == "ping" and is_signed(receiver.got[0], SECRET)
    assert await deliveries(api, webhook) == []


async def test_a_webhook_is_changed_and_deleted_with_its_log(api: Api) -> None:
    async with a_night(api, "ticket.booked") as (receiver, webhook, event, _), a_receiver() as other:
        receiver.status = 500
        await api.book(event)
        await tried(api, webhook, 1)
        changed = await api.admin.request(
            "PATCH", f"/api/webhooks/{webhook}", {"url": other.url, "kinds": ["ticket.*"]}
        )
        assert (changed.body["url"], changed.body["kinds"]) == (other.url, ["ticket.*"])
        await settled(api, webhook, "delivered")
        assert len(other.got) == 1
        assert (await api.admin.request("DELETE", f"/api/webhooks/{webhook}")).status == 204
        for method, path in (("GET", ""), ("GET", "/deliveries"), ("POST", "/ping"), ("DELETE", "")):
            assert (await api.admin.request(method, f"/api/webhooks/{webhook}{path}")).status == 404
        assert (await api.admin.request("PATCH", f"/api/webhooks/{webhook}", {"paused": True})).status == 404


async def test_deliveries_come_page_by_page(api: Api) -> None:
    async with a_night(api, "ticket.booked") as (_, webhook, event, _):
        await api.book(event, 5)
        await settled(api, webhook, "delivered", 5)
        path: str | None = f"/api/webhooks/{webhook}/deliveries?limit=2&state=delivered"
        seen: list[int] = []
        while path is not None:
            answer = await api.admin.get(path)
            seen += [each["seq"] for each in answer.body]
            path = next_page(answer)
    assert len(seen) == 5 and seen == sorted(seen, reverse=True)


def next_page(answer: Answer) -> str | None:
    link = answer.headers.get("Link")
    return None if link is None else link.partition("<")[2].partition(">")[0]


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=1001", "limit=x", "limit=٣", "state=lost", "cursor=x", "cursor=2026-01-01~1~x", "cursor=~~"],
)
async def test_a_page_that_cannot_be_is_refused(api: Api, query: str) -> None:
    made = await api.admin.post("/api/webhooks", {"url": "https://hooks.example.org/", "kinds": ["*"]})
    for path in (f"/api/webhooks/{made.body['id']}/deliveries", "/api/outbox"):
        answer = await api.admin.get(f"{path}?{query.replace('٣', '%D9%A3')}")
        assert (answer.status, answer.body["code"]) == (422, "invalid")


async def test_a_webhook_that_cannot_be_is_refused(api: Api) -> None:
    wrong = {"url": "ftp://x", "kinds": ["tickets"], "secret": "short", "paused": 1}
    answer = await api.admin.post("/api/webhooks", wrong)
    assert (answer.status, set(answer.body["errors"])) == (422, {"url", "kinds", "secret", "paused"})
    assert (await api.admin.post("/api/webhooks", b"[")).status == 400
    assert (await api.admin.post("/api/webhooks", [])).status == 400
    assert (await api.admin.get("/api/webhooks")).body == []


async def test_only_administrators_may(api: Api) -> None:
    made = await api.admin.post("/api/webhooks", {"url": "https://hooks.example.org/", "kinds": ["*"]})
    key = await api.admin.post("/api/keys", {"name": "Till", "scopes": ["tickets:write", "events:write", "scan"]})
    one = f"/api/webhooks/{made.body['id']}"
    asked = [("GET", "/api/webhooks"), ("POST", "/api/webhooks"), ("GET", one), ("PATCH", one), ("DELETE", one)]
    asked += [("POST", f"{one}/ping"), ("GET", f"{one}/deliveries"), ("POST", f"{one}/deliveries/x/send")]
    asked += [("GET", "/api/outbox"), ("POST", "/api/outbox/x/send")]
    for method, path in asked:
        assert (await api.request(method, path)).status == 401, path
        assert (await api.with_key(key.body["key"]).request(method, path)).status == 403, path
    for path in (f"{one}/deliveries/x/send", "/api/outbox/x/send"):
        assert (await api.admin.post(path)).status == 404


# --- the house -----------------------------------------------------------------------------------------------------


async def test_two_processes_deliver_each_once(api: Api, hub: Hub) -> None:
    async with another_hub(hub), a_night(api, "ticket.booked") as (receiver, webhook, event, _):
        await api.book(event, 20)
        await settled(api, webhook, "delivered", 20)
    assert len(receiver.got) == 20
    assert receiver.seqs == sorted(receiver.seqs)


async def test_old_deliveries_are_trimmed(api: Api, hub: Hub, clock: SettableClock) -> None:
    async with a_night(api, "ticket.booked") as (_, webhook, event, _):
        await api.book(event, 2)
        await settled(api, webhook, "delivered", 2)
        clock.advance(timedelta(days=29))
        assert await Worker(hub).run("trim_letters") == 0
        clock.advance(timedelta(days=2))
        assert await Worker(hub).run("trim_letters") == 2
        assert await deliveries(api, webhook) == []


async def test_what_answers_requests_again_is_forgotten_by_the_database(
    hub: Hub, _mongo: MongoClient[dict[str, Any]]
) -> None:
    indexes = _mongo[hub.settings.database].nonces.index_information()
    assert [index["expireAfterSeconds"] for index in indexes.values() if "expireAfterSeconds" in index] == [0]
    assert "expires_at_1" in indexes


async def test_a_private_address_is_not_reached_where_settings_forbid_it(api: Api, hub: Hub) -> None:
    closed = msgspec.structs.replace(hub.settings, webhooks_to_private=False)
    other = Hub(closed, hub.clock)
    async with a_receiver() as receiver:
        raw = {"url": f"http://localhost:{receiver.port}/", "kinds": ["*"]}
        webhook, _ = await other.webhooks.create(raw)
        result = await other.webhooks.ping(webhook.id)
        assert result == PingResult(delivered=False, status=None, reason="the address is not allowed")
        assert not receiver.got
    await other.webhooks.close()
    await other.store.close()
