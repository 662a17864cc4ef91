"""Typed data of journal entries and answers: the same JSON, byte for byte, as the plain values that are kept."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.devices.answers import QuarantinedScan, describe_device
from hub.model.access import Device
from hub.model.alert import AlertData
from hub.model.base import EntryData, shaped
from hub.model.device_info import DeviceInfo, KeptInfo
from hub.model.jobs import JobData
from hub.model.journal import Entry
from hub.model.kinds import ALERT_KINDS, WEBHOOK_DATA_KINDS
from hub.model.outbox import Message
from hub.model.payment import PaymentData, TillData
from hub.tickets.history import HistoryData
from hub.webhooks.payload import DATA, content_of, payload_of

AT = datetime(2090, 12, 24, 20, 30, tzinfo=UTC)
FLOATS = [{"currency": "EUR", "amount": 5000}]
CLOSING = {
    "holder": "u",
    "number": 1,
    "floats": FLOATS,
    "opened_at": "2090-12-24T20:30:00+00:00",
    "sums": [{"method": "cash", "currency": "EUR", "taken": 100, "returned": 0, "payments": 1, "refunds": 0}],
    "cash": [{"currency": "EUR", "expected": 5100, "counted": 5000, "difference": -100}],
    "note": "a coin fell",
}
SIDE = {"seq": 4, "at": "2090-12-24T20:30:00+00:00", "device": "g", "door": None}
KEPT: list[tuple[type[msgspec.Struct], dict[str, Any]]] = [
    (KeptInfo, {}),
    (KeptInfo, {"app": "scanner", "version": "1.2", "battery": 50, "queue": 3, "training": False}),
    (KeptInfo, {"battery": 17.5}),
    (AlertData, {"alert": "g/device.low_battery", "battery": 12.5}),
    (AlertData, {"alert": "g/device.silent"}),
    (AlertData, {"since": None, "others": 12}),
    (AlertData, {"zone": None, "inside": 9, "limit": 10}),
    (AlertData, {"alert": "e/d/door.stalled", "reason": "gone"}),
    (PaymentData, {"showing": "s", "product": "p", "price": "x", "method": "cash", "amount": 20, "currency": "EUR"}),
    (PaymentData, {"showing": "s", "method": "free", "amount": 0, "currency": None}),
    (TillData, {"holder": "u", "number": 1, "floats": FLOATS}),
    (TillData, CLOSING),
    (JobData, {"job": "expiry", "count": 3}),
    (HistoryData, {"reason": None, "seq": 4, "entry": SIDE, "counted": None}),
    (HistoryData, {"showing": "s", "from": "r1", "to": "r2", "issue": 2, "actor": "holder", "fields": ["name"]}),
    (HistoryData, {"clock_ahead_s": 700, "from_the_future": True}),
    (QuarantinedScan, {"ticket_uuid": "t", "nonce": "n", "scanned_at": "2090-12-24T20:30:00Z", "verdict": "admitted"}),
    (QuarantinedScan, {"qrcode_data": "x", "payment": {"method": "cash", "amount": "9.00", "currency": "EUR"}}),
    *((kind, {"unreadable": True}) for kind in (AlertData, PaymentData, TillData, JobData, HistoryData)),
    (TillData, {"holder": 5, "number": -1, "floats": "?"}),
]
"""What is kept, with damaged values and such of a version to come."""


@pytest.mark.parametrize(("kind", "kept"), KEPT)
def test_typed_data_is_the_kept_json_byte_for_byte(kind: type[msgspec.Struct], kept: dict[str, Any]) -> None:
    assert msgspec.json.encode(shaped(kind, kept)) == msgspec.json.encode(kept)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(st.sampled_from([KeptInfo, AlertData, PaymentData, TillData, JobData, HistoryData, QuarantinedScan]), st.data())
def test_no_kept_value_breaks_the_typed_data(kind: type[msgspec.Struct], data: st.DataObject) -> None:
    kept = data.draw(st.dictionaries(st.sampled_from(kind.__struct_encode_fields__), JSON))
    made = shaped(kind, kept)
    assert {name for name in kept if getattr(made, own_name(kind, name)) is not msgspec.UNSET} == kept.keys()


def own_name(kind: type[msgspec.Struct], encoded: str) -> str:
    return dict(zip(kind.__struct_encode_fields__, kind.__struct_fields__, strict=True))[encoded]


def test_phones_report_is_answered_as_it_is_kept() -> None:
    info = DeviceInfo(app="scanner", battery=50, training=True).stored()
    device = Device(id="d", name="Gate", created_at=AT, info=info)
    assert msgspec.to_builtins(describe_device(device).info) == {"app": "scanner", "battery": 50, "training": True}


def test_every_kind_whose_data_webhooks_get_has_its_type() -> None:
    assert DATA.keys() == WEBHOOK_DATA_KINDS
    assert {DATA[kind] for kind in ALERT_KINDS} == {AlertData}
    assert all(issubclass(shape, EntryData) for shape in DATA.values())


def a_message(kind: str, content: dict[str, Any]) -> Message:
    return Message(
        id="m",
        consumer="webhooks",
        target="w",
        partition="w/e",
        stream="e",
        seq=7,
        kind=kind,
        state="waiting",
        version=0,
        content=content,
        written_at=AT,
    )


def test_payload_of_an_entry_is_what_docs_say_in_this_order() -> None:
    entry = Entry(event="e", seq=7, kind="till.closed", at=AT, batch="b", device="u", data=CLOSING)
    sent = msgspec.json.encode(payload_of(a_message("till.closed", content_of(entry))))
    expected = {
        "id": "m",
        "kind": "till.closed",
        "event": "e",
        "seq": 7,
        "at": "2090-12-24T20:30:00Z",
        "received_at": "2090-12-24T20:30:00Z",
        **dict.fromkeys(["ticket", "direction", "door"]),
        "device": "u",
        **dict.fromkeys(["by", "verdict"]),
        "data": CLOSING,
    }
    assert sent == msgspec.json.encode(expected)


def test_payload_without_data_has_no_field_for_it() -> None:
    entry = Entry(event="hub", seq=7, kind="ticket.scanned", at=AT, batch="b", code="admitted", data={"reason": "x"})
    sent = msgspec.json.decode(msgspec.json.encode(payload_of(a_message("ticket.scanned", content_of(entry)))))
    assert (sent["event"], sent["verdict"], "data" in sent) == (None, "admitted", False)


def test_message_that_a_version_before_kept_is_sent_as_it_was_kept() -> None:
    kept = {"kind": "ticket.scanned", "event": "e", "seq": 7, "at": "2090-12-24T20:30:00Z", "verdict": "admitted"}
    assert msgspec.json.encode(payload_of(a_message("ticket.scanned", kept))) == msgspec.json.encode({"id": "m"} | kept)
