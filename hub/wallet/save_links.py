"""Save links: the interface of the wallet providers whose passes a guest saves by a link.

A provider is a row of the table and a field of `TicketLinks` (`hub/tickets/wallet_offer.py`), its settings, and a
`SaveLinkProvider` made in `hub/app.py`; paths and guests' pages follow the table.
"""

from abc import abstractmethod

from hub.model.event import Event
from hub.model.ticket import Ticket
from hub.outbox.consumer import Consumer


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
