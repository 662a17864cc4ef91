"""Messages of the AsyncAPI document: frames of `/live` and bodies of webhooks, with their types. Pure."""

from collections.abc import Mapping
from typing import Any

import msgspec

from handlers.openapi.schemas import Schema, Schemas
from hub.door.corrections import UndoBody
from hub.door.request import ScanBody
from hub.door.response import DoorAnswer
from hub.errors import RefusalAnswer
from hub.live import frame_shapes
from hub.live.protocol import HelloRequest, PongRequest, SubscribeRequest, UnsubscribeRequest
from hub.live_wiring import TicketPageView
from hub.reports.occupancy import Occupancy
from hub.webhooks.payload import EntryPayload, PingPayload
from hub.webhooks.signature import HEADER

REQUESTS: Mapping[str, Any] = {
    "hello": HelloRequest,
    "subscribe": SubscribeRequest,
    "unsubscribe": UnsubscribeRequest,
    "scan": ScanBody,
    "check": ScanBody,
    "undo": UndoBody,
    "pong": PongRequest,
}
"""Types that the fields of a client's frames are read as, by the frames' `type`."""
FRAMES: tuple[type[frame_shapes.Frame], ...] = (
    frame_shapes.Welcome,
    frame_shapes.Subscribed,
    frame_shapes.Unsubscribed,
    frame_shapes.ErrorReply,
    frame_shapes.Updates,
    frame_shapes.SnapshotFrame,
    frame_shapes.Devices,
    frame_shapes.Resync,
    frame_shapes.Ping,
    frame_shapes.Draining,
)
"""Frames of the hub that are encoded as they stand."""
JOINED: Mapping[str, Any] = {"occupancy": Occupancy, "ticket": TicketPageView, "result": (DoorAnswer, RefusalAnswer)}
"""Types whose fields stand in a frame of the hub beside those of its envelope, by the frame's `type`."""
ENCODED: Mapping[type[msgspec.Struct], str] = {frame_shapes.Updates: "items", frame_shapes.EventState: "recent"}
"""Fields whose items are encoded already when the frame is: each is an `Item`."""
POSTS: Mapping[str, type[msgspec.Struct]] = {"entry": EntryPayload, "test": PingPayload}
"""Bodies of webhooks: a journal entry, and a test delivery."""

ID: Schema = {"anyOf": [{"type": "integer"}, {"type": "string"}]}
ENVELOPES: Mapping[str, Mapping[str, Schema]] = {
    "occupancy": {},
    "ticket": {"ticket": {"type": "string"}},
    "result": {"id": ID, "status": {"type": "integer"}, "request_id": {"type": "string"}},
    "pong": {},
}
"""Fields beside `type` of the frames that have another envelope than an `id`."""
SIGNED = ("X-Hub-Delivery", "X-Hub-Kind", HEADER, "webhook-id", "webhook-timestamp", "webhook-signature")
"""Headers of a delivery."""


def make_schemas() -> Schemas:
    """Return the schemas of all types of which messages are made."""
    joined = [kind for each in JOINED.values() for kind in (each if isinstance(each, tuple) else (each,))]
    items = [frame_shapes.Item, frame_shapes.ItemData]
    schemas = Schemas(dict.fromkeys(REQUESTS.values()), [*FRAMES, *joined, *POSTS.values(), *items])
    for frame, field in ENCODED.items():
        schemas.components[frame.__name__]["properties"][field]["items"] = schemas.of(frame_shapes.Item)
    own = schemas.components["Item"]["properties"]
    own["data"] = {**schemas.of(frame_shapes.ItemData), "description": "With the data of the entry's kind beside it."}
    return schemas


def frame_messages(schemas: Schemas) -> dict[str, Schema]:
    """Return the messages of `/live`, by the `type` of their frames."""
    found = {str(each.__struct_config__.tag): _message(each, schemas.of(each)) for each in FRAMES}
    for name, kind in {**REQUESTS, **JOINED}.items():
        found[name] = _message(kind, _in_envelope(name, schemas.of(kind)))
    for name, message in found.items():
        message["name"] = name
    for name in (*REQUESTS.keys() - {"pong"}, "welcome", "subscribed", "unsubscribed", "error", "result"):
        found[name]["correlationId"] = {"location": "$message.payload#/id"}
    return dict(sorted(found.items()))


def post_messages(schemas: Schemas) -> dict[str, Schema]:
    """Return the messages that are posted to webhooks."""
    sent: dict[str, Schema] = {name: {"type": "string"} for name in SIGNED}
    sent[HEADER] |= {"deprecated": True, "description": "Verify `webhook-signature` instead (Standard Webhooks)."}
    headers = {"type": "object", "properties": sent, "required": [*SIGNED]}
    return {
        name: {"name": name, **_message(kind, schemas.of(kind)), "headers": headers} for name, kind in POSTS.items()
    }


def _message(kind: Any, payload: Schema) -> Schema:
    shape = kind[0] if isinstance(kind, tuple) else kind
    return {"summary": str(shape.__doc__).split("\n", maxsplit=1)[0], "payload": payload}


def _in_envelope(name: str, fields: Schema) -> Schema:
    """Return the schema of a frame whose fields stand beside those of its envelope."""
    envelope = {"type": {"const": name}, **ENVELOPES.get(name, {"id": ID})}
    return {"allOf": [fields, {"type": "object", "properties": envelope, "required": [*envelope]}]}
