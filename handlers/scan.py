"""The door over REST: pair, test, check, scan (scan-api.md)."""

from urllib.parse import urlsplit

from handlers.base import BaseHandler
from hub.device_commands import PairingFailed
from hub.errors import BadInput, HubError, NotAllowed, refusal_answer
from hub.model import Principal
from hub.presence import DeviceInfo, info_from_header


class ScanHandler(BaseHandler):
    """Base of the scan API: its own error shape, and a key with every request."""

    def shape(self, error: HubError) -> None:
        """Write an error as every answer of this API is: success, code, message."""
        self.answer(refusal_answer(error), error.status)

    def json_body(self) -> object:
        """Return the body's JSON, which must be an object."""
        body = super().json_body()
        if not isinstance(body, dict):
            raise BadInput("The body must be a JSON object", code="bad_request", status=400)
        nonce = self.request.headers.get("Idempotency-Key")
        return {"nonce": nonce, **body} if nonce else body

    @property
    def device_info(self) -> DeviceInfo | None:
        """What the phone says of itself; None where it says nothing that can be read."""
        return info_from_header(self.request.headers.get("X-Device-Info"))

    async def scanner(self) -> Principal:
        """Return the device, or the script with the scope `scan`, that asks. Raises `NotAllowed` with 403."""
        principal = await self.principal()
        if principal is None:
            raise NotAllowed("bad_key", "Invalid or missing API key")
        if not principal.has("scan"):
            raise NotAllowed("not_allowed", "This key may not scan")
        self.hub.presence.heard(principal, self.device_info)
        return principal


class PairHandler(ScanHandler):
    """`GET /scan/{token}/pair`: the literal call; a browser gets the scanner page, which pairs on one tap."""

    async def get(self, token: str) -> None:
        """Spend the token for a key."""
        self.set_header("Cache-Control", "no-store")
        self.add_header("Vary", "Accept")
        if "text/html" in self.request.headers.get("Accept", ""):
            self.redirect(f"/scanner#pair={token}")
            return
        self.hub.limits.failed_pairings.check(self.address)
        try:
            paired = await self.hub.devices.pair(token, self.hub.clock.now())
        except PairingFailed:
            self.hub.limits.failed_pairings.count(self.address)
            raise
        self.hub.presence.heard_of(paired.device.id, self.device_info)
        self.answer(
            {
                "success": True,
                "message": "Device successfully paired",
                "api_key": paired.api_key,
                "device_uuid": paired.device.id,
                "device_name": paired.device.name,
                "tenant_name": self.hub.settings.organisation,
            }
        )

    def head(self, token: str) -> None:
        """Consume nothing."""
        self.set_header("Cache-Control", "no-store")
        self.finish()


class TestApiHandler(ScanHandler):
    """`GET /scan/test_api/`."""

    async def get(self) -> None:
        """Tell that the key is valid, and whose it is."""
        principal = await self.scanner()
        self.answer(
            {
                "success": True,
                "message": "API key is valid",
                "device_info": {"uuid": principal.id, "name": principal.name, "claimed": True, "archived": False},
                "server_info": {
                    "tenant": self.hub.settings.organisation,
                    "domain": urlsplit(f"//{self.request.host}").netloc,
                    "timestamp": self.hub.clock.now().isoformat(timespec="microseconds"),
                },
            }
        )


class CheckApiHandler(ScanHandler):
    """`GET /scan/check_api_scan/`, which newer phones ask."""

    async def get(self) -> None:
        """Tell the device's name."""
        self.answer({"scan_app": (await self.scanner()).name})


class CheckTicketHandler(ScanHandler):
    """`POST /scan/check_ticket/`: look without scanning."""

    async def post(self) -> None:
        """Tell what a scan would do."""
        principal = await self.scanner()
        status, body = await self.hub.scanning.check(principal, self.json_body(), self.hub.clock.now())
        self.answer(body, status)


class ScanTicketHandler(ScanHandler):
    """`POST /scan/ticket/`: scan."""

    async def post(self) -> None:
        """Decide, record, answer."""
        principal = await self.scanner()
        status, body = await self.hub.scanning.scan(principal, self.json_body())
        self.answer(body, status)


class UndoHandler(ScanHandler):
    """`POST /scan/undo/`: take back a ticket's last scan."""

    async def post(self) -> None:
        """Take it back."""
        principal = await self.scanner()
        status, body = await self.hub.scanning.undo(principal, self.json_body())
        self.answer(body, status)


class HeadcountHandler(ScanHandler):
    """`POST /scan/headcount/`: people without tickets."""

    async def post(self) -> None:
        """Count them."""
        principal = await self.scanner()
        status, body = await self.hub.scanning.headcount(principal, self.json_body())
        self.answer(body, status)


class BatchHandler(ScanHandler):
    """`POST /scan/batch/`: scans made offline. An archived device may send its own for a day."""

    async def post(self) -> None:
        """Record them, or keep them for the organiser."""
        try:
            principal = await self.scanner()
        except NotAllowed as refusal:
            if refusal.code != "device_archived":
                raise
            device = await self.hub.people.archived_device(self.api_key)
            if device is None:
                raise
            self.answer(await self.hub.batches.hold(device, self.json_body()))
            return
        self.answer(await self.hub.batches.record(principal, self.json_body(), info=self.device_info))
