"""Passes over HTTP: the file or its JSON description, and the link to Google Wallet (docs/wallet.md)."""

import base64
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Literal
from urllib.parse import urlencode

import msgspec
import structlog
from msgspec import UNSET

from handlers.api.tickets import readable_ticket
from handlers.http.base import BaseHandler
from handlers.http.operation import JSON, operation
from handlers.wallet.answers import PassAnswer
from handlers.wallet.qr import TicketFileHandler, uuid_or_400
from hub.errors import BadInput, NotFound
from hub.model.event import Event
from hub.model.ticket import Ticket
from hub.tickets.wallet_offer import SAVE_LINKS, check_offered
from hub.wallet.apple.package import PASS_TYPE
from hub.wallet.apple.passes import PassesUnavailable, PassFile
from hub.wallet.save_links import ProviderError

log = structlog.get_logger(__name__)

FORMS = ("json", "pkpass")


class WalletHandler(BaseHandler):
    """Base of the paths of passes: conditional requests, and the check that the event offers passes."""

    def send_pass(self, made: PassFile, body: bytes, content_type: str) -> None:
        """Send `body`, one form of the pass, or 304 where `If-None-Match` or `If-Modified-Since` matches."""
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
        """Return the ticket's event. Raises `NotFound` or `NotAllowed` unless its holder is offered passes."""
        event = await self.hub.events.get(ticket.event)
        check_offered(event, ticket)
        return event

    async def keep_opening(self, ticket: Ticket) -> None:
        """Record that its holder opened a ticket's pass; a key that reads it is no holder."""
        if self.known.kind == "ticket" and self.request.method != "HEAD":
            await self.hub.pass_uses.open(ticket.event, [ticket.id], self.hub.clock.now())


class PassHandler(TicketFileHandler, WalletHandler):
    """`GET /tickets/{id}/pkpass`."""

    @operation(
        "get_ticket_pass",
        answer=PassAnswer,
        media=(JSON, PASS_TYPE),
        query_texts={"format": Literal["json", "pkpass"]},
        also=((304, None),),
        refuses=("invalid", "wallet_off", "not_invited", "wallet_unavailable", "bad_token", "handed_on"),
    )
    async def get(self, ticket_id: str) -> None:
        """Return the ticket's pass: JSON, or the file itself."""
        ticket = await readable_ticket(self, ticket_id)
        wants_file = self._wants_file()
        event = await self.check_offered(ticket)
        made = await self.hub.wallet.pass_of(ticket)
        await self.keep_opening(ticket)
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

    async def _describe(self, event: Event, ticket: Ticket, made: PassFile) -> PassAnswer:
        google = await self._save_url("google", event, ticket)
        query = urlencode({"format": "pkpass", "token": self.hub.booking.access_token(ticket)})
        return PassAnswer(
            ticket_id=ticket.id,
            serial_number=made.serial,
            pass_type_identifier=made.pass_type,
            file_name=made.file_name,
            content_type=PASS_TYPE,
            sha256=made.sha256,
            updated_at=made.modified_at,
            download_url=f"{self.hub.settings.base_url}/tickets/{ticket.id}/pkpass?{query}",
            google_wallet_url=google or UNSET,
            development=made.is_development or UNSET,
            pkpass=base64.b64encode(made.body).decode(),
        )

    async def _save_url(self, kind: str, event: Event, ticket: Ticket) -> str | None:
        """Return a save link, None where there is none now: Apple's pass is served while the provider is away."""
        try:
            return await self.hub.save_links[kind].url(event, ticket)
        except ProviderError as wrong:
            log.warning("no save link", provider=kind, reason=wrong.reason, status=wrong.status)
            return None


class SaveLinkHandler(WalletHandler):
    """`GET /tickets/{id}/google` and the like: redirect to the wallet provider, which saves the ticket."""

    @operation(
        "save_to_{last}_wallet",
        status=302,
        refuses=("invalid", "wallet_off", "not_invited", "wallet_unavailable", "bad_token", "handed_on"),
    )
    async def get(self, ticket_id: str) -> None:
        """Redirect to the save link: 503 while the provider is away, 404 where it is not set up."""
        provider = next(each for each in SAVE_LINKS if self.request.path.rstrip("/").endswith(f"/{each.kind}"))
        ticket = await readable_ticket(self, uuid_or_400(ticket_id))
        event = await self.check_offered(ticket)
        try:
            url = await self.hub.save_links[provider.kind].url(event, ticket)
        except ProviderError as wrong:
            raise PassesUnavailable(f"{wrong.reason} {wrong.status or ''}") from wrong
        if url is None:
            raise NotFound(f"{provider.title} is not offered here", code="wallet_off")
        await self.keep_opening(ticket)
        self.set_header("Cache-Control", "private, no-store")
        self.set_header("Referrer-Policy", "no-referrer")
        self.redirect(url)


def _moment(header: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(header or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else None
