"""Plain data to BSON and back, and which kind is kept in which collection."""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar, cast

import msgspec
from bson import Int64
from bson.codec_options import CodecOptions, DatetimeConversion, TypeDecoder, TypeRegistry

from hub.model.access import ApiKey, Attendance, Device, HeldBatch, Session, User
from hub.model.alert import Alert
from hub.model.base import Document
from hub.model.command import IdempotencyRecord
from hub.model.event import Event, Showing
from hub.model.feedback import Feedback
from hub.model.figures import FinalFigures
from hub.model.imports import Import, KeptChoices
from hub.model.jobs import JobRecord
from hub.model.journal import Entry, Stream, unreadable
from hub.model.outbox import Cursor, Message, Partition
from hub.model.ticket import PhoneCount, Reservation, Ticket
from hub.model.wallet import GoogleObject, Registration
from hub.model.webhook import Webhook

log = logging.getLogger(__name__)

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
    KeptChoices: "import_choices",
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


class _Int64Decoder(TypeDecoder):
    """Plain numbers in place of the driver's own type for those of 64 bits, which nothing but the driver encodes."""

    bson_type = Int64

    def transform_bson(self, value: Any) -> int:
        return int(value)


CODEC: CodecOptions[dict[str, Any]] = CodecOptions(
    tz_aware=True,
    type_registry=TypeRegistry([_Int64Decoder()]),
    datetime_conversion=DatetimeConversion.DATETIME_AUTO,
    unicode_decode_error_handler="replace",
)
"""How BSON is read: a value that Python has no room for spoils its own field, not the whole page that it came with."""


def to_bson(value: msgspec.Struct) -> dict[str, Any]:
    """Return `value` as a document; fields that hold their default are left out."""
    document: dict[str, Any] = msgspec.to_builtins(value, builtin_types=(datetime, bytes))
    return document


def from_bson(document: Mapping[str, Any], kind: type[T]) -> T:
    """Return a document as `kind`; fields that `kind` does not know are ignored.

    Raises `msgspec.ValidationError`, except of a journal entry: one that cannot be read has a placeholder, so that it
    stops no stream, page or report.
    """
    try:
        return msgspec.convert(document, kind)
    except msgspec.ValidationError as wrong:
        if kind is not Entry:
            raise
        log.error("a journal entry cannot be read: %s, %s: %s", document.get("event"), document.get("seq"), wrong)
        return cast(T, unreadable(document))
