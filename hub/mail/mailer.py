"""Base of the mail consumers: their pace, the rate limit of each address, and the SMTP client."""

from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage
from typing import Protocol, TypeVar

from hub.clock import Clock
from hub.mail.post import Post
from hub.mail.recipients import Recipients
from hub.outbox.consumer import Consumer, DeliveryFailed
from hub.settings import Settings


class Addressed(Protocol):
    """Content of a mail, with its recipient's address."""

    @property
    def recipient(self) -> str:
        """The recipient's address."""


Content = TypeVar("Content", bound=Addressed)


class Mailer(Consumer):
    """Base of consumers that send mail. `stop` after use."""

    per_s = 5.0
    concurrency = 2
    send_timeout_s = 60.0

    def __init__(self, settings: Settings, recipients: Recipients, clock: Clock) -> None:
        self._settings = settings
        self._recipients = recipients
        self._clock = clock
        self._post = Post(settings)

    async def stop(self) -> None:
        """Wait for mails in progress."""
        await self._post.stop()

    async def deliver(
        self, content: Content, write: Callable[[Content, datetime], EmailMessage], *, is_limited: bool
    ) -> None:
        """Write a mail and send it; `is_limited`: it counts for its address. Raises `DeliveryFailed`."""
        try:
            mail = write(content, self._clock.now())
        except ValueError:
            raise DeliveryFailed("the address is none", permanent=True) from None
        with self._recipients.limit(content.recipient, is_limited=is_limited):
            await self._post.send(mail)
