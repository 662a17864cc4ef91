"""Traces: spans of a scan from its request to the push, as a real collector receives them."""

import asyncio
import re
import subprocess
import sys
from collections.abc import Iterator

import msgspec
import pytest
from tornado.httpclient import HTTPRequest
from tornado.ioloop import IOLoop
from tornado.websocket import WebSocketClientConnection, websocket_connect

from hub.app import Hub
from hub.setting_checks import SettingsError
from hub.settings import Settings
from hub.telemetry.otel import OtelTracer
from hub.version import VERSION
from tests.api import Api
from tests.end_to_end.site import ROOT
from tests.eventually import PATIENCE_S, eventually
from tests.handlers.fast_path.test_scan import lane_closed
from tests.hub.telemetry.collector import Collector, Received

pytestmark = pytest.mark.gen_test

TRACE, CALLER = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"


@pytest.fixture
def collector(io_loop: IOLoop) -> Iterator[Collector]:
    collector = Collector()
    yield collector
    collector.stop()


@pytest.fixture
def settings(settings: Settings, collector: Collector) -> Settings:
    return msgspec.structs.replace(settings, otlp_endpoint=collector.endpoint)


async def sent(hub: Hub, collector: Collector, name: str) -> list[Received]:
    """Return the spans of a name, once those that ended until now have been sent."""
    await hub.tracer.stop()
    await eventually(lambda: collector.named(name) != [])
    return collector.named(name)


@pytest.mark.parametrize("is_fast", [True, False], ids=["by the fast path", "by the ordinary way"])
async def test_a_scan_is_one_trace_from_its_caller_to_the_database(
    api: Api, hub: Hub, collector: Collector, is_fast: bool
) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    first, ticket = await api.book(event, 2)
    await gate.scan(first["code"])
    body = {"qrcode_data": ticket["code"]}
    header = f"00-{TRACE}-{CALLER}-01"
    if is_fast:
        answer = await gate.post("/scan/ticket/", body, traceparent=header)
    else:
        with lane_closed():
            answer = await gate.post("/scan/ticket/", body, traceparent=header)
    assert answer.headers["X-Request-ID"] == TRACE
    requests = [span for span in await sent(hub, collector, "POST /scan/ticket") if span.trace == TRACE]
    (request,) = requests
    assert request.parent == CALLER and not request.is_failed
    assert request.attributes == {
        "http.request.method": "POST",
        "http.route": "/scan/ticket",
        "http.response.status_code": 200,
        "scanhub.request_id": TRACE,
    }
    assert request.resource["service.name"] == "scan-hub" and request.resource["service.version"] == VERSION
    (commit,) = (span for span in collector.named("journal commit") if span.trace == TRACE)
    assert commit.parent == request.id and commit.attributes == {"scanhub.commands": 1}
    commands = {span.name: span for span in collector.spans if span.trace == TRACE and span.parent == commit.id}
    assert {"insert journal", "update streams", "update tickets", "commitTransaction"} <= commands.keys()
    for span in commands.values():
        assert span.attributes["db.system.name"] == "mongodb"


async def test_a_trace_without_a_caller_has_the_id_of_its_request(api: Api, hub: Hub, collector: Collector) -> None:
    answer = await api.get("/healthz")
    (span,) = await sent(hub, collector, "GET /healthz")
    assert (span.trace, span.parent) == (answer.headers["X-Request-ID"], "")


async def test_commands_that_are_committed_together_are_linked(api: Api, hub: Hub, collector: Collector) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    tickets = await api.book(event, 12)
    answers = await asyncio.gather(*(gate.scan(ticket["code"]) for ticket in tickets))
    traces = {answer.headers["X-Request-ID"] for answer in answers}
    requests = {span.id for span in await sent(hub, collector, "POST /scan/ticket")}
    commits = [span for span in collector.named("journal commit") if span.trace in traces]
    assert len(commits) < 12, "some were committed together"
    assert {each for span in commits for each in (span.parent, *span.links)} == requests


async def heard(socket: WebSocketClientConnection, wanted: set[str]) -> None:
    """Read messages until each wanted type was among them."""
    missing = set(wanted)
    async with asyncio.timeout(PATIENCE_S):
        while missing:
            message = await socket.read_message()
            assert message is not None, socket.close_reason
            missing.discard(msgspec.json.decode(message)["type"])


