"""Passes for wallets: the file, or what is to be known of it as JSON (wallet.md, pass)."""

import base64
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode

import msgspec
import structlog

from handlers.api.tickets import readable_ticket
from handlers.http.base import BaseHandler
from handlers.wallet.qr import TicketFileHandler, uuid_or_400
from hub.errors import BadInput, NotFound
from hub.model.event import Event
from hub.model.ticket import Ticket
from hub.tickets.wallet_offer import check_offered
from hub.wallet.apple.package import BUNDLE_TYPE, PASS_TYPE
from hub.wallet.apple.passes import PassesUnavailable, PassFile
from hub.wallet.google.client import GoogleError

log = structlog.get_logger(__name__)

FORMS = ("json", "pkpass")


class WalletHandler(BaseHandler):
    """What all paths of passes share."""

    def send_pass(self, made: PassFile, body: bytes, content_type: str) -> None:
        """Send `body`, a form of the pass, or 304 where whoever asks has it already."""
        self.set_header("ETag", made.etag)
        self.set_header("Last-Modified", made.modified_at)
        self.set_header("Cache-Control", "private, no-cache")
        self.set_header("Content-Type", content_type)
        if self._is_known(made):
            self.set_status(304)
            self.finish()
        else:
            self.finish(body)

    def _is_known(self, made: PassFile) -> bool:
        if "If-None-Match" in self.request.headers:
            return self.check_etag_header()
        since = _moment(self.request.headers.get("If-Modified-Since"))
        return since is not None and made.modified_at <= since

    async def check_offered(self, ticket: Ticket) -> Event:
        """Return the ticket's event. Raises unless the ticket's holder is offered passes."""
        event = await self.hub.events.get(ticket.event)
        check_offered(event, ticket)
        return event


class PassHandler(TicketFileHandler, WalletHandler):
    """`GET /tickets/{id}/pkpass`."""

    async def get(self, ticket_id: str) -> None:
        """Return the ticket's pass: JSON, or the file itself."""
        ticket = await readable_ticket(self, ticket_id)
        wants_file = self._wants_file()
        event = await self.check_offered(ticket)
        made = await self.hub.wallet.pass_of(ticket)
        self.add_header("Vary", "Accept, Authorization, Cookie")
        if wants_file:
            self.set_header("Content-Disposition", f'attachment; filename="{made.file_name}"')
            self.send_pass(made, made.body, PASS_TYPE)
            return
        described = msgspec.json.encode(await self._describe(event, ticket, made))
        self.send_pass(msgspec.structs.replace(made, etag=f'{made.etag[:-1]}-json"'), described, "application/json")

    def _wants_file(self) -> bool:
        asked = self.get_query_argument("format", "")
        if asked not in ("", *FORMS):
            raise BadInput("format", {"format": f"must be one of {', '.join(FORMS)}"})
        return asked == "pkpass" or (not asked and PASS_TYPE in self.request.headers.get("Accept", ""))

    async def _describe(self, event: Event, ticket: Ticket, made: PassFile) -> dict[str, Any]:
        google = await self._google_url(event, ticket)
        query = urlencode({"format": "pkpass", "token": self.hub.booking.access_token(ticket)})
        return {
            "ticketId": ticket.id,
            "serialNumber": made.serial,
            "passTypeIdentifier": made.pass_type,
            "fileName": made.file_name,
            "contentType": PASS_TYPE,
            "sha256": made.sha256,
            "updatedAt": made.modified_at,
            "downloadUrl": f"{self.hub.settings.base_url}/tickets/{ticket.id}/pkpass?{query}",
            **({"googleWalletUrl": google} if google else {}),
            **({"development": True} if made.is_development else {}),
            "pkpass": base64.b64encode(made.body).decode(),
        }

    async def _google_url(self, event: Event, ticket: Ticket) -> str | None:
        """Return the link, None where there is none now: Google being away keeps nobody from Apple's pass."""
        try:
            return await self.hub.google.url(event, ticket)
        except GoogleError as wrong:
            log.warning("no link to Google Wallet", reason=wrong.reason, status=wrong.status)
            return None


class GoogleHandler(WalletHandler):
    """`GET /tickets/{id}/google`: leads to Google Wallet, which saves the ticket."""

    async def get(self, ticket_id: str) -> None:
        """Redirect there."""
        ticket = await readable_ticket(self, uuid_or_400(ticket_id))
        event = await self.check_offered(ticket)
        try:
            url = await self.hub.google.url(event, ticket)
        except GoogleError as wrong:
            raise PassesUnavailable(f"{wrong.reason} {wrong.status or ''}") from wrong
        if url is None:
            raise NotFound("Google Wallet is not offered here", code="wallet_off")
        self.set_header("Cache-Control", "private, no-store")
        self.set_header("Referrer-Policy", "no-referrer")
        self.redirect(url)


class PassesHandler(WalletHandler):
    """`GET /reservations/{id}/pkpasses`."""

    async def get(self, reservation_id: str) -> None:
        """Return the passes of all tickets of a reservation as one file, to whoever may read them all."""
        _, tickets = await self.hub.tickets.reservation(uuid_or_400(reservation_id))
        if not tickets:
            raise NotFound("Reservation not found")
        await self.check_offered(tickets[0])
        bundled = await self.hub.wallet.bundle_of(tickets)
        self.set_header("Content-Type", BUNDLE_TYPE)
        self.set_header("Content-Disposition", f'attachment; filename="tickets-{reservation_id[:8]}.pkpasses"')
        self.set_header("Cache-Control", "private, no-cache")
        self.finish(bundled)


def _moment(header: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(header or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else None
