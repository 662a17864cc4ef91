"""Payloads of webhooks: the JSON bodies of deliveries (docs/webhooks.md)."""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from hub.model.alert import AlertData
from hub.model.base import By, Direction, EntryData, shaped
from hub.model.jobs import JobData
from hub.model.journal import HUB_STREAM, Entry
from hub.model.kinds import ALERT_KINDS
from hub.model.outbox import Message
from hub.model.payment import PaymentData, TillData

DATA: Mapping[str, type[EntryData]] = {
    "payment.taken": PaymentData,
    "payment.returned": PaymentData,
    "till.opened": TillData,
    "till.closed": TillData,
    "job.ran": JobData,
    **dict.fromkeys(ALERT_KINDS, AlertData),
}
"""Data that the payloads of some kinds carry, each of `WEBHOOK_DATA_KINDS`; the others have ids and a verdict alone."""


class Payload(msgspec.Struct, frozen=True, kw_only=True):
    """Payload of a delivery. `id` is the delivery's, UNSET before it has one."""

    id: str | UnsetType = UNSET
    kind: str


class PingPayload(Payload, frozen=True, kw_only=True):
    """Payload of a test delivery; `at` is in ISO 8601."""

    webhook: str
    at: str


class EntryPayload(Payload, frozen=True, kw_only=True):
    """Payload of a journal entry: ids and verdicts, never a ticket's code, a name or a phone number.

    Instants are in ISO 8601; `event` is None for an entry of the hub's own stream.
    """

    event: str | UnsetType | None = UNSET
    seq: int | UnsetType = UNSET
    at: str | UnsetType = UNSET
    received_at: str | UnsetType = UNSET
    ticket: str | UnsetType | None = UNSET
    direction: Direction | UnsetType | None = UNSET
    door: str | UnsetType | None = UNSET
    device: str | UnsetType | None = UNSET
    by: By | UnsetType | None = UNSET
    verdict: str | UnsetType | None = UNSET
    data: EntryData | UnsetType = UNSET


def content_of(entry: Entry) -> dict[str, Any]:
    """Payload of an entry without an id, as plain values that the outbox keeps."""
    shape = DATA.get(entry.kind)
    payload = EntryPayload(
        kind=entry.kind,
        event=None if entry.event == HUB_STREAM else entry.event,
        seq=entry.seq,
        at=msgspec.to_builtins(entry.at),
        received_at=msgspec.to_builtins(entry.received_at or entry.at),
        ticket=entry.ticket,
        direction=entry.direction,
        door=entry.door,
        device=entry.device,
        by=entry.by,
        verdict=entry.code,
        data=UNSET if shape is None else shaped(shape, entry.data),
    )
    plain: dict[str, Any] = msgspec.to_builtins(payload)
    return plain


def payload_of(message: Message) -> EntryPayload:
    """Payload of a message of the outbox. Never raises: content of an earlier version is sent as it was kept."""
    payload = shaped(EntryPayload, {**message.content, "kind": message.kind, "id": message.id})
    shape, data = DATA.get(message.kind), message.content.get("data")
    return payload if shape is None or data is None else msgspec.structs.replace(payload, data=shaped(shape, data))
