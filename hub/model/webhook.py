"""A webhook as it is kept. Plain data; what is done with it is in `hub/webhooks/`."""

from datetime import datetime

import msgspec

from hub.model.base import Document


class WebhookSecret(msgspec.Struct, omit_defaults=True, kw_only=True):
    """What deliveries are signed with, encrypted; `until` when it was rotated out: how long it still signs."""

    sealed: bytes
    until: datetime | None = None


class Webhook(Document, kw_only=True):
    """Somebody's server that is told of journal entries of `kinds` (names or patterns, `ticket.*`)."""

    id: str
    url: str
    kinds: list[str]
    secrets: list[WebhookSecret]
    paused: bool = False
    paused_because: str | None = None
    """Why the hub paused it by itself: `gone`, the receiver answered 410."""
    created_at: datetime
