"""What an archived device sent: accepted or dropped by the organiser (scan-api.md, offline)."""

from handlers.http.base import BaseHandler
from hub.errors import NotFound
from hub.model.journal import Device


class OneDeviceHandler(BaseHandler):
    """Reads a device."""

    async def device(self, device_id: str) -> Device:
        """Return the device. Raises `NotFound`."""
        device = await self.hub.store.catalog.device(device_id)
        if device is None:
            raise NotFound("Device not found")
        return device


class HeldHandler(OneDeviceHandler):
    """`/api/devices/{uuid}/held`."""

    async def get(self, device_id: str) -> None:
        """List the scans that wait, as the phone sent them."""
        batches = await self.hub.batches.held((await self.device(device_id)).id)
        self.answer([{"received_at": batch.received_at.isoformat(), "scans": batch.scans} for batch in batches])


class HeldDecisionHandler(OneDeviceHandler):
    """`/api/devices/{uuid}/held/accept` and `/drop`."""

    async def post(self, device_id: str, decision: str) -> None:
        """Record what waits as facts, or forget it."""
        device = await self.device(device_id)
        if decision == "accept":
            self.answer({"accepted": await self.hub.batches.accept(device)})
        else:
            self.answer({"dropped": await self.hub.batches.drop(device.id)})
