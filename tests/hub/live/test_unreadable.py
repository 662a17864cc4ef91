"""One bad record stops nothing: entries, alerts, ports and answers that break, each with its placeholder or reply."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from bson import Binary, Decimal128, Int64, MinKey, ObjectId
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from hub.live.encode import encode
from hub.live.visibility import VIEWS
from hub.model.access import Principal
from hub.model.alert import AlertData
from hub.model.base import shaped
from hub.model.event_view import AlertView
from hub.model.journal import Entry, unreadable
from tests.hub.live.small_hub import EVENT, NOW, SmallHub, entry, settle


class Strange:
    """Nothing that any encoder knows."""


def nested(depth: int) -> list[Any]:
    """Return lists in lists, too deep to encode."""
    inner: list[Any] = []
    for _ in range(depth):
        inner = [inner]
    return inner


POISON: list[Any] = [Int64(2**40), Decimal128("1.5"), ObjectId(), MinKey(), Strange(), "\ud800", nested(100_000)]
HOSTILE = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(codec=None))
    | st.binary()
    | st.decimals(allow_nan=True)
    | st.datetimes(timezones=st.sampled_from([UTC, None]))
    | st.builds(Int64, st.integers(-(2**63), 2**63 - 1))
    | st.builds(ObjectId)
    | st.builds(Strange)
    | st.builds(Binary, st.binary(), st.integers(0, 9)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text() | st.integers(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), HOSTILE, max_size=4))
def test_any_data_has_an_item_that_is_json_with_kind_and_effect(data: dict[str, Any]) -> None:
    encoded = encode(entry(7, data=data))
    for view in VIEWS:
        for names in ({}, {"t7": "Ada"}):
            item = msgspec.json.decode(encoded.item(view, names))
            assert item["kind"] == "ticket.scanned"
            assert item["data"]["effect"]["admitted"] == 1
            assert item["data"]["ticket"] == "t7"


@given(st.dictionaries(st.sampled_from(Entry.__struct_fields__) | st.text(), HOSTILE))
def test_any_document_has_a_placeholder_that_can_be_shown(document: dict[str, Any]) -> None:
    placeholder = unreadable({**document, "seq": 9})
    assert (placeholder.seq, placeholder.data) == (9, {"unreadable": True})
    assert msgspec.json.decode(encode(placeholder).plain)["data"]["unreadable"] is True


def test_a_placeholder_keeps_what_is_good_of_its_entry() -> None:
    stored = msgspec.to_builtins(entry(7), builtin_types=(datetime,)) | {"at": "yesterday", "data": 5}
    stored["effect"] = {"admitted": 1, "inside": 1.5, "denied": True}
    placeholder = unreadable(stored)
    assert (placeholder.seq, placeholder.kind, placeholder.ticket) == (7, "ticket.scanned", "t7")
    assert placeholder.effect == {"admitted": 1}


@pytest.mark.parametrize("poison", POISON, ids=lambda poison: type(poison).__name__)
@pytest.mark.gen_test
async def test_a_poisoned_entry_is_a_placeholder_and_the_stream_goes_on(small_hub: SmallHub, poison: Any) -> None:
    door, desk = small_hub.connect("scanner"), small_hub.connect("organiser")
    for client in (door, desk):
        client.say("subscribe", id=1, event=EVENT)
        await client.until("snapshot")
    for kind, data in (("ticket.booked", {}), ("ticket.scanned", {"clock_ahead_s": poison}), ("ticket.exited", {})):
        small_hub.write(kind, data=data)
    for client in (door, desk):
        await client.until_seq(3)
        assert client.seqs() == [1, 2, 3]
        assert [item["kind"] for item in client.items()] == ["ticket.booked", "ticket.scanned", "ticket.exited"]
        assert client.items()[1]["data"]["unreadable"] is True
        assert client.items()[1]["data"]["effect"]["admitted"] == 1
        assert client.all("resync") == []


@pytest.mark.parametrize("poison", POISON, ids=lambda poison: type(poison).__name__)
@pytest.mark.gen_test
async def test_newcomers_and_those_who_resume_get_a_poisoned_event(small_hub: SmallHub, poison: Any) -> None:
    small_hub.write("ticket.booked")
    small_hub.write("ticket.scanned", data={"poison": poison})
    newcomer = small_hub.connect("organiser")
    newcomer.say("subscribe", id=1, event=EVENT)
    snapshot = await newcomer.until("snapshot")
    assert snapshot["seq"] == 2
    assert snapshot["state"]["recent"][0]["data"]["unreadable"] is True
    returning = small_hub.connect("scanner")
    returning.say("subscribe", id=1, event=EVENT, since={"epoch": "k1", "seq": 0})
    await returning.until("updates")
    assert returning.seqs() == [1, 2]


@pytest.mark.parametrize("poison", POISON, ids=lambda poison: type(poison).__name__)
@pytest.mark.gen_test
async def test_an_alert_that_cannot_be_encoded_leaves_the_snapshot_whole(small_hub: SmallHub, poison: Any) -> None:
    good, bad = an_alert("limit.near", {"inside": 99}), an_alert("device.queue", {"queue": poison})
    small_hub.view = replace(small_hub.view, alerts=[bad, good])
    client = small_hub.connect("organiser")
    client.say("subscribe", id=1, event=EVENT)
    alerts = (await client.until("snapshot"))["state"]["alerts"]
    assert [(alert["kind"], alert["data"]) for alert in alerts] == [
        ("device.queue", {"unreadable": True}),
        ("limit.near", {"inside": 99}),
    ]


def an_alert(kind: str, data: dict[str, Any]) -> AlertView:
    nowhere = {"device": None, "device_name": None, "door": None, "door_name": None}
    return AlertView(alert=f"{kind}/e", kind=kind, at=NOW, data=shaped(AlertData, data), **nowhere)


# --- every request has its one reply -----------------------------------------------------------------------------

BREAKS: list[Exception] = [
    *(TypeError("no"), ValueError("no"), KeyError("no"), AssertionError(), RecursionError(), OverflowError()),
    *(UnicodeEncodeError("utf-8", "\ud800", 0, 1, "no"), MemoryError(), msgspec.ValidationError("no")),
]


def replies(client: Any, request_id: int) -> list[dict[str, Any]]:
    return [frame for frame in client.frames if frame.get("id") == request_id]


@pytest.mark.parametrize("wrong", BREAKS, ids=lambda wrong: type(wrong).__name__)
@pytest.mark.gen_test
async def test_whatever_breaks_in_a_port_the_request_gets_one_internal_error(
    small_hub: SmallHub, wrong: Exception
) -> None:
    client = small_hub.connect("scanner")
    await client.until("welcome")
    small_hub.wrong = wrong
    for number, verb in enumerate(("scan", "check", "undo", "subscribe"), 1):
        client.say(verb, id=number, event=EVENT)
        assert (await client.until("error", number))["code"] == "internal"
    small_hub.wrong = None
    await settle()
    for number in range(1, 5):
        assert len(replies(client, number)) == 1
    client.say("scan", id=9)
    await client.until("result")
    client.say("subscribe", id=10, event=EVENT)
    await client.until("snapshot")


@pytest.mark.parametrize("poison", POISON, ids=lambda poison: type(poison).__name__)
@pytest.mark.gen_test
async def test_an_answer_that_cannot_be_encoded_is_an_internal_error(small_hub: SmallHub, poison: Any) -> None:
    small_hub.answer = {"success": True, "code": "admitted", "previous": poison}
    client = small_hub.connect("scanner")
    client.say("scan", id=1)
    assert (await client.until("error"))["id"] == 1
    small_hub.answer = {"success": True, "code": "admitted"}
    for number in range(2, 40):  # none of the places for scans under way is lost
        client.say("scan", id=number)
        assert (await client.until("result", number - 1))["id"] == number


def broken(*_: object) -> Any:
    raise ValueError("broken")


async def broken_later(*_: object) -> Any:
    raise ValueError("broken")


@pytest.mark.gen_test
async def test_a_client_is_welcomed_where_its_device_info_breaks_the_house(small_hub: SmallHub) -> None:
    small_hub.see = broken  # type: ignore[method-assign, assignment]
    client = small_hub.connect()
    client.say("hello", id=1, api_key="scanner", info={"battery": 7})
    assert (await client.until("welcome"))["id"] == 1
    client.say("pong", at={EVENT: 1})
    client.say("scan", id=2)
    assert (await client.until("result"))["id"] == 2


@pytest.mark.gen_test
async def test_a_name_on_a_key_that_cannot_be_encoded_ends_the_socket_with_a_reply(small_hub: SmallHub) -> None:
    small_hub.keys["odd"] = Principal(kind="device", id="d9", name="\ud800", event=EVENT)
    client = small_hub.connect()
    client.say("hello", id=1, api_key="odd")
    assert (await client.until("error"))["code"] == "internal"
    assert await client.until_closed() == 4007


@pytest.mark.parametrize("part", ["describe", "names"])
@pytest.mark.gen_test
async def test_a_part_that_breaks_for_a_while_is_a_reply_and_then_works(small_hub: SmallHub, part: str) -> None:
    port: Callable[..., Awaitable[Any]] = getattr(small_hub, part)
    setattr(small_hub, part, broken_later)
    small_hub.write("ticket.scanned", "ticket.scanned")
    client = small_hub.connect("organiser")
    client.say("subscribe", id=1, event=EVENT)
    reply = await client.until("subscribed")
    assert reply["id"] == 1
    if part == "names":  # left out, and the flow goes on
        assert (await client.until("snapshot"))["seq"] == 2
    else:
        assert await client.until_closed() == 4007
    setattr(small_hub, part, port)


@pytest.mark.gen_test
async def test_a_ticket_page_that_cannot_be_encoded_is_closed_to_come_back(small_hub: SmallHub) -> None:
    small_hub.tickets["t1"] = {"status": "\ud800"}
    client = small_hub.connect()
    client.say("hello", id=1, ticket="t1", token="token")
    assert await client.until_closed() == 4007


@pytest.mark.gen_test
async def test_a_socket_that_cannot_be_written_to_is_closed(small_hub: SmallHub) -> None:
    client = small_hub.connect("scanner")
    await client.until("welcome")
    client.break_sending(ValueError("no frame"))
    client.say("scan", id=1)
    assert await client.until_closed() == 4007
