"""Bundles of passes over HTTP: all passes of a reservation, in files of ten at most (docs/wallet.md)."""

import re
from collections.abc import Sequence
from typing import Annotated
from urllib.parse import urlencode

import msgspec

from handlers.http.operation import JSON, operation
from handlers.wallet.answers import BundleAnswer, BundlesAnswer
from handlers.wallet.passes import WalletHandler
from handlers.wallet.qr import uuid_or_400
from hub.errors import BadInput, NotFound
from hub.model.ticket import Ticket
from hub.wallet.apple.bundles import Bundle, bundles_of
from hub.wallet.apple.package import BUNDLE_TYPE


class BundleHandler(WalletHandler):
    """Base of the paths of a reservation's bundles; `part` in the query says which, the first by default."""

    async def send_bundle(self, reservation_id: str, tickets: Sequence[Ticket]) -> Bundle:
        """Send one bundle, with a `Link` to the next where there is one, and return it."""
        await self.check_offered(tickets[0])
        bundles = bundles_of(tickets)
        chosen = bundles[self._part(len(bundles)) - 1]
        body = await self.hub.wallet.bundle_of(chosen.tickets)
        if chosen.part < len(bundles):
            query = urlencode({**self._query(), "part": chosen.part + 1})
            self.set_header("Link", f'<{self.request.path}?{query}>; rel="next"')
        self.set_header("Content-Type", BUNDLE_TYPE)
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("Content-Disposition", f'attachment; filename="{file_name(reservation_id, chosen)}"')
        self.set_header("Cache-Control", "private, no-cache")
        self.finish(body)
        return chosen

    def _part(self, parts: int) -> int:
        text = self.get_query_argument("part", "1")
        if not re.fullmatch(r"[1-9][0-9]{0,5}", text, re.ASCII) or int(text) > parts:
            raise BadInput("part", {"part": f"must be 1 to {parts}"})
        return int(text)

    def _query(self) -> dict[str, str]:
        """Rest of the query, for the next bundle's address."""
        token = self.get_query_argument("token", "")
        return {"token": token} if token else {}


class PassesHandler(BundleHandler):
    """`GET /reservations/{id}/pkpasses`."""

    @operation(
        "get_reservation_passes",
        answer=BundlesAnswer,
        media=(JSON, BUNDLE_TYPE),
        query_texts={"part": Annotated[int, msgspec.Meta(ge=1, le=999_999)]},
        refuses=("invalid", "wallet_off", "not_invited", "wallet_unavailable"),
    )
    async def get(self, reservation_id: str) -> None:
        """Return one bundle of the reservation, or, as JSON, the description of all."""
        reservation_id = uuid_or_400(reservation_id)
        _, tickets = await self.hub.tickets.reservation(reservation_id)
        if not tickets:
            raise NotFound("Reservation not found")
        self.add_header("Vary", "Accept, Authorization, Cookie")
        if "application/json" in self.request.headers.get("Accept", ""):
            await self.check_offered(tickets[0])
            self.set_header("Cache-Control", "private, no-store")
            self.answer(self._describe(reservation_id, tickets))
        else:
            await self.send_bundle(reservation_id, tickets)

    def _describe(self, reservation_id: str, tickets: Sequence[Ticket]) -> BundlesAnswer:
        token = self.hub.booking.reservation_token(reservation_id, tickets)
        address = f"{self.hub.settings.base_url}/r/{reservation_id}/pkpasses"
        described = [
            BundleAnswer(
                part=bundle.part,
                first=bundle.first,
                last=bundle.last,
                tickets=[ticket.id for ticket in bundle.tickets],
                file_name=file_name(reservation_id, bundle),
                content_type=BUNDLE_TYPE,
                download_url=f"{address}?{urlencode({'token': token, 'part': bundle.part})}",
            )
            for bundle in bundles_of(tickets)
        ]
        return BundlesAnswer(reservation=reservation_id, passes=len(tickets), bundles=described)


class GuestPassesHandler(BundleHandler):
    """`GET /r/{id}/pkpasses?token=...`: the same for the buyer, from the reservation's page."""

    async def get(self, reservation_id: str) -> None:
        """Return one bundle to a holder of the reservation's token."""
        token = self.get_query_argument("token", "")
        reservation, tickets = await self.hub.tickets.reservation(reservation_id)
        if not tickets or not self.hub.booking.opens_reservation(reservation.id, tickets, token):
            raise NotFound("Reservation not found")
        sent = await self.send_bundle(reservation.id, tickets)
        opened = [ticket.id for ticket in sent.tickets]
        await self.hub.pass_uses.open(reservation.event, opened, self.hub.clock.now())


def file_name(reservation_id: str, bundle: Bundle) -> str:
    """Return the name a bundle is saved under: each part has its own."""
    return f"tickets-{reservation_id[:8]}{f'-{bundle.part}' if bundle.part > 1 else ''}.pkpasses"
