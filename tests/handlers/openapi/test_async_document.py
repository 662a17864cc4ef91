"""The AsyncAPI document: every frame and delivery is a message of it, and real ones are as their schemas say."""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from jsonschema import Draft7Validator
from tornado.websocket import websocket_connect

from handlers.openapi.async_document import make_async_document
from handlers.openapi.async_messages import FRAMES, JOINED, REQUESTS
from hub.app import Hub
from hub.live import frames
from hub.live.frame_shapes import Frame
from hub.live.protocol import CALLS, Since
from hub.settings import Settings
from tests.api import Api
from tests.eventually import eventually
from tests.hub.live.test_frames import SAID
from tests.hub.webhooks.receiver import a_receiver

DOCUMENT = make_async_document("https://hub.example.org")
MESSAGES = DOCUMENT["components"]["messages"]


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Receivers are on loopback."""
    return msgspec.structs.replace(settings, webhooks_to_private=True)


def problems(message: str, body: Any) -> list[str]:
    """Return how a body differs from the payload of a message."""
    schema = {**MESSAGES[message]["payload"], "components": DOCUMENT["components"]}
    return [f"{[*error.path]}: {error.message}" for error in Draft7Validator(schema).iter_errors(body)]


def frame_problems(text: str | bytes) -> list[str]:
    """Return how a frame differs from the message of its `type`."""
    frame = msgspec.json.decode(text)
    return problems(f"live_{frame['type']}", frame)


def concrete(shape: type[Frame]) -> Iterator[type[Frame]]:
    """Yield the shapes of frames below `shape` that are encoded: those with a tag of their own."""
    for each in shape.__subclasses__():
        if each.__struct_config__.tag != each.__name__:
            yield each
        yield from concrete(each)


def references(value: Any) -> Iterator[str]:
    """Yield all references in a document."""
    if isinstance(value, dict):
        if isinstance(ref := value.get("$ref"), str):
            yield ref
        value = [*value.values()]
    if isinstance(value, list):
        for each in value:
            yield from references(each)


def test_every_shape_of_a_frame_is_a_message() -> None:
    shapes = {str(each.__struct_config__.tag) for each in concrete(Frame)}
    assert {"welcome", "updates", "snapshot", "pong"} <= shapes
    assert {f"live_{name}" for name in shapes | REQUESTS.keys() | JOINED.keys()} == {
        name for name in MESSAGES if name.startswith("live_")
    }
    assert {str(each.__struct_config__.tag) for each in FRAMES} == shapes - REQUESTS.keys()
    assert set(CALLS) <= REQUESTS.keys()


def test_every_reference_leads_to_something() -> None:
    found = {*references(DOCUMENT)}
    assert len(found) > 50
    for ref in found:
        place: Any = DOCUMENT
        for part in ref.removeprefix("#/").split("/"):
            place = place[part]


def test_every_message_belongs_to_an_operation() -> None:
    used = {
        message["$ref"]
        for each in DOCUMENT["operations"].values()
        for message in [*each["messages"], *each.get("reply", {}).get("messages", [])]
    }
    channels = DOCUMENT["channels"].items()
    assert used == {f"#/channels/{name}/messages/{message}" for name, each in channels for message in each["messages"]}


def test_every_payload_is_a_schema() -> None:
    for message in MESSAGES.values():
        Draft7Validator.check_schema(message["payload"])
    for schema in DOCUMENT["components"]["schemas"].values():
        Draft7Validator.check_schema(schema)


@pytest.mark.parametrize("name", [name for name in SAID if name not in ("ticket", "result")])
def test_a_frame_that_is_encoded_is_as_its_message_says(name: str) -> None:
    assert frame_problems(SAID[name][0]) == []


@pytest.mark.parametrize(
    "frame",
    [
        frames.subscribe("watch", "e", Since(epoch="k", seq=1)).replace('"seq":1', '"seq":-1'),
        '{"type":"subscribe","id":1}',
        '{"type":"welcome","id":1}',
        '{"type":"result","id":1,"status":200}',
        '{"type":"hello","id":true,"api_key":"k"}',
        '{"type":"scan","qrcode_data":"c"}',
        '{"type":"updates","event":"e","epoch":"k","first":1,"items":[{"at":5}]}',
        '{"type":"updates","event":"e","epoch":"k","first":1,"items":[{"kind":"x","data":{"effect":{"inside":"1"}}}]}',
    ],
)
def test_a_frame_with_a_fault_is_not(frame: str) -> None:
    assert frame_problems(frame) != []


@pytest.mark.gen_test
async def test_the_frames_of_a_session_are_as_the_document_says(api: Api) -> None:
    event = await api.make_event()
    [ticket] = await api.book(event)
    gate = await api.make_device(event)
    asked = [
        {"type": "hello", "id": 1, "api_key": gate.key, "info": {"app": "door", "battery": 0.5}},
        {"type": "subscribe", "id": 2, "event": event["uuid"], "since": None},
        {"type": "check", "id": 3, "qrcode_data": ticket["code"]},
        {"type": "scan", "id": 4, "qrcode_data": ticket["code"], "nonce": "one"},
        {"type": "scan", "id": 5, "qrcode_data": "no code of ours"},
        {"type": "undo", "id": 6, "ticket_uuid": ticket["id"], "seq": 1},
        {"type": "pong", "at": {event["uuid"]: 1}},
        {"type": "unsubscribe", "id": 7, "event": event["uuid"]},
    ]
    got = await say(api, asked, until={2: "snapshot", 4: "updates"})
    assert [problem for frame in asked for problem in frame_problems(msgspec.json.encode(frame))] == []
    assert [f"{text}: {problem}" for text in got for problem in frame_problems(text)] == []
    kinds = {msgspec.json.decode(text)["type"] for text in got}
    assert {"welcome", "subscribed", "snapshot", "result", "updates", "error", "unsubscribed"} <= kinds


@pytest.mark.gen_test
async def test_the_frames_of_a_tickets_page_are_as_the_document_says(api: Api) -> None:
    event = await api.make_event()
    order = {"event": event["uuid"], "name": "Ada", "phone_number": "12345", "date": "2026-12-24", "time": "20:30"}
    ticket = (await api.admin.post("/api/tickets", order)).body
    hello = {"type": "hello", "id": 1, "ticket": ticket["id"], "token": ticket["access_token"]}
    got = await say(api, [hello], until={1: "ticket"})
    assert [f"{text}: {problem}" for text in got for problem in frame_problems(text)] == []


async def say(api: Api, asked: list[dict[str, Any]], until: dict[int, str]) -> list[str]:
    """Send frames, each after the reply to the one before and the push that `until` names; return all answers."""
    socket = await websocket_connect(api.url.replace("http:", "ws:") + "/live")
    got: list[str] = []
    for frame in asked:
        await socket.write_message(msgspec.json.encode(frame))
        awaited = {frame.get("id"), until.get(frame.get("id", 0))} - {None}
        while awaited:
            text = await socket.read_message()
            assert isinstance(text, str), f"closed with {socket.close_code} after {frame}"
            got.append(text)
            heard = msgspec.json.decode(text)
            awaited -= {heard.get("id"), heard["type"]}
    socket.close()
    return got


@pytest.mark.gen_test
async def test_what_is_posted_to_a_webhook_is_as_the_document_says(api: Api) -> None:
    async with a_receiver() as receiver:
        made = await api.admin.post("/api/webhooks", {"url": receiver.url, "kinds": ["ticket.*", "job.ran"]})
        event = await api.make_event()
        gate = await api.make_device(event)
        [ticket] = await api.book(event)
        await gate.scan(ticket["code"])
        await api.admin.post(f"/api/webhooks/{made.body['id']}/ping")
        await eventually(lambda: {"ping", "ticket.scanned"} <= {got.body["kind"] for got in receiver.got})
    for got in receiver.got:
        message = "webhook_test" if got.body["kind"] == "ping" else "webhook_entry"
        assert problems(message, got.body) == [], got.body
        assert [name for name in MESSAGES[message]["headers"]["required"] if name not in got.headers] == []


@pytest.mark.gen_test
async def test_the_document_is_served_with_an_entity_tag(hub: Hub, api: Api) -> None:
    answer = await api.get("/asyncapi.json")
    assert answer.status == 200
    assert answer.body == make_async_document(hub.settings.base_url)
    again = await api.get("/asyncapi.json", If_None_Match=answer.headers["ETag"])
    assert (again.status, again.raw) == (304, b"")
    assert b'href="/asyncapi.json"' in (await api.get("/docs", Accept="text/html")).raw


def test_the_signature_from_before_is_marked_as_deprecated() -> None:
    headers = MESSAGES["webhook_entry"]["headers"]["properties"]
    assert [name for name, each in headers.items() if each.get("deprecated")] == ["X-Hub-Signature"]


def test_addresses_are_those_of_the_hub() -> None:
    assert DOCUMENT["servers"]["hub"]["host"] == "hub.example.org"
    assert DOCUMENT["servers"]["hub"]["protocol"] == "wss"
    assert DOCUMENT["components"]["securitySchemes"]["login"]["name"] == "__Host-hub"
    local = make_async_document("http://127.0.0.1:8000")
    assert (local["servers"]["hub"]["host"], local["servers"]["hub"]["protocol"]) == ("127.0.0.1:8000", "ws")
