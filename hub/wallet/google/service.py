"""Google Wallet service: save links, and the outbox consumer that updates saved passes (docs/wallet.md)."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from http import HTTPStatus
from typing import Any

import structlog
from typing_extensions import override

from hub.clock import Clock
from hub.language.catalogue import Language, first_known
from hub.model.event import Event
from hub.model.journal import Entry
from hub.model.outbox import Message
from hub.model.ticket import Ticket
from hub.model.wallet import GoogleObject
from hub.outbox.consumer import DeliveryFailed, OutgoingMessage, Page
from hub.settings import Settings
from hub.wallet.google.client import Account, AccountError, GoogleClient, GoogleError, load_account
from hub.wallet.google.objects import class_id, ended_object, event_class, object_id, ticket_object
from hub.wallet.pass_changes import SUBSCRIBED_KINDS, is_visible, tickets_of
from hub.wallet.save_links import SaveLinkProvider
from store.collections.events import EventReader
from store.collections.tickets import TicketReader
from store.collections.wallet import GoogleObjects
from store.collections.wallet_rollout import PassUses

log = structlog.get_logger(__name__)

SAVE_URL = "https://pay.google.com/gp/v/save/"
LONGEST_URL = 1800
TRANSLATIONS = ("localizedHeader", "localizedBody")
LEFT_OUT: Sequence[Sequence[str]] = (
    (),
    TRANSLATIONS,
    (*TRANSLATIONS, "ticketType"),
    (*TRANSLATIONS, "ticketType", "seatInfo"),
    ("ticketType", "seatInfo", "textModulesData"),
    ("ticketType", "seatInfo", "textModulesData", "name"),
)
"""What a link leaves out that would be too long, step by step; `name` is cut."""
CLASS_FIELDS = frozenset({"picture_alt"})
"""Changed fields of an event that are read to people in Google's wallet, and are on no pass of Apple's."""
CLASS, OBJECT = "eventTicketClass", "eventTicketObject"

CodeOf = Callable[[Ticket], Awaitable[str]]


class GoogleWallet(SaveLinkProvider):
    """Google Wallet of a process; does nothing without an account and an issuer in the settings. `close` after use."""

    name = "google-wallet"

    def __init__(
        self,
        settings: Settings,
        events: EventReader,
        tickets: TicketReader,
        objects: GoogleObjects,
        uses: PassUses,
        code_of: CodeOf,
        clock: Clock,
    ) -> None:
        self.per_s = settings.pushes_per_s
        self._issuer = settings.google_issuer
        self._organisation = settings.organisation
        self._language = settings.language
        self._base_url = settings.base_url
        self._events = events
        self._tickets = tickets
        self._objects = objects
        self._uses = uses
        self._code_of = code_of
        self._clock = clock
        self._account = _account_of(settings)
        self._client = GoogleClient(self._account, settings.google_api_url, clock) if self._account else None
        self._made: set[str] = set()

    @property
    @override
    def is_ready(self) -> bool:
        """Whether there is an account to sign links with."""
        return self._client is not None

    @override
    async def close(self) -> None:
        """Close the connections to Google."""
        if self._client is not None:
            await self._client.close()

    @override
    async def url(self, event: Event, ticket: Ticket) -> str | None:
        """Return the link that saves a ticket, at most 1,800 characters; None where there is no account.

        Raises `GoogleError` where the event's class is not at Google and could not be made.
        """
        if self._account is None or self._client is None:
            return None
        await self._make_class(self._client, event)
        now = self._clock.now()
        saved = ticket_object(self._issuer, event, ticket, await self._code_of(ticket), now, self._language_of(event))
        claims = {"aud": "google", "typ": "savetowallet", "iat": int(now.timestamp()), "origins": []}
        url = _fitting(self._account, claims, saved)
        await self._objects.keep(
            GoogleObject(id=saved["id"], ticket=ticket.id, event=event.id, issue=ticket.issue, created_at=now)
        )
        return url

    def _language_of(self, event: Event) -> Language:
        return first_known(event.language, self._language)

    def _class_of(self, event: Event) -> dict[str, Any]:
        return event_class(self._issuer, self._organisation, event, self._language_of(event), self._base_url)

    async def _make_class(self, client: GoogleClient, event: Event) -> None:
        """Create the event's class beforehand: inside the link it would be too long."""
        if event.id not in self._made:
            await client.insert(CLASS, self._class_of(event))
            self._made.add(event.id)

    # --- outbox consumer -----------------------------------------------------------------------------

    @override
    async def subscribed_kinds(self) -> Collection[str]:
        """Return the kinds that change or end a pass; none without an account."""
        return SUBSCRIBED_KINDS if self.is_ready else ()

    @override
    async def filter(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """Return the entries of whole events, and those of tickets with a save link."""
        offered = await self._objects.offered(tickets_of(entries))
        return [entry for entry in entries if entry.ticket is None or entry.ticket in offered]

    @override
    async def route(self, entry: Entry, after: str | None) -> Page:
        """Return a message for the event's class, or for each object of the ticket."""
        if entry.kind != "ticket.deleted" and not is_visible(entry, also=CLASS_FIELDS):
            return Page()
        if entry.ticket is None:
            return Page([_message(class_id(self._issuer, entry.event), {"event": entry.event})])
        objects = await self._objects.of_ticket(entry.ticket)
        return Page([_message(each.id, {"ticket": each.ticket, "issue": each.issue}) for each in objects])

    @override
    async def send(self, message: Message) -> int | None:
        """Update a class or object at Google to its current state; 404 is fine: no guest saved it."""
        if self._client is None:
            return None
        try:
            if "event" in message.content:
                return await self._send_class(self._client, message.content["event"])
            return await self._send_object(self._client, message.content["ticket"], message.content["issue"])
        except GoogleError as wrong:
            raise DeliveryFailed(wrong.reason, status=wrong.status) from None

    async def _send_class(self, client: GoogleClient, event_id: str) -> int | None:
        event = await self._events.find(event_id)
        if event is None:
            return None
        described = self._class_of(event)
        described.setdefault("heroImage", None)  # a PATCH keeps what it does not name
        return await client.patch(CLASS, described["id"], described)

    async def _send_object(self, client: GoogleClient, ticket_id: str, issue: int) -> int:
        name = object_id(self._issuer, ticket_id, issue)
        ticket = await self._tickets.find(ticket_id)
        event = None if ticket is None else await self._events.find(ticket.event)
        if ticket is None or event is None or ticket.issue != issue:
            status = await client.patch(OBJECT, name, ended_object())
            await self._objects.drop(name)
            return status
        code, now = await self._code_of(ticket), self._clock.now()
        described = ticket_object(self._issuer, event, ticket, code, now, self._language_of(event))
        described.setdefault("seatInfo", None)  # a PATCH keeps what it does not name
        status = await client.patch(OBJECT, name, described)
        if status is not None and status < HTTPStatus.BAD_REQUEST:  # Google has it once a guest saved it
            await self._uses.add(event.id, ticket.id, self._clock.now())
        return status


def _account_of(settings: Settings) -> Account | None:
    """Return the service account of the settings; None, with a warning in the log, where it cannot be used."""
    if settings.google_account is None or not settings.google_issuer:
        return None
    try:
        return load_account(settings.google_account, settings.google_token_url)
    except AccountError as wrong:
        log.warning("Google Wallet cannot be used", setting="HUB_GOOGLE_ACCOUNT", reason=str(wrong))
        return None


def _fitting(account: Account, claims: dict[str, Any], saved: dict[str, Any]) -> str:
    """Return the link with as much of the object as fits; the rest of it comes with its first update."""
    for left_out in LEFT_OUT:
        slim = _without(saved, left_out)
        if "textModulesData" in slim:
            slim["textModulesData"] = [_without(each, left_out) for each in saved["textModulesData"]]
        if "name" in left_out:
            slim["ticketHolderName"] = slim["ticketHolderName"][:20]
        url = SAVE_URL + account.sign({**claims, "payload": {"eventTicketObjects": [slim]}})
        if len(url) <= LONGEST_URL:
            return url
    raise GoogleError("the link would be too long")


def _without(fields: dict[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {each: value for each, value in fields.items() if each not in names}


def _message(name: str, content: dict[str, Any]) -> OutgoingMessage:
    return OutgoingMessage(target=name, partition=name, content=content, replaces=True)
