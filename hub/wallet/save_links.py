"""Save links: one table of the wallet providers whose passes a guest saves by a link, and their interface.

A provider is a row of the table, its settings, and a `SaveLinkProvider` made in `hub/app.py`; paths, links of tickets
and guests' pages follow the table.
"""

from abc import abstractmethod
from typing import NamedTuple

from hub.model.event import Event
from hub.model.ticket import Ticket
from hub.outbox.consumer import Consumer
from hub.settings import Settings


class SaveLink(NamedTuple):
    """Wallet provider of save links."""

    kind: str
    """Its name in paths and in a ticket's `links`."""
    title: str
    """Its name for people."""
    set_up_by: str
    """The setting without which there are no links of it."""
    absent_on: tuple[str, ...] = ()
    """Parts of the User-Agent of phones that do not have it."""


SAVE_LINKS = (SaveLink("google", "Google Wallet", "google_account", absent_on=("iPhone", "iPad", "iPod")),)


def save_links_of(settings: Settings) -> tuple[str, ...]:
    """Return the providers that are set up, by kind."""
    return tuple(each.kind for each in SAVE_LINKS if getattr(settings, each.set_up_by))


class ProviderError(Exception):
    """Error of a call to a provider: `status` is the HTTP status, None without a response. Holds nothing secret."""

    def __init__(self, reason: str, status: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status


class SaveLinkProvider(Consumer):
    """Wallet provider: makes save links, and keeps saved passes current by the outbox. `close` after use."""

    @property
    @abstractmethod
    def is_ready(self) -> bool:
        """Ready state: it is configured, so that there are links."""

    @abstractmethod
    async def url(self, event: Event, ticket: Ticket) -> str | None:
        """Return the link that saves a ticket's pass; None where the provider is not set up. Raises `ProviderError`."""

    @abstractmethod
    async def close(self) -> None:
        """Close the connections to the provider."""