async def test_a_scan_over_a_socket_and_its_live_push_have_spans(api: Api, hub: Hub, collector: Collector) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    (ticket,) = await api.book(event)
    url = api.url.replace("http:", "ws:") + "/live"
    socket = await websocket_connect(HTTPRequest(url, headers={"Authorization": f"Api-Key {gate.key}"}))
    await socket.write_message(msgspec.json.encode({"type": "subscribe", "id": 1, "event": event["uuid"]}))
    try:
        await heard(socket, {"snapshot"})
        await socket.write_message(msgspec.json.encode({"type": "scan", "id": 2, "qrcode_data": ticket["code"]}))
        await heard(socket, {"result", "updates"})
    finally:
        socket.close()
    (scan,) = await sent(hub, collector, "live scan")
    (commit,) = (span for span in collector.named("journal commit") if span.trace == scan.trace)
    assert commit.parent == scan.id
    assert await sent(hub, collector, "live push")
    assert "GET /live" not in {span.name for span in collector.spans}, "a socket's request ends hours later"


async def test_a_failure_is_a_failed_span_without_its_text(
    api: Api, hub: Hub, collector: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise RuntimeError("a secret text")

    monkeypatch.setattr(hub.scans, "page", fail)
    assert (await api.admin.get("/api/scans?ticket=s3cret")).status == 500
    (span,) = await sent(hub, collector, "GET /api/scans")
    assert span.is_failed and span.attributes["http.response.status_code"] == 500
    assert "s3cret" not in str(collector.spans) and "a secret text" not in str(collector.spans)


async def test_no_key_code_or_name_is_in_any_span(api: Api, hub: Hub, collector: Collector) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    (ticket,) = await api.book(event)
    await gate.scan(ticket["code"])
    await api.get(f"/tickets/{ticket['id']}?token={ticket['access_token']}")
    await sent(hub, collector, "POST /scan/ticket")
    everything = str(collector.spans)
    assert gate.key is not None and api.admin.key is not None
    for secret in (gate.key, api.admin.key, ticket["code"], ticket["access_token"], "Lovelace", ticket["id"]):
        assert secret not in everything


async def test_a_collector_that_is_gone_costs_no_scan(api: Api, hub: Hub, collector: Collector) -> None:
    collector.stop()
    event = await api.make_event()
    gate = await api.make_device(event)
    (ticket,) = await api.book(event)
    assert (await gate.scan(ticket["code"])).body["code"] == "admitted"
    async with asyncio.timeout(PATIENCE_S):
        await hub.tracer.stop()


def test_without_a_collector_no_package_of_opentelemetry_is_imported() -> None:
    says = "import sys, handlers.server; print([name for name in sys.modules if name.startswith('opentelemetry')])"
    ended = subprocess.run([sys.executable, "-c", says], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ended.stdout == "[]\n"


@pytest.mark.parametrize(
    "wrong", ["collector:4318", "ftp://collector", "http://", "http://u:p@collector", "http://a?b"]
)
def test_an_endpoint_that_is_none_is_refused(wrong: str) -> None:
    with pytest.raises(SettingsError, match=re.escape("must be like http://127.0.0.1:4318")):
        Settings.load({}, {"HUB_OTLP_ENDPOINT": wrong})


@pytest.mark.parametrize("good", ["http://127.0.0.1:4318", "https://otel.example.org/base", "http://[::1]:4318/"])
def test_an_endpoint_is_an_address(good: str) -> None:
    assert Settings.load({}, {"HUB_OTLP_ENDPOINT": good}).otlp_endpoint == good


def test_traces_without_their_packages_stop_the_start_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hub.setting_checks.OTEL_PACKAGES", ("opentelemetry.no_such_package",))
    with pytest.raises(SettingsError, match=re.escape("pip install 'scan-hub[otel]'")):
        Settings.load({}, {"HUB_OTLP_ENDPOINT": "http://127.0.0.1:4318"})


def test_the_hub_of_these_tests_traces(hub: Hub) -> None:
    assert isinstance(hub.tracer, OtelTracer)
