"""Scan API for doors, over REST: pair, test, check, scan (scan-api.md)."""

import asyncio
from urllib.parse import quote, urlsplit

from msgspec import UNSET

from handlers.http.access import Rule
from handlers.http.base import BaseHandler
from handlers.http.content_coding import takes_gzip
from handlers.http.entity_tag import answer_unless_known, is_known, tag_of, untagged
from handlers.http.operation import operation
from hub.access.authenticate import device_principal
from hub.devices.answers import (
    AllowAnyAnswer,
    DoorAnswer,
    KeyDevice,
    PairedAnswer,
    PairingOffer,
    ScanAppAnswer,
    ServerInfo,
    ValidKeyAnswer,
    describe_offer,
)
from hub.devices.service import DoorChoice
from hub.door import response
from hub.door.corrections import HeadcountBody, UndoBody
from hub.door.guest_search import GuestPage, ListBody, SearchBody
from hub.door.manifest import Since, parse_since
from hub.door.manifest_answer import ManifestAnswer
from hub.door.manifest_cache import unpack
from hub.door.offline_batches import BatchBody
from hub.door.request import ScanBody
from hub.door.response import BatchAnswer
from hub.errors import BadInput, HubError, NotAllowed, PairingFailed, RefusalAnswer, refusal_answer
from hub.model.access import Device, Principal
from hub.model.device_info import DeviceInfo, info_from_header

CHUNK_BYTES = 64 * 1024
"""Of a manifest that are written at once."""
SCAN_REFUSALS = (
    "invalid_code",
    "bad_signature",
    "unknown_ticket",
    "wrong_event",
    "nonce_reused",
    "already_paid",
    "device_archived",
)
"""Codes of refusals of a scan, and of its dry run."""


class ScanHandler(BaseHandler):
    """Base of the scan API: its own error shape, and a key with every request."""

    refusal = RefusalAnswer
    refusal_media = "application/json"
    stranger_status = 403

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
        """Device info of the request; None for an unreadable or absent one."""
        return info_from_header(self.request.headers.get("X-Device-Info"))

    async def prepare(self) -> None:
        """Authorise, and record the device info."""
        await super().prepare()
        if self.asker is not None:
            self.hub.last_seen.heard(self.asker, self.device_info)

    def refuse_stranger(self) -> None:
        """Refuse as the scan API does: 403."""
        raise NotAllowed("bad_key", "Invalid or missing API key")

    def refuse(self, rule: Rule) -> None:
        """Refuse a good credential that may not scan."""
        raise NotAllowed("not_allowed", "This key may not scan")


class PairHandler(ScanHandler):
    """`GET /scan/{token}/pair`: the literal call; a browser gets the scanner page, which pairs on one tap."""

    compute_etag = untagged

    @operation("pair_device", answer=PairedAnswer, also=((302, None),), refuses=("pairing_failed",))
    async def get(self, token: str) -> None:
        """Spend the token for a key."""
        self.set_header("Cache-Control", "no-store")
        self.add_header("Vary", "Accept")
        if self.is_browser:
            self.redirect(f"/scanner#pair={quote(token, safe='')}")
            return
        self.hub.limits.failed_pairings.check(self.address)
        try:
            paired = await self.hub.devices.pair(token, self.hub.clock.now())
        except PairingFailed:
            self.hub.limits.failed_pairings.count(self.address)
            raise
        self.hub.last_seen.heard_of(paired.device.id, self.device_info)
        addresses, _ = await self.hub.addresses_of(paired.device.event)
        self.answer(
            PairedAnswer(
                addresses=addresses or UNSET,
                api_key=paired.api_key,
                device_uuid=paired.device.id,
                device_name=paired.device.name,
                tenant_name=self.hub.settings.organisation,
            )
        )

    @operation("probe_pairing")
    def head(self, token: str) -> None:
        """Consume nothing."""
        self.set_header("Cache-Control", "no-store")
        self.finish()


