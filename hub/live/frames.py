"""Wire format of `/live`: JSON text in to a `Request`, plain data out to frames. The only place that knows it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

import msgspec
from msgspec import UNSET, UnsetType

from hub.errors import BadInput, Conflict, HubError, NotAllowed, NotFound, SlowDown, Unavailable, Unreadable
from hub.live.frame_shapes import (
    Devices,
    Draining,
    ErrorReply,
    EventState,
    Frame,
    Ping,
    Pong,
    Resync,
    ShownLimits,
    SnapshotFrame,
    Subscribe,
    Subscribed,
    Unsubscribed,
    Updates,
    Welcome,
    You,
)
from hub.live.protocol import PROTOCOL, RETRYABLE, RequestId, Since
from hub.live_limits import LiveLimits
from hub.model.access import Principal
from hub.model.event_view import DeviceView
from hub.reports.occupancy import Occupancy
from hub.validation import read_message

Shape = TypeVar("Shape")


class Request(msgspec.Struct, kw_only=True):
    """A request's envelope: its type, its id, and its fields, not read yet."""

    kind: str
    id: RequestId | None
    fields: dict[str, Any]

    def read(self, shape: type[Shape]) -> Shape:
        """Return the fields as `shape`. Raises `BadInput` (bad_request) that names each wrong one."""
        return read_message(self.fields, shape)


def malformed(message: str) -> BadInput:
    """Return the error for a frame that cannot be read."""
    return BadInput(message, code="bad_request", status=400)


def parse(text: str | bytes) -> Request:
    """Return a frame's envelope. Raises `BadInput` (bad_request) where it is none."""
    if isinstance(text, bytes):
        raise malformed("frames are text, not binary")
    try:
        fields = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError) as wrong:
        raise malformed("the frame is not JSON") from wrong
    if not isinstance(fields, dict):
        raise malformed("the frame is not a JSON object")
    kind, request_id = fields.pop("type", None), fields.pop("id", None)
    if not isinstance(kind, str):
        raise malformed("type: must be text")
    if isinstance(request_id, bool) or not isinstance(request_id, int | str | None):
        raise malformed("id: must be a whole number or text")
    return Request(kind=kind, id=request_id, fields=fields)


def _joined(fields: msgspec.Struct, envelope: Mapping[str, Any]) -> bytes:
    """Return one JSON object: the fields, at least one, and then those of the envelope."""
    return msgspec.json.encode(fields)[:-1] + b"," + msgspec.json.encode(envelope)[1:]


def _encode(frame: Frame) -> bytes:
    return msgspec.json.encode(frame)


def _id_of(request_id: RequestId | None) -> RequestId | UnsetType:
    return UNSET if request_id is None else request_id


# --- getting in and staying --------------------------------------------------------------------------------------


def welcome(
    request_id: RequestId | None, principal: Principal, process: str, at: datetime, limits: LiveLimits
) -> bytes:
    """Return the reply to a hello: which process serves, its limits, and who the client is."""
    kind = principal.kind if principal.kind in ("device", "ticket") else "organiser"
    shown = ShownLimits(
        frame_bytes=limits.frame_limit_bytes,
        subscriptions=limits.subscriptions_per_socket,
        under_way=limits.scans_under_way,
        resume=limits.resume_window,
    )
    return _encode(
        Welcome(
            id=_id_of(request_id),
            protocol=PROTOCOL,
            hub=process,
            server_time=at,
            ping=limits.ping_s,
            limits=shown,
            you=You(kind=kind, id=principal.id, name=principal.name),
        )
    )


def ping(at: datetime) -> bytes:
    """Return a ping of the application; `at` is the time of day."""
    return _encode(Ping(time=at))


def draining(within_s: float) -> bytes:
    """Return the request to reconnect, perhaps elsewhere, at a random moment within `within_s`."""
    return _encode(Draining(within=within_s))


# --- following an event ------------------------------------------------------------------------------------------


