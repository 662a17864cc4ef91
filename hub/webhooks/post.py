"""Signed HTTP POST of one delivery to a webhook."""

import asyncio
from typing import TYPE_CHECKING

import msgspec

from hub.clock import Clock
from hub.model.webhook import Webhook
from hub.vault import Vault
from hub.webhooks.addresses import MayReach
from hub.webhooks.payload import Payload
from hub.webhooks.signature import HEADER, sign, standard_headers

if TYPE_CHECKING:
    from hub.webhooks.wire import Wire


class Post:
    """Signing sender of deliveries, to addresses that `may_reach` allows. Its HTTP client is made with the first."""

    def __init__(self, vault: Vault, clock: Clock, *, may_reach: MayReach) -> None:
        self.may_reach = may_reach
        self._wire: Wire | None = None
        self._vault = vault
        self._clock = clock

    async def send(self, webhook: Webhook, payload: Payload) -> int:
        """Post `payload` to a webhook, signed with all secrets that are valid now; return the status.

        Raises `DeliveryFailed`.
        """
        body = msgspec.json.encode(payload)
        now = self._clock.now()
        sealed = [secret.sealed for secret in webhook.secrets if secret.until is None or now < secret.until]
        opened, timestamp = [self._vault.open(one) for one in sealed], int(now.timestamp())
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "ScanHub",
            "X-Hub-Delivery": str(payload.id),
            "X-Hub-Kind": payload.kind,
            HEADER: sign(opened, timestamp, body),
            **standard_headers(opened, str(payload.id), timestamp, body),
        }
        wire = await self._opened()
        return await wire.post(webhook.url, body, headers)

    async def close(self) -> None:
        """Close all connections."""
        if self._wire is not None:
            await self._wire.close()

    async def _opened(self) -> "Wire":
        """Return the HTTP client, the first time made in a thread: it loads a library, and the certificates."""
        if self._wire is None:
            made = await asyncio.to_thread(self._make_wire)
            self._wire = self._wire or made  # another delivery may have been faster
        return self._wire

    def _make_wire(self) -> "Wire":
        from hub.webhooks.wire import Wire

        return Wire(self._clock, may_reach=self.may_reach)
