"""Fuzzing of the scan API: never a 5xx, and a refused request changes nothing. `HUB_FUZZ_EXAMPLES` makes it longer."""

import os
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tornado.ioloop import IOLoop

from tests.api import Answer, Api
from tests.eventually import PATIENCE_S

EXAMPLES = int(os.environ.get("HUB_FUZZ_EXAMPLES", "150"))
PATHS = ["ticket", "check_ticket", "undo", "headcount", "batch", "search_ticket", "list_tickets"]
FIELDS = [
    "qrcode_data", "ticket_uuid", "event_uuid", "direction", "nonce", "force", "reason", "count", "seq", "delta",
    "kind", "scans", "verdict", "scanned_at", "search", "page", "page_size", "order_by", "order_dir",
]  # fmt: skip
LIKELY = [
    "in",
    "out",
    "crew",
    "admitted",
    "exited",
    "name",
    "asc",
    "2026-12-24T18:00:00Z",
    "Ada",
    "a:b",
    "e30:AAAA",
    "",
]

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=40),
    st.sampled_from(LIKELY),
)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=4)
)
headers = st.dictionaries(
    st.sampled_from(["Idempotency_Key", "X_Device_Info", "Origin", "Accept", "Content_Type"]),
    st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=60),
    max_size=3,
)


def fill(value: Any, genuine: dict[str, Any]) -> Any:
    """Put genuine codes and ids where the body has such fields, half of the time by what was drawn there."""
    if isinstance(value, list):
        return [fill(each, genuine) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        key: genuine[key] if key in genuine and each is None else fill(each, genuine) for key, each in value.items()
    }


def test_no_body_header_or_code_breaks_a_door(api: Api, io_loop: IOLoop) -> None:
    def run(coroutine: Any) -> Any:
        return io_loop.run_sync(lambda: coroutine, timeout=PATIENCE_S)

    event = run(api.make_event(max_inside=50))
    gate = run(api.make_device(event, may=["force", "undo", "search", "headcount", "over_limit"]))
    [ticket] = run(api.book(event))
    genuine = {"qrcode_data": ticket["code"], "ticket_uuid": ticket["id"], "event_uuid": event["uuid"], "seq": 2}

    def state() -> Any:
        counts = run(api.admin.get(f"/api/events/{event['uuid']}/occupancy")).body
        return {key: counts[key] for key in ("booked", "admitted", "inside", "headcount")}

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(path=st.sampled_from(PATHS), body=values | st.binary(max_size=200), sent=headers)
    def try_one(path: str, body: Any, sent: dict[str, str]) -> None:
        before = state()
        answer: Answer = run(gate.post(f"/scan/{path}/", fill(body, genuine), **sent))
        assert answer.status < 500, (path, body, answer.raw)
        if not (answer.status == 200 and answer.body["success"]):
            assert state() == before, (path, body, answer.raw)

    try_one()
    assert run(gate.get("/scan/test_api")).status == 200
