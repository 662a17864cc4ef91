"""Plain data to BSON and back, and which kind is kept in which collection."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

import msgspec
from bson.codec_options import CodecOptions

from hub.model.access import ApiKey, Attendance, Device, HeldBatch, Session, User
from hub.model.alert import Alert
from hub.model.base import Document
from hub.model.command import IdempotencyRecord
from hub.model.event import Event, Showing
from hub.model.feedback import Feedback
from hub.model.figures import FinalFigures
from hub.model.imports import Import
from hub.model.jobs import JobRecord
from hub.model.journal import Stream
from hub.model.outbox import Cursor, Message, Partition
from hub.model.ticket import PhoneCount, Reservation, Ticket
from hub.model.wallet import GoogleObject, Registration
from hub.model.webhook import Webhook

T = TypeVar("T")

COLLECTIONS: Mapping[type[Document], str] = {
    Alert: "alerts",
    ApiKey: "keys",
    Attendance: "presence",
    Cursor: "cursors",
    Device: "devices",
    Event: "events",
    Feedback: "feedback",
    FinalFigures: "figures",
    HeldBatch: "held",
    Import: "imports",
    JobRecord: "jobs",
    Message: "letters",
    Partition: "lanes",
    PhoneCount: "phones",
    GoogleObject: "google_objects",
    Registration: "wallet_registrations",
    IdempotencyRecord: "nonces",
    Reservation: "reservations",
    Session: "sessions",
    Showing: "showings",
    Stream: "streams",
    Ticket: "tickets",
    User: "users",
    Webhook: "webhooks",
}

CODEC: CodecOptions[dict[str, Any]] = CodecOptions(tz_aware=True)


def to_bson(value: msgspec.Struct) -> dict[str, Any]:
    """Return `value` as a document; fields that hold their default are left out."""
    document: dict[str, Any] = msgspec.to_builtins(value, builtin_types=(datetime, bytes))
    return document


def from_bson(document: Mapping[str, Any], kind: type[T]) -> T:
    """Return a document as `kind`; fields that `kind` does not know are ignored."""
    return msgspec.convert(document, kind)
