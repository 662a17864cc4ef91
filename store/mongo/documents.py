"""Codec between plain data and BSON, and the collection of each kind of document.

The one place where the driver's own types become plain ones: none of them leaves the store.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar, cast

import msgspec
import structlog
from bson import DBRef, Int64
from bson.codec_options import CodecOptions, DatetimeConversion, TypeDecoder, TypeRegistry
from typing_extensions import override

from hub.errors import Unreadable
from hub.model.access import (
    ApiKey,
    Attendance,
    Challenge,
    Device,
    Factors,
    LoginStep,
    MailedLink,
    QuarantinedBatch,
    Session,
    User,
)
from hub.model.alert import Alert
from hub.model.base import Document
from hub.model.command import IdempotencyRecord
from hub.model.event import Event, Showing
from hub.model.figures import FinalFigures
from hub.model.imports import Import, KeptChoices
from hub.model.jobs import JobRecord
from hub.model.journal import Entry, Stream, unreadable
from hub.model.outbox import Cursor, Message, Partition
from hub.model.payment import Till
from hub.model.picture import Picture
from hub.model.relay.documents import RelayCopy, RelayFact, RelayRole
from hub.model.ticket import Feedback, PhoneCount, Reservation, Ticket
from hub.model.waiting import WaitingEntry, WaitingQueue
from hub.model.wallet import GoogleObject, PassUse, Registration, WalletWave, WaveLetter
from hub.model.webhook import Webhook

log = structlog.get_logger(__name__)

T = TypeVar("T")

COLLECTIONS: Mapping[type[Document], str] = {
    Alert: "alerts",
    ApiKey: "keys",
    Attendance: "presence",
    Challenge: "challenges",
    Cursor: "cursors",
    Device: "devices",
    Event: "events",
    Feedback: "feedback",
    Factors: "factors",
    FinalFigures: "figures",
    QuarantinedBatch: "held",
    Import: "imports",
    JobRecord: "jobs",
    KeptChoices: "import_choices",
    LoginStep: "login_steps",
    MailedLink: "mailed_links",
    Message: "letters",
    Partition: "lanes",
    PhoneCount: "phones",
    Picture: "pictures",
    GoogleObject: "google_objects",
    PassUse: "wallet_uses",
    WalletWave: "wallet_waves",
    WaveLetter: "wallet_letters",
    Registration: "wallet_registrations",
    RelayCopy: "relay_copies",
    RelayFact: "relay_facts",
    RelayRole: "relays",
    IdempotencyRecord: "nonces",
    Reservation: "reservations",
    Session: "sessions",
    Showing: "showings",
    Stream: "streams",
    Ticket: "tickets",
    Till: "tills",
    User: "users",
    WaitingEntry: "waiting",
    WaitingQueue: "waiting_queues",
    Webhook: "webhooks",
}


class _Int64Decoder(TypeDecoder):
    """Decodes 64-bit integers as `int`, in place of the driver's own type, which nothing but the driver encodes."""

    bson_type = Int64

    @override
    def transform_bson(self, value: Int64) -> int:
        return int(value)


class _ReferenceDecoder(TypeDecoder):
    """Decodes a document with `$ref` and `$id`, which a client may send, as `dict`, in place of a reference."""

    bson_type = DBRef

    @override
    def transform_bson(self, value: DBRef) -> dict[str, Any]:
        return dict(value.as_doc())


CODEC: CodecOptions[dict[str, Any]] = CodecOptions(
    tz_aware=True,
    type_registry=TypeRegistry([_Int64Decoder(), _ReferenceDecoder()]),
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

    Raises `Unreadable`, except of a journal entry: one that cannot be read has a placeholder, so that it stops no
    stream, page or report.
    """
    try:
        return msgspec.convert(document, kind)
    except msgspec.ValidationError as wrong:
        if kind is not Entry:
            log_unreadable(kind.__name__.lower(), str(document.get("_id")), str(wrong))
            raise Unreadable(kind.__name__.lower()) from wrong
        log_unreadable("entry", f"{document.get('event')}/{document.get('seq')}", str(wrong))
        return cast(T, unreadable(document))


def readable(documents: Iterable[Mapping[str, Any]], kind: type[T]) -> list[T]:
    """Return those of `documents` that can be read as `kind`; each of the others is logged, and left out."""
    found = (_from_bson_or_none(document, kind) for document in documents)
    return [each for each in found if each is not None]


def _from_bson_or_none(document: Mapping[str, Any], kind: type[T]) -> T | None:
    try:
        return from_bson(document, kind)
    except Unreadable:
        return None


@lru_cache(maxsize=1024)
def log_unreadable(kind: str, document_id: str, problem: str) -> None:
    """Log a document that cannot be read: once in a process, however often it is read."""
    log.error("a stored document cannot be read", kind=kind, id=document_id, problem=problem)
