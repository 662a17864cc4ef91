"""Answers of the API about outbox messages: a delivery of a webhook, and a message of any consumer."""

from datetime import datetime

import msgspec

from hub.language.catalogue import Language
from hub.language.problems import reason_text
from hub.model.journal import HUB_STREAM
from hub.model.outbox import Message, MessageState


class DeliveryView(msgspec.Struct, frozen=True, kw_only=True):
    """Delivery as organisers see it. `status` is the HTTP status that came back; the response body is not kept."""

    id: str
    kind: str
    event: str | None
    seq: int
    state: MessageState
    attempts: int
    status: int | None
    reason: str | None
    queued_at: datetime
    tried_at: datetime | None


class MessageView(msgspec.Struct, frozen=True, kw_only=True):
    """Message of any consumer, as administrators see it: a delivery with its consumer and target."""

    consumer: str
    target: str
    id: str
    kind: str
    event: str | None
    seq: int
    state: MessageState
    attempts: int
    status: int | None
    reason: str | None
    queued_at: datetime
    tried_at: datetime | None


def delivery_view(message: Message, language: Language) -> DeliveryView:
    """Return a message as a delivery; `event` is None for an entry of the hub's own stream."""
    return DeliveryView(
        id=message.id,
        kind=message.kind,
        event=None if message.stream == HUB_STREAM else message.stream,
        seq=message.seq,
        state=message.state,
        attempts=message.attempts,
        status=message.status,
        reason=reason_text(message.reason, language),
        queued_at=message.written_at,
        tried_at=message.tried_at,
    )


def message_view(message: Message, language: Language) -> MessageView:
    """Return a message with its consumer and target."""
    delivery = msgspec.structs.asdict(delivery_view(message, language))
    return MessageView(consumer=message.consumer, target=message.target, **delivery)
