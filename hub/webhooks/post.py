"""Signed HTTP POST of one delivery to a webhook."""

import msgspec

from hub.clock import Clock
from hub.model.webhook import Webhook
from hub.secrets import Vault
from hub.webhooks.payload import Payload
from hub.webhooks.signature import HEADER, sign
from hub.webhooks.wire import MayReach, Wire


class Post:
    """Signing sender of deliveries. `may_reach` is the address filter that `wire` connects by."""

    def __init__(self, wire: Wire, vault: Vault, clock: Clock, *, may_reach: MayReach) -> None:
        self.may_reach = may_reach
        self._wire = wire
        self._vault = vault
        self._clock = clock

    async def send(self, webhook: Webhook, payload: Payload) -> int:
        """Post `payload` to a webhook, signed with all secrets that are valid now; return the status.

        Raises `DeliveryFailed`.
        """
        body = msgspec.json.encode(payload)
        now = self._clock.now()
        sealed = [secret.sealed for secret in webhook.secrets if secret.until is None or now < secret.until]
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "ScanHub",
            "X-Hub-Delivery": str(payload.id),
            "X-Hub-Kind": payload.kind,
            HEADER: sign([self._vault.open(one) for one in sealed], int(now.timestamp()), body),
        }
        return await self._wire.post(webhook.url, body, headers)

    async def close(self) -> None:
        """Close all connections."""
        await self._wire.close()
