"""Frames byte by byte: what stands in the contract, in its order, with what is absent absent."""

import msgspec
import pytest

from hub.errors import BadInput, Conflict, HubError, NotAllowed, NotFound, SlowDown, Unavailable
from hub.live import frames
from hub.live.frame_shapes import EventState
from hub.live.protocol import Since
from hub.live_limits import LiveLimits
from hub.model.access import Principal
from hub.model.event import Door
from hub.model.event_view import DeviceView, EventView
from hub.reports.occupancy import occupancy
from tests.builders import a_stream
from tests.hub.live.small_hub import GUEST, NOW, ORGANISER, SCANNER, as_struct

COUNTS = occupancy(a_stream("e", epoch="k", seq=3, booked=9), EventView(id="e", name="E"), NOW)
COUNTED = (
    b'{"event":"e","epoch":"k","seq":3,"as_of":"2026-12-24T20:30:00Z","booked":9,"capacity":0,"admitted":0,"inside":0,'
    b'"headcount":0,"limit":null,"free":null,"denied":0,"doors":[],"zones":[]}'
)
ITEM = msgspec.Raw(b'{"kind":"hidden"}')

SAID: dict[str, tuple[bytes, bytes]] = {
    "ping": (frames.ping(NOW), b'{"type":"ping","time":"2026-12-24T20:30:00Z"}'),
    "draining": (frames.draining(8.0), b'{"type":"draining","within":8.0}'),
    "subscribed": (
        frames.subscribed(2, "e", "k", 4, recovered=True),
        b'{"type":"subscribed","id":2,"event":"e","epoch":"k","seq":4,"recovered":true}',
    ),
    "unsubscribed": (frames.unsubscribed("a", "e"), b'{"type":"unsubscribed","id":"a","event":"e"}'),
    "unsubscribed without an id": (frames.unsubscribed(None, "e"), b'{"type":"unsubscribed","event":"e"}'),
    "updates": (
        frames.updates("e", "k", 3, [ITEM, ITEM]),
        b'{"type":"updates","event":"e","epoch":"k","first":3,"items":[{"kind":"hidden"},{"kind":"hidden"}]}',
    ),
    "snapshot": (
        frames.snapshot(
            "e",
            "k",
            3,
            EventState(
                occupancy=COUNTS,
                doors=[Door(id="d1", name="North")],
                devices=[DeviceView(id="v1", name="Gate")],
                alerts=[],
                recent=[ITEM],
            ),
        ),
        b'{"type":"snapshot","event":"e","epoch":"k","seq":3,"state":{"occupancy":%s,"doors":[%s],"devices":[%s],'
        b'"alerts":[],"recent":[{"kind":"hidden"}]}}'
        % (
            COUNTED,
            msgspec.json.encode(Door(id="d1", name="North")),
            msgspec.json.encode(DeviceView(id="v1", name="Gate")),
        ),
    ),
    "occupancy": (frames.occupancy(COUNTS), b'{"type":"occupancy",' + COUNTED[1:]),
    "devices": (frames.devices("e", []), b'{"type":"devices","event":"e","devices":[]}'),
    "resync": (frames.resync("e", "behind"), b'{"type":"resync","event":"e","reason":"behind"}'),
    "ticket": (frames.ticket("t", as_struct({"a": 1})), b'{"a":1,"type":"ticket","ticket":"t"}'),
    "subscribe": (
        frames.subscribe("watch", "e", Since(epoch="k", seq=1)).encode(),
        b'{"type":"subscribe","id":"watch","event":"e","since":{"epoch":"k","seq":1}}',
    ),
    "subscribe from a snapshot": (
        frames.subscribe("watch", "e", None).encode(),
        b'{"type":"subscribe","id":"watch","event":"e","since":null}',
    ),
    "pong": (frames.PONG.encode(), b'{"type":"pong"}'),
    "result": (
        frames.result(0, 200, as_struct({"a": 1}), "r-1"),
        b'{"a":1,"type":"result","id":0,"status":200,"request_id":"r-1"}',
    ),
    "error": (frames.error(None, "x", "no"), b'{"type":"error","code":"x","message":"no","retry":false}'),
    "error with a time": (
        frames.error(0, "slow_down", "no", 1.5),
        b'{"type":"error","id":0,"code":"slow_down","message":"no","retry":true,"after":1.5}',
    ),
}


@pytest.mark.parametrize("name", SAID)
def test_a_frame_is_these_bytes(name: str) -> None:
    frame, expected = SAID[name]
    assert frame == expected


@pytest.mark.parametrize(("principal", "kind"), [(SCANNER, "device"), (ORGANISER, "organiser"), (GUEST, "ticket")])
def test_a_welcome_says_who_serves_whom(principal: Principal, kind: str) -> None:
    frame = frames.welcome(1, principal, "p1", NOW, LiveLimits())
    assert frame.startswith(b'{"type":"welcome","id":1,"protocol":1,"hub":"p1","server_time":"2026-12-24T20:30:00Z",')
    assert msgspec.json.decode(frame)["you"] == {"kind": kind, "id": principal.id, "name": principal.name}
    assert b'"id":1' not in frames.welcome(None, principal, "p1", NOW, LiveLimits())


@pytest.mark.parametrize(
    ("wrong", "code", "retry"),
    [
        (SlowDown("x", after_s=2.0), "slow_down", True),
        (Unavailable("x"), "unavailable", True),
        (NotAllowed("bad_key", "x"), "bad_key", False),
        (NotAllowed("any", "x", status=401), "bad_key", False),
        (NotAllowed("any", "x"), "not_allowed", False),
        (NotFound("x"), "unknown_event", False),
        (BadInput("x", code="unknown_type"), "unknown_type", False),
        (BadInput("x"), "bad_request", False),
        (Conflict("full", "x"), "bad_request", False),
        (HubError("anything", "x"), "internal", True),
    ],
)
def test_an_error_has_a_code_of_the_contract(wrong: HubError, code: str, retry: bool) -> None:
    reply = msgspec.json.decode(frames.error_of(7, wrong))
    assert (reply["type"], reply["id"], reply["code"], reply["retry"]) == ("error", 7, code, retry)
