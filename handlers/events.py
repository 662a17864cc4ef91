"""Running an event over REST (booking-api.md, running an event)."""

from handlers.base import BaseHandler
from hub.devices import describe_device
from hub.errors import NotFound
from hub.events import describe_event
from hub.model import Device, Event
from hub.occupancy import occupancy


class EventsHandler(BaseHandler):
    """`/api/events`: public to read, for phones that choose one; organisers create."""

    async def get(self) -> None:
        """List the open events that are not past, as the TiBillet phone wants them."""
        now = self.hub.clock.now()
        self.answer([public_event(event) for event in await self.hub.events.open_to_come(now)])

    async def post(self) -> None:
        """Create an event."""
        await self.require("events:write")
        event = await self.hub.events.create(self.json_body(), self.hub.clock.now())
        self.set_header("Location", f"/api/events/{event.id}")
        self.answer(describe_event(event), 201)


class EventHandler(BaseHandler):
    """`/api/events/{uuid}`."""

    async def get(self, event_id: str) -> None:
        """Return one event: whole to organisers, else what is public."""
        event = await self.hub.events.get(event_id)
        principal = await self.principal()
        may_all = principal is not None and principal.has("events:write")
        self.answer(describe_event(event) | public_event(event) if may_all else public_event(event))


class OccupancyHandler(BaseHandler):
    """`/api/events/{uuid}/occupancy`."""

    async def get(self, event_id: str) -> None:
        """Return the counts, exact as of their sequence."""
        await self.require("tickets:read")
        view = await self.hub.describe(event_id)
        stream = await self.hub.store.journal.stream(event_id)
        if view is None or stream is None:
            raise NotFound("Event not found")
        self.answer(occupancy(stream, view, self.hub.clock.now()))


class DevicesHandler(BaseHandler):
    """`/api/devices`."""

    async def get(self) -> None:
        """List devices, of one event with `?event=`."""
        await self.require("devices:write")
        devices = await self.hub.devices.all(self.get_query_argument("event", None))
        self.answer([describe_device(device) for device in devices])

    async def post(self) -> None:
        """Create a device with its pairing code."""
        await self.require("devices:write")
        device, token = await self.hub.devices.create(self.json_body(), self.hub.clock.now())
        self.answer(with_pairing(device, token, self.hub.settings.base_url), 201)


class DevicePairingHandler(BaseHandler):
    """`/api/devices/{uuid}/pairing`."""

    async def post(self, device_id: str) -> None:
        """Give the device a new pairing code."""
        await self.require("devices:write")
        device, token = await self.hub.devices.renew(device_id, self.hub.clock.now())
        self.answer(with_pairing(device, token, self.hub.settings.base_url))


class DeviceArchiveHandler(BaseHandler):
    """`/api/devices/{uuid}/archive`."""

    async def post(self, device_id: str) -> None:
        """Take the device out of service."""
        await self.require("devices:write")
        self.answer(describe_device(await self.hub.devices.archive(device_id)))


def with_pairing(device: Device, token: str, base_url: str) -> dict[str, object]:
    """Return a device with the pairing that is shown this once."""
    until = device.pairing_expires_at
    url = f"{base_url}/scan/{token}/pair"
    pairing = {"token": token, "url": url, "expires_at": until.isoformat() if until else None}
    return {**describe_device(device), "pairing": pairing}


def public_event(event: Event) -> dict[str, object]:
    """Return what anybody may know of an event (scan-api.md, newer calls)."""
    return {
        "uuid": event.id,
        "name": event.name,
        "startDate": event.starts_at.isoformat() if event.starts_at else None,
        "publicKeyPem": event.key.public_pem,
        "description": event.venue or "",
        "url": f"/book/{event.id}",
    }