class PairingOfferHandler(ScanHandler):
    """`GET /scan/{token}/offer`: the offer of a pairing code, before it is spent."""

    @operation("get_pairing_offer", answer=PairingOffer, refuses=("pairing_failed",))
    async def get(self, token: str) -> None:
        """Return organiser, event, door and rights; the token is not spent."""
        self.set_header("Cache-Control", "no-store")
        self.hub.limits.failed_pairings.check(self.address)
        try:
            device = await self.hub.devices.offered(token, self.hub.clock.now())
        except PairingFailed:
            self.hub.limits.failed_pairings.count(self.address)
            raise
        event = await self.hub.events.get(device.event) if device.event is not None else None
        self.answer(describe_offer(device, event, self.hub.settings.organisation))


class TestApiHandler(ScanHandler):
    """`GET /scan/test_api/`."""

    @operation("test_api", answer=ValidKeyAnswer, headers=("X-Device-Info",))
    async def get(self) -> None:
        """Answer that the key is valid, and which device's it is."""
        device = KeyDevice(
            uuid=self.known.id,
            name=self.known.name,
            event=self.known.event,
            door=self.known.door,
            may=sorted(self.known.may),
        )
        addresses, relay = await self.hub.addresses_of(self.known.event)
        server = ServerInfo(
            addresses=addresses or UNSET,
            relay=UNSET if relay is None else relay,
            tenant=self.hub.settings.organisation,
            domain=urlsplit(f"//{self.request.host}").netloc,
            timestamp=self.hub.clock.now().isoformat(timespec="microseconds"),
        )
        body = ValidKeyAnswer(device_info=device, server_info=server)
        answer_unless_known(self, body, [device, server.tenant, server.domain, addresses, relay])


class DoorHandler(ScanHandler):
    """`POST /scan/door/`: another door of its event, chosen by the device itself."""

    @operation("choose_door", body=DoorChoice, answer=DoorAnswer)
    async def post(self) -> None:
        """Move the device, and answer where it stands."""
        device = await self.hub.devices.choose_door(self.known, self.json_body())
        self.answer(DoorAnswer(door=device.door))


class CheckApiHandler(ScanHandler):
    """`GET /scan/check_api_scan/`, which newer phones ask."""

    @operation("check_api_scan", answer=ScanAppAnswer)
    async def get(self) -> None:
        """Answer the device's name."""
        self.answer(ScanAppAnswer(scan_app=self.known.name))


class CheckAllowAnyHandler(ScanHandler):
    """`GET /scan/check_allow_any/`: TiBillet's phone asks whether this server answers at all; public."""

    @operation("check_allow_any", answer=AllowAnyAnswer)
    async def get(self) -> None:
        """Answer as TiBillet's server does."""
        self.answer(AllowAnyAnswer())


class CheckAllowAnyWildcardHandler(CheckAllowAnyHandler):
    """`GET /scan/check_allow_any_widlcard/` (its own spelling): the same, for pages of any origin."""

    @operation("check_allow_any_wildcard", answer=AllowAnyAnswer)
    async def get(self) -> None:
        """Answer as TiBillet's server does."""
        self.set_header("Access-Control-Allow-Origin", "*")
        await super().get()


class CheckTicketHandler(ScanHandler):
    """`POST /scan/check_ticket/`: look without scanning."""

    @operation(
        "check_ticket",
        body=ScanBody,
        answer=response.DoorAnswer,
        problem=response.DoorAnswer,
        refuses=SCAN_REFUSALS,
    )
    async def post(self) -> None:
        """Dry run of a scan: its verdict, with nothing recorded."""
        status, body = await self.hub.scanning.check(self.known, self.json_body(), self.hub.clock.now())
        self.answer(body, status)


class ScanTicketHandler(ScanHandler):
    """`POST /scan/ticket/`: scan."""

    @operation(
        "scan_ticket",
        body=ScanBody,
        answer=response.DoorAnswer,
        problem=response.DoorAnswer,
        headers=("Idempotency-Key",),
        refuses=SCAN_REFUSALS,
    )
    async def post(self) -> None:
        """Decide, record, answer."""
        status, body = await self.hub.scanning.scan(self.known, self.json_body())
        self.answer(body, status)


