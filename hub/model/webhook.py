"""Webhook and its signing secrets, as stored. Plain data."""

from datetime import datetime

import msgspec

from hub.model.base import Document


class WebhookSecret(msgspec.Struct, omit_defaults=True, kw_only=True):
    """Signing secret, encrypted; `until` is the end of a rotated one."""

    sealed: bytes
    until: datetime | None = None


class Webhook(Document, kw_only=True):
    """Webhook: a subscription of `url` to journal entries of `kinds` (names or patterns, `ticket.*`)."""

    id: str
    url: str
    kinds: list[str]
    secrets: list[WebhookSecret]
    paused: bool = False
    paused_because: str | None = None
    """Reason of a pause by the hub: `gone`, the receiver answered 410."""
    created_at: datetime