def subscribed(request_id: RequestId, event: str, epoch: str, seq: int, *, recovered: bool) -> bytes:
    """Return the reply to a subscribe: updates follow where `recovered`, else a snapshot."""
    return _encode(Subscribed(id=request_id, event=event, epoch=epoch, seq=seq, recovered=recovered))


def unsubscribed(request_id: RequestId | None, event: str) -> bytes:
    """Return the reply to an unsubscribe."""
    return _encode(Unsubscribed(id=_id_of(request_id), event=event))


def updates(event: str, epoch: str, first: int, items: Sequence[msgspec.Raw]) -> bytes:
    """Return the frame of entries `first`, `first + 1`, ..., whose items are JSON already."""
    return _encode(Updates(event=event, epoch=epoch, first=first, items=items))


def snapshot(event: str, epoch: str, seq: int, state: EventState) -> bytes:
    """Return the frame of the whole state, exact as of `seq`."""
    return _encode(SnapshotFrame(event=event, epoch=epoch, seq=seq, state=state))


def occupancy(counts: Occupancy) -> bytes:
    """Return the frame of the counts: a state, not a step."""
    return b'{"type":"occupancy",' + msgspec.json.encode(counts)[1:]


def devices(event: str, devices: Sequence[DeviceView]) -> bytes:
    """Return the frame of the event's devices, and which of them are online: a state, not a step."""
    return _encode(Devices(event=event, devices=devices))


def resync(event: str, reason: str) -> bytes:
    """Return the notice that the client's position is void: a snapshot follows."""
    return _encode(Resync(event=event, reason=reason))


def ticket(ticket_id: str, state: msgspec.Struct) -> bytes:
    """Return the frame of a ticket's state, never empty, for its page."""
    return _joined(state, {"type": "ticket", "ticket": ticket_id})


def subscribe(request_id: RequestId, event: str, since: Since | None) -> str:
    """Subscribe request that the edge sends for clients that only listen."""
    return _encode(Subscribe(id=request_id, event=event, since=since)).decode()


PONG = _encode(Pong()).decode()


# --- answers -----------------------------------------------------------------------------------------------------


def result(request_id: RequestId, status: int, answer: msgspec.Struct, correlation: str) -> bytes:
    """Return the reply to a scan, check or undo: its HTTP answer, never empty, with the status after its fields.

    `correlation` is the id that its journal entry has; the client's own `id` of the message is its socket's alone.
    """
    return _joined(answer, {"type": "result", "id": request_id, "status": status, "request_id": correlation})


def error(
    request_id: RequestId | None,
    code: str,
    message: str,
    after_s: float | None = None,
    correlation: str | UnsetType = UNSET,
) -> bytes:
    """Return an error reply, with whether to retry, and after how many seconds."""
    after = UNSET if after_s is None else after_s
    retry = code in RETRYABLE
    said = ErrorReply(
        id=_id_of(request_id), code=code, message=message, retry=retry, after=after, request_id=correlation
    )
    return _encode(said)


def error_of(request_id: RequestId | None, wrong: HubError, correlation: str | UnsetType = UNSET) -> bytes:
    """Return the error reply for a `HubError`: the one place that maps them."""
    code, after_s = _code_of(wrong)
    return error(request_id, code, wrong.message, after_s, correlation)


def _code_of(wrong: HubError) -> tuple[str, float | None]:
    """Return the code of an error reply, and after how many seconds the request may be tried again."""
    match wrong:
        case SlowDown() | Unavailable() | Unreadable():
            return wrong.code, wrong.after_s
        case NotAllowed():
            return "bad_key" if wrong.code == "bad_key" or wrong.status == 401 else "not_allowed", None
        case NotFound():
            return "unknown_event", None
        case BadInput() | Conflict():
            return wrong.code if wrong.code in ("unknown_type", "too_large") else "bad_request", None
        case _:
            return "internal", 1.0
