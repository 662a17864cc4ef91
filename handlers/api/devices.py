"""Devices over REST (booking-api.md, running an event)."""

from handlers.http.base import BaseHandler
from handlers.http.operation import operation
from handlers.http.paging import WholeQuery, cut_whole, read_page, read_place
from hub.devices.answers import (
    AcceptedAnswer,
    DeviceAnswer,
    DroppedAnswer,
    ListedDeviceAnswer,
    PairingAnswer,
    QuarantinedBatchAnswer,
    describe_device,
    describe_listed,
    describe_pairing,
    describe_quarantined,
)
from hub.devices.service import DeviceForm, DevicePatch
from hub.model.kinds import SILENT


class DevicesQuery(WholeQuery, kw_only=True):
    """The query of `GET /api/devices`."""

    event: str | None = None


class DevicesHandler(BaseHandler):
    """`/api/devices`."""

    @operation("list_devices", query=DevicesQuery, answer=list[ListedDeviceAnswer])
    async def get(self) -> None:
        """List devices, of one event with `?event=`, and which of them are online."""
        query, after = read_page(self, DevicesQuery, read_place)
        found = [each for each in await self.hub.devices.all(query.event) if self.known.knows(each.event or "")]
        devices = cut_whole(self, query, after, found, lambda device: (device.created_at, device.id))
        online = await self.hub.online.devices()
        alerts = await self.hub.alerts.of_devices(SILENT, {device.id for device in devices})
        silent = {alert.device for alert in alerts} - online.keys()
        self.answer([describe_listed(each, online.get(each.id), is_silent=each.id in silent) for each in devices])

    @operation("create_device", body=DeviceForm, answer=PairingAnswer, status=201, refuses=("not_found",))
    async def post(self) -> None:
        """Create a device with its pairing code."""
        device, token = await self.hub.devices.create(self.json_body(), self.hub.clock.now(), self.known)
        self.answer(describe_pairing(device, token, self.hub.settings.base_url), 201)


class DeviceHandler(BaseHandler):
    """`/api/devices/{uuid}`."""

    @operation("get_device", answer=DeviceAnswer)
    async def get(self, device_id: str) -> None:
        """Return one device."""
        self.answer(describe_device(await self.hub.devices.get(device_id)))

    @operation("change_device", body=DevicePatch, answer=DeviceAnswer)
    async def patch(self, device_id: str) -> None:
        """Change the device's name, door or rights, and answer it."""
        changed = await self.hub.devices.change(device_id, self.json_body(), self.known)
        self.hub.authenticator.forget()
        self.answer(describe_device(changed))


class DevicePairingHandler(BaseHandler):
    """`/api/devices/{uuid}/pairing`."""

    @operation("renew_pairing", answer=PairingAnswer)
    async def post(self, device_id: str) -> None:
        """Give the device a new pairing code."""
        device, token = await self.hub.devices.renew(device_id, self.hub.clock.now(), self.known)
        self.answer(describe_pairing(device, token, self.hub.settings.base_url))


class DeviceArchiveHandler(BaseHandler):
    """`/api/devices/{uuid}/archive`."""

    @operation("archive_device", answer=DeviceAnswer)
    async def post(self, device_id: str) -> None:
        """Take the device out of service."""
        archived = await self.hub.devices.archive(device_id)
        self.hub.authenticator.forget()
        self.answer(describe_device(archived))


class HeldHandler(BaseHandler):
    """`/api/devices/{uuid}/held`."""

    @operation("list_held_scans", query=WholeQuery, answer=list[QuarantinedBatchAnswer])
    async def get(self, device_id: str) -> None:
        """List the quarantined scans, as the phone sent them."""
        query, after = read_page(self, WholeQuery, read_place)
        batches = await self.hub.batches.quarantined((await self.hub.devices.get(device_id)).id)
        shown = cut_whole(self, query, after, batches, lambda batch: (batch.received_at, batch.id))
        self.answer([describe_quarantined(batch) for batch in shown])


class HeldDecisionHandler(BaseHandler):
    """`/api/devices/{uuid}/held/accept` and `/drop`."""

    @operation("{decision}_held_scans", answer={"accept": AcceptedAnswer, "drop": DroppedAnswer})
    async def post(self, device_id: str, decision: str) -> None:
        """Record the quarantined scans as facts, or drop them."""
        device = await self.hub.devices.get(device_id)
        if decision == "accept":
            self.answer(AcceptedAnswer(accepted=await self.hub.batches.accept(device)))
        else:
            self.answer(DroppedAnswer(dropped=await self.hub.batches.drop(device.id)))
