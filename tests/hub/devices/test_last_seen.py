"""Last-seen tracker: devices' reports on themselves, recorded beside the scans."""

import asyncio
import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tornado.websocket import websocket_connect

from hub.app import Hub
from hub.devices.last_seen import LastSeen
from hub.model.access import Device
from hub.model.device_info import DeviceInfo, info_from_header, info_from_hello
from tests.api import Api
from tests.eventually import eventually

NOW = datetime(2026, 12, 24, 18, 30, tzinfo=UTC)


def header(info: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(info).encode()).decode().rstrip("=")


@given(text=st.text(st.characters(codec="latin-1")), info=st.dictionaries(st.text(), st.integers() | st.text()))
def test_any_header_at_all_is_read_or_ignored(text: str, info: dict[str, object]) -> None:
    for sent in (text, header(info), header(text)):
        assert isinstance(info_from_header(sent), DeviceInfo | None)


@pytest.mark.parametrize(
    "info",
    [{"battery": 101}, {"battery": "full"}, {"queue": -1}, {"queue": 1.5}, {"app": "x" * 101}, {"time": "soon"}, [], 5],
)
def test_what_cannot_be_is_ignored(info: object) -> None:
    assert info_from_header(header(info)) is None
    assert info_from_hello(info) is None


@pytest.mark.parametrize(
    "sent", ["2026-12-24T18:31:30Z", "2026-12-24T19:31:30+01:00", "2026-12-24T18:31:30", 1798137090000]
)
def test_a_phones_time_tells_how_far_its_clock_is_ahead(sent: str | int) -> None:
    info = info_from_header(header({"time": sent}))
    assert info is not None
    assert info.ahead_ms(NOW) == 90_000
    assert info.ahead_ms(NOW + timedelta(minutes=2)) == -30_000


class Kept:
    """Sightings that note what is written."""

    def __init__(self) -> None:
        self.written: list[tuple[str, dict[str, Any]]] = []

    async def record(self, device_id: str, at: datetime, said: dict[str, Any]) -> None:
        self.written.append((device_id, said))


class Watch:
    """A clock that stands where it is set."""

    seconds = 0.0

    def now(self) -> datetime:
        return NOW

    def __call__(self) -> float:
        return self.seconds


@pytest.mark.gen_test
async def test_a_device_is_written_down_once_in_ten_seconds_unless_queue_or_battery_change() -> None:
    kept, watch = Kept(), Watch()
    presence = LastSeen(kept, watch, watch)  # type: ignore[arg-type]
    presence.start()

    async def written_after(seconds: float, **info: Any) -> int:
        watch.seconds = seconds
        presence.heard_of("d", DeviceInfo(**info) if info else None)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        return len(kept.written)

    assert await written_after(0, app="scanner", battery=80, queue=0) == 1
    assert await written_after(1, app="scanner", battery=80, queue=0) == 1
    assert await written_after(2) == 1
    assert await written_after(3, battery=79) == 2
    assert await written_after(4, queue=3) == 3
    assert await written_after(5, battery=79, queue=3) == 3
    assert await written_after(14) == 4
    await presence.stop()
    assert kept.written[0] == ("d", {"info": {"app": "scanner", "battery": 80, "queue": 0}})


async def _told(hub: Hub, device_id: str) -> Device:
    """Return the device once what it said of itself is written down."""

    async def device_with_info() -> Device | None:
        device = await hub.store.devices.find(device_id)
        return device if device is not None and device.info else None

    device: Device = await eventually(device_with_info)
    return device


@pytest.mark.gen_test
async def test_any_call_of_a_device_tells_what_it_is(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    device_id = (await gate.get("/scan/test_api")).body["device_info"]["uuid"]
    said = {"app": "scanner", "version": "1.2", "battery": 55, "queue": 2, "time": "2026-12-24T18:31:00Z"}
    assert (await gate.get("/scan/test_api", X_Device_Info="%%%")).status == 200
    assert (await gate.get("/scan/test_api", X_Device_Info=header(said))).status == 200
    device = await _told(hub, device_id)
    assert device.info == {"app": "scanner", "version": "1.2", "battery": 55, "queue": 2}
    assert device.clock_ahead_ms == 60_000
    assert device.last_seen_at == NOW
    assert (await gate.scan("no code")).body["code"] == "invalid_code"


@pytest.mark.gen_test
async def test_a_hello_and_a_pairing_tell_it_too(api: Api, hub: Hub) -> None:
    event = await api.make_event()
    created = (await api.admin.post("/api/devices", {"name": "Gate", "event": event["uuid"]})).body
    said = header({"app": "scanner", "time": "2026-12-24T18:29:00Z"})
    paired = await api.get(f"/scan/{created['pairing']['token']}/pair", X_Device_Info=said)
    device = await _told(hub, created["uuid"])
    assert (device.info, device.clock_ahead_ms) == ({"app": "scanner"}, -60_000)

    socket = await websocket_connect(f"{api.url.replace('http', 'ws')}/live")
    hello = {"type": "hello", "id": 1, "api_key": paired.body["api_key"], "info": {"app": "scanner", "battery": 7}}
    await socket.write_message(json.dumps(hello))
    assert json.loads(str(await socket.read_message()))["type"] == "welcome"

    async def is_written() -> bool:
        return (await _told(hub, created["uuid"])).info == {"app": "scanner", "battery": 7}

    await eventually(is_written)
    socket.close()
