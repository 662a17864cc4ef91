"""What changes a webhook: commands on the hub's own journal, so that every change of one is on record."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec

from hub.errors import NotFound
from hub.model.command import Change, Key, NewEntry, UnitOfWork
from hub.model.kinds import Kind
from hub.model.webhook import Webhook, WebhookSecret

ROTATION = timedelta(hours=24)
"""How long the secret before still signs, beside the new one."""


class MakeWebhook:
    """Write a new webhook down."""

    weight = 1

    def __init__(self, webhook: Webhook) -> None:
        self._webhook = webhook

    def reads(self) -> Iterable[Key]:
        """Nothing: it is new."""
        return ()

    def decide(self, unit: UnitOfWork) -> Change[None]:
        """Put it down."""
        return Change(answer=None, entries=[_tell("webhook.created", self._webhook.id)], put=[self._webhook])


class _OfOne(ABC):
    """A change of one webhook that is there."""

    weight = 1

    def __init__(self, webhook_id: str) -> None:
        self._id = webhook_id

    def reads(self) -> Iterable[Key]:
        """The webhook."""
        yield Webhook, self._id

    def decide(self, unit: UnitOfWork) -> Change[Webhook]:
        """Change it. Raises `NotFound`; what stays as it was is no news."""
        webhook = unit.find(Webhook, self._id)
        if webhook is None:
            raise NotFound("Webhook not found")
        changed = self.change(webhook, unit.now)
        if changed == webhook:
            return Change(answer=webhook)
        return Change(answer=changed, entries=[_tell("webhook.changed", self._id)], put=[changed])

    @abstractmethod
    def change(self, webhook: Webhook, now: datetime) -> Webhook:
        """Return the webhook as it is to be."""


class ChangeWebhook(_OfOne):
    """Change what is told (None: stays). A new secret takes the first place; the one before signs on for a day."""

    def __init__(
        self, webhook_id: str, *, url: str | None, kinds: list[str] | None, paused: bool | None, sealed: bytes | None
    ) -> None:
        super().__init__(webhook_id)
        self._url = url
        self._kinds = kinds
        self._paused = paused
        self._sealed = sealed

    def change(self, webhook: Webhook, now: datetime) -> Webhook:
        """Take over what was told."""
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
    """Pause a webhook, saying why."""

    def __init__(self, webhook_id: str, because: str) -> None:
        super().__init__(webhook_id)
        self._because = because

    def change(self, webhook: Webhook, now: datetime) -> Webhook:
        """Pause it; one that is paused stays so, for the reason it has."""
        if webhook.paused:
            return webhook
        return msgspec.structs.replace(webhook, paused=True, paused_because=self._because)


class DeleteWebhook:
    """Delete a webhook."""

    weight = 1

    def __init__(self, webhook_id: str) -> None:
        self._id = webhook_id

    def reads(self) -> Iterable[Key]:
        """The webhook."""
        yield Webhook, self._id

    def decide(self, unit: UnitOfWork) -> Change[None]:
        """Delete it. Raises `NotFound`."""
        if unit.find(Webhook, self._id) is None:
            raise NotFound("Webhook not found")
        return Change(answer=None, entries=[_tell("webhook.deleted", self._id)], drop=[(Webhook, self._id)])


def _rotate(webhook: Webhook, sealed: bytes, now: datetime) -> list[WebhookSecret]:
    before = msgspec.structs.replace(webhook.secrets[0], until=now + ROTATION)
    return [WebhookSecret(sealed=sealed), before]


def _tell(kind: Kind, webhook_id: str) -> NewEntry:
    return NewEntry(kind=kind, data={"id": webhook_id})