class UndoHandler(ScanHandler):
    """`POST /scan/undo/`: take back a ticket's last scan."""

    @operation(
        "undo_scan",
        body=UndoBody,
        answer=response.DoorAnswer,
        problem=response.DoorAnswer,
        refuses=("not_last", "too_late", "unknown_scan", "unknown_ticket", "nonce_reused", "device_archived"),
    )
    async def post(self) -> None:
        """Take it back."""
        status, body = await self.hub.scanning.undo(self.known, self.json_body())
        self.answer(body, status)


class HeadcountHandler(ScanHandler):
    """`POST /scan/headcount/`: people without tickets."""

    @operation(
        "count_people",
        body=HeadcountBody,
        answer=response.DoorAnswer,
        problem=response.DoorAnswer,
        refuses=("not_inside", "full", "nonce_reused", "device_archived"),
    )
    async def post(self) -> None:
        """Count them."""
        status, body = await self.hub.scanning.headcount(self.known, self.json_body())
        self.answer(body, status)


class BatchHandler(ScanHandler):
    """`POST /scan/batch/`: scans made offline. An archived device may send its own for a day."""

    _archived: Device | None = None

    async def identify(self, rule: Rule) -> Principal | None:
        """Return the principal; an archived device is let in as well, by its key that opens nothing else."""
        try:
            return await super().identify(rule)
        except NotAllowed as refusal:
            return device_principal(await self._find_archived(refusal))

    @operation("record_offline_scans", body=BatchBody, answer=BatchAnswer)
    async def post(self) -> None:
        """Record them, or quarantine them for the organiser."""
        if self._archived is None:
            try:
                self.answer(await self.hub.batches.record(self.known, self.json_body(), info=self.device_info))
                return
            except NotAllowed as refusal:  # it was archived meanwhile, and the transaction saw it first
                await self._find_archived(refusal)
        if self._archived is not None:
            self.answer(await self.hub.batches.quarantine(self._archived, self.json_body()))

    async def _find_archived(self, refusal: NotAllowed) -> Device:
        """Return the archived device whose key this is; raises `refusal` where it is for another reason."""
        if refusal.code == "device_archived":
            self._archived = await self.hub.authenticator.archived_device(self.api_key)
        if self._archived is None:
            raise refusal
        return self._archived


class ManifestHandler(ScanHandler):
    """`/scan/manifest/`: the manifest of the device's event: whole, a page, or what changed since a position."""

    @operation("get_manifest", query=Since, answer=ManifestAnswer)
    async def get(self) -> None:
        """Stream it in chunks, so that a phone with a slow line holds up no other."""
        body = await self.hub.manifests.make(self.known, parse_since(self.query_texts))
        self.set_header("Content-Type", "application/json")
        self.set_header("Cache-Control", "no-store")
        self.add_header("Vary", "Accept-Encoding")
        is_packed = takes_gzip(self.request.headers.get("Accept-Encoding", ""))
        if not is_packed:
            body = await asyncio.to_thread(unpack, body)
        if is_known(self, await asyncio.to_thread(tag_of, body)):
            return
        if is_packed:
            self.set_header("Content-Encoding", "gzip")
        self.set_header("Content-Length", str(len(body)))
        for begin in range(0, len(body), CHUNK_BYTES):
            self.write(body[begin : begin + CHUNK_BYTES])
            await self.flush()


class SearchTicketHandler(ScanHandler):
    """`POST /scan/search_ticket/`."""

    @operation("search_guests", body=SearchBody, answer=GuestPage, refuses=("not_found",))
    async def post(self) -> None:
        """Return the guests with such a name."""
        self.answer(await self.hub.search.search(self.known, self.json_body()))


class ListTicketsHandler(ScanHandler):
    """`POST /scan/list_tickets/`."""

    @operation("list_guests", body=ListBody, answer=GuestPage, refuses=("not_found",))
    async def post(self) -> None:
        """Return one page of the event's guests."""
        self.answer(await self.hub.search.page(self.known, self.json_body()))
