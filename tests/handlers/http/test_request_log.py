"""The request log: each request where it is switched on, slow and failed ones always, and never a token."""

import logging
from typing import Any

import pytest
from msgspec.structs import replace

from hub.app import Hub
from tests.api import Api

pytestmark = pytest.mark.gen_test

TOKEN = "a-token-nobody-may-see"


@pytest.fixture(autouse=True)
def _from_info_on(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "handlers")


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    """Return the lines of the request log."""
    events = [record.msg for record in caplog.records if isinstance(record.msg, dict)]
    return [event for event in events if event["logger"] == "handlers.http.request_log"]


async def test_without_an_access_log_a_request_that_went_well_is_not_logged(
    api: Api, caplog: pytest.LogCaptureFixture
) -> None:
    event = await api.make_event()
    gate, (ticket,) = await api.make_device(event), await api.book(event)
    await gate.scan(ticket["code"])
    await api.get("/no/such/path")
    assert lines(caplog) == []


async def test_an_access_log_names_path_status_time_and_who_asked(
    api: Api, hub: Hub, caplog: pytest.LogCaptureFixture
) -> None:
    event = await api.make_event()
    gate, (ticket,) = await api.make_device(event), await api.book(event)
    device = (await hub.authenticator.by_key(gate.key or "")).id
    hub.settings = replace(hub.settings, access_log=True)
    await gate.scan(ticket["code"])
    await api.get(f"/api/tickets/{ticket['id']}?token={TOKEN}")
    scan, look = lines(caplog)
    assert (scan["method"], scan["route"], scan["status"], scan["level"]) == ("POST", "/scan/ticket", 200, "info")
    assert scan["client"] == f"device {device}"
    assert (look["method"], look["route"], look["status"]) == ("GET", "/api/tickets/{id}", 401)
    assert 0 < look["took_ms"] < 30_000


async def test_tokens_in_paths_queries_and_headers_are_in_no_line(
    api: Api, hub: Hub, caplog: pytest.LogCaptureFixture
) -> None:
    hub.settings = replace(hub.settings, access_log=True)
    for path in (f"/scan/{TOKEN}/pair", f"/tickets/x?token={TOKEN}", f"/{TOKEN}", f"/v1/passes/x/{TOKEN}"):
        await api.get(path, Authorization=f"Bearer {TOKEN}", Cookie=f"hub={TOKEN}")
    assert len(lines(caplog)) == 4
    assert TOKEN not in caplog.text


async def test_a_slow_request_is_logged_without_an_access_log(
    api: Api, hub: Hub, caplog: pytest.LogCaptureFixture
) -> None:
    hub.settings = replace(hub.settings, slow_request_s=1e-9)
    await api.get("/healthz")
    (line,) = lines(caplog)
    assert (line["event"], line["level"], line["route"]) == ("slow request", "warning", "/healthz")


async def test_a_request_that_failed_is_logged_without_an_access_log(
    api: Api, hub: Hub, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(hub.devices, "pair", broken)
    assert (await api.get(f"/scan/{TOKEN}/pair")).status == 500
    (line,) = lines(caplog)
    assert (line["event"], line["level"], line["route"]) == ("failed request", "error", "/scan/{id}/pair")
    assert TOKEN not in caplog.text


async def test_a_stream_of_events_is_no_slow_request_and_a_refused_one_is_logged_as_others_are(
    api: Api, hub: Hub, caplog: pytest.LogCaptureFixture
) -> None:
    hub.settings = replace(hub.settings, access_log=True)
    assert (await api.get("/api/events/no-such-event/live")).status == 401
    assert [(line["route"], line["status"]) for line in lines(caplog)] == [("/api/events/{id}/live", 401)]
