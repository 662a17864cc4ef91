"""Webhook commands on the hub's own stream, so that every change of a webhook is in the journal."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec
from typing_extensions import override

from hub.errors import NotFound
from hub.model.command import Change, Key, NewEntry, UnitOfWork
from hub.model.kinds import Kind
from hub.model.webhook import Webhook, WebhookSecret

ROTATION = timedelta(hours=24)
"""How long a rotated secret still signs, beside the new one."""


class MakeWebhook:
    """Command: create a webhook."""

    weight = 1

    def __init__(self, webhook: Webhook) -> None:
        self._webhook = webhook

    def reads(self) -> Iterable[Key]:
        """Return nothing: a new webhook depends on no document."""
        return ()

    def decide(self, unit: UnitOfWork) -> Change[None]:
        """Create the webhook, with `webhook.created`."""
        return Change(answer=None, entries=[_entry("webhook.created", self._webhook.id)], put=[self._webhook])


class _OfOne(ABC):
    """Base of commands that change one existing webhook."""

    weight = 1

    def __init__(self, webhook_id: str) -> None:
        self._id = webhook_id

    def reads(self) -> Iterable[Key]:
        """Return the webhook's key."""
        yield Webhook, self._id

    def decide(self, unit: UnitOfWork) -> Change[Webhook]:
        """Change the webhook, with `webhook.changed` unless nothing differs. Raises `NotFound`."""
        webhook = unit.find(Webhook, self._id)
        if webhook is None:
            raise NotFound("Webhook not found")
        changed = self.change(webhook, unit.now)
        if changed == webhook:
            return Change(answer=webhook)
        return Change(answer=changed, entries=[_entry("webhook.changed", self._id)], put=[changed])

    @abstractmethod
    def change(self, webhook: Webhook, now: datetime) -> Webhook:
        """Return the changed webhook."""


class ChangeWebhook(_OfOne):
    """Command: change the given fields (None: unchanged). A rotated secret still signs for a day."""

    def __init__(
        self, webhook_id: str, *, url: str | None, kinds: list[str] | None, paused: bool | None, sealed: bytes | None
    ) -> None:
        super().__init__(webhook_id)
        self._url = url
        self._kinds = kinds
        self._paused = paused
        self._sealed = sealed

    @override
    def change(self, webhook: Webhook, now: datetime) -> Webhook:
        paused = webhook.paused if self._paused is None else self._paused
        return msgspec.structs.replace(
            webhook,
            url=self._url or webhook.url,
            kinds=self._kinds or webhook.kinds,
            paused=paused,
            paused_because=webhook.paused_because if paused else None,
            secrets=webhook.secrets if self._sealed is None else _rotate(webhook, self._sealed, now),
        )


class PauseWebhook(_OfOne):
    """Command: pause a webhook, with the reason."""

    def __init__(self, webhook_id: str, because: str) -> None:
        super().__init__(webhook_id)
        self._because = because

    @override
    def change(self, webhook: Webhook, now: datetime) -> Webhook:
        if webhook.paused:
            return webhook
        return msgspec.structs.replace(webhook, paused=True, paused_because=self._because)


class DeleteWebhook:
    """Command: delete a webhook."""

    weight = 1

    def __init__(self, webhook_id: str) -> None:
        self._id = webhook_id

    def reads(self) -> Iterable[Key]:
        """Return the webhook's key."""
        yield Webhook, self._id

    def decide(self, unit: UnitOfWork) -> Change[None]:
        """Delete the webhook, with `webhook.deleted`. Raises `NotFound`."""
        if unit.find(Webhook, self._id) is None:
            raise NotFound("Webhook not found")
        return Change(answer=None, entries=[_entry("webhook.deleted", self._id)], drop=[(Webhook, self._id)])


def _rotate(webhook: Webhook, sealed: bytes, now: datetime) -> list[WebhookSecret]:
    before = msgspec.structs.replace(webhook.secrets[0], until=now + ROTATION)
    return [WebhookSecret(sealed=sealed), before]


def _entry(kind: Kind, webhook_id: str) -> NewEntry:
    return NewEntry(kind=kind, data={"id": webhook_id})
