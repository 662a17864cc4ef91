"""Answers of the API about webhooks: never their secrets, but the one that was just made."""

from datetime import datetime

import msgspec

from hub.language.catalogue import Language
from hub.language.problems import reason_text
from hub.model.webhook import Webhook


class WebhookView(msgspec.Struct, frozen=True, kw_only=True):
    """Webhook as organisers see it. `old_secret_until`: how long the rotated secret still signs."""

    id: str
    url: str
    kinds: list[str]
    paused: bool
    paused_because: str | None
    old_secret_until: datetime | None
    created_at: datetime


class NewWebhookView(WebhookView, frozen=True, kw_only=True):
    """Webhook with its signing secret, which is shown this once."""

    secret: str


class PingResult(msgspec.Struct, frozen=True, kw_only=True):
    """Result of a test delivery: `status` is the HTTP status, `reason` is of a failure."""

    delivered: bool
    status: int | None
    reason: str | None


def webhook_view(webhook: Webhook, language: Language) -> WebhookView:
    """Return a webhook without its secrets."""
    rotated = [secret.until for secret in webhook.secrets if secret.until is not None]
    return WebhookView(
        id=webhook.id,
        url=webhook.url,
        kinds=webhook.kinds,
        paused=webhook.paused,
        paused_because=reason_text(webhook.paused_because, language),
        old_secret_until=rotated[0] if rotated else None,
        created_at=webhook.created_at,
    )


def new_webhook_view(webhook: Webhook, secret: str, language: Language) -> NewWebhookView:
    """Return a webhook that was just made, with its secret."""
    return NewWebhookView(**msgspec.structs.asdict(webhook_view(webhook, language)), secret=secret)
