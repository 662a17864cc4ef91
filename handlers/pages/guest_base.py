"""Base of the guests' pages, which need no login but a ticket's token."""

import msgspec

from handlers.pages.base import PageHandler
from hub.errors import Gone, HubError, NotFound
from hub.formats.dates import doors_open_of, lately, when_of
from hub.formats.seat import seat_text
from hub.model.event import Event
from hub.model.ticket import Ticket
from hub.sales.sell import NO_NAME
from hub.tickets.pricing import amount_of_ticket, to_pay
from hub.tickets.status import GuestStatus, guest_status
from hub.tickets.wallet_offer import SAVE_LINKS, SaveLink

PICTURE_PX = 1024


class Pass(msgspec.Struct, frozen=True, kw_only=True):
    """Ticket as its page shows it. The paths hold the ticket's token."""

    id: str
    token: str
    name: str
    product: str | None
    when: str
    doors_open: str
    """The time of day at which doors open; empty where the event does not say."""
    date: str
    time: str
    seat: str
    number: str
    """Beginning of its id: what a guest can say, and a door can search for."""
    code: str
    status: GuestStatus
    price: str
    """What it costs, in words; empty where that is not known."""
    to_pay: str
    """What a guest does about a ticket that is not paid."""
    scanned: str
    """When it was last let in, in words; empty where it was not."""
    picture: str
    page: str
    calendar: str
    apple: str | None
    """Address of the pass file, where the phone which asks takes it."""
    save_links: dict[str, str]
    """Addresses of save links by the provider's name, those that the phone which asks may use."""


class GuestPageHandler(PageHandler):
    """Base of the pages that a token opens. Without one, or with an old one, there is a kind page: the same for all."""

    is_translated = True

    def set_default_headers(self) -> None:
        """Keep the page, whose address is a key, out of caches and search engines."""
        super().set_default_headers()
        self.set_header("Cache-Control", "no-store, private")
        self.set_header("X-Robots-Tag", "noindex, nofollow")

    def shape(self, error: HubError) -> None:
        """Write an error; a link that opens nothing is explained."""
        if isinstance(error, NotFound):
            self.set_status(404)
            self.render("no_ticket.html")
        elif isinstance(error, Gone):
            self.set_status(error.status)
            self.render("handed_on.html", news=self.get_query_argument("news", ""))
        else:
            super().shape(error)

    @property
    def token(self) -> str:
        """The token in the page's address."""
        return self.get_query_argument("token", "")

    async def opened_ticket(self, ticket_id: str) -> Ticket:
        """Return the ticket that the address opens. Raises `NotFound`, or `HandedOn` to a past holder."""
        ticket = await self.hub.booking.ticket(ticket_id)
        self.hub.booking.check_opens(ticket, self.token)
        return ticket

    async def pass_of(self, ticket: Ticket, event: Event) -> Pass:
        """Return a ticket as it is shown."""
        self.event_language = event.language
        language = self.language
        now, token = self.hub.clock.now(), self.hub.booking.access_token(ticket)
        described = await self.hub.booking.describe(ticket, now, token=token, event=event)
        links = described.links
        amount = amount_of_ticket(ticket)
        stands = guest_status(ticket, event, now)
        return Pass(
            id=ticket.id,
            token=token,
            name="" if ticket.name == NO_NAME else ticket.name,
            product=ticket.product,
            when=when_of(ticket, event, language),
            doors_open=doors_open_of(ticket, event, language),
            date=ticket.date,
            time=ticket.time,
            seat=seat_text(ticket.seat, language),
            number=ticket.id[:8],
            code=described.code,
            status=stands,
            price=amount.in_words(language) if amount and amount.minor else "",
            to_pay=to_pay([ticket], event, language),
            scanned=lately(stands.at, now, event.timezone, language) if stands.at else "",
            picture=f"{links.qr}&format=png&size={PICTURE_PX}",
            page=links.page,
            calendar=f"/t/{ticket.id}/calendar?token={token}",
            apple=f"{links.pkpass}&format=pkpass" if links.pkpass and self._takes_apple else None,
            save_links={
                each.title: path
                for each in SAVE_LINKS
                if (path := links.pass_of(each.kind)) is not None and self._has(each)
            },
        )

    @property
    def _takes_apple(self) -> bool:
        """Whether Apple's passes can be added where this is read: an iPhone, or a computer that has it beside it."""
        return self.hub.wallet.has_button and "Android" not in self._reader

    def _has(self, provider: SaveLink) -> bool:
        return not any(name in self._reader for name in provider.absent_on)

    @property
    def _reader(self) -> str:
        return self.request.headers.get("User-Agent", "")
