"""Ticket resolver: from a QR code, a barcode or a choice by hand to the ticket that it names, or to a refusal.

A signature is verified before the database is asked for a ticket, so that a forger cannot probe for tickets.
"""

from collections.abc import Sequence

import msgspec

from hub.clock import Clock
from hub.door.codes import InvalidCode, Keyring, ParsedCode, barcode_spellings, parse, trimmed
from hub.door.manual_codes import HAND_KID, ManualCodes
from hub.door.practice import practice_verdict
from hub.door.request import ScanBody, wrong_field
from hub.door.rules import WRONG_EVENT, Verdict, verdict_of
from hub.errors import NotAllowed
from hub.model.access import Principal
from hub.model.base import By
from hub.model.event import Event
from hub.model.ticket import Ticket
from hub.rate_limit import RateLimiter
from store.collections.events import EventReader
from store.collections.tickets import TicketReader

INVALID_CODE, BAD_SIGNATURE = verdict_of("invalid_code"), verdict_of("bad_signature")
UNKNOWN_TICKET = verdict_of("unknown_ticket")

LONGEST_BARCODE = 100


class Resolution(msgspec.Struct, frozen=True, kw_only=True):
    """Outcome of resolving a scan: a ticket with its event, or a refusal.

    `issue` is None where the code names no issue of the ticket.
    """

    ticket: str | None = None
    issue: int | None = 1
    event: str | None = None
    by: By = "scan"
    refusal: Verdict | None = None


class TicketResolver:
    """Resolver of scans. `manual` and `misses` limit each device's check-ins by hand and unknown barcodes."""

    def __init__(
        self,
        tickets: TicketReader,
        events: EventReader,
        keyring: Keyring,
        manual_codes: ManualCodes,
        clock: Clock,
        *,
        manual: RateLimiter,
        misses: RateLimiter,
    ) -> None:
        self._tickets = tickets
        self._events = events
        self._keyring = keyring
        self._manual_codes = manual_codes
        self._clock = clock
        self._manual = manual
        self._misses = misses

    async def resolve(self, principal: Principal, body: ScanBody, *, is_limited: bool = True) -> Resolution:
        """Return the ticket that the body names and the event that vouches for it, or the refusal.

        Raises `NotAllowed` for a choice by hand without the right `search`, and, unless an organiser vouches for what
        is read (`is_limited` false), `SlowDown` for too many of them or of unknown barcodes.
        """
        if body.ticket_uuid is not None:
            self._check_by_hand(principal, is_limited)
            return await self._chosen(principal, body.ticket_uuid.lower(), body.issue)
        try:
            code = parse(trimmed(body.qrcode_data))
        except InvalidCode:
            return await self._barcode(principal, body, is_limited)
        if code.kid == HAND_KID:
            return self._hand_code(principal, code, is_limited)
        if code.kid is None:
            return await self._foreign(code, [each for each in (body.event_uuid, principal.event) if each])
        owner = await self._owner(code, code.kid)
        return Resolution(refusal=BAD_SIGNATURE) if owner is None else _named(code, owner)

    async def of_party(self, scanned: Resolution, ticket_id: str) -> Resolution:
        """Return another ticket of the reservation whose ticket was scanned. Raises `BadInput` (of_party)."""
        if scanned.ticket in (None, ticket_id):
            return scanned
        both = [await self._tickets.find(each) for each in (str(scanned.ticket), ticket_id)]
        if len({each.reservation if each is not None else None for each in both}) > 1 or both[1] is None:
            raise wrong_field("of_party", "is no ticket of the same reservation")
        return msgspec.structs.replace(scanned, ticket=ticket_id, issue=None)

    # --- by hand -------------------------------------------------------------------------------------------------

    def _check_by_hand(self, principal: Principal, is_limited: bool) -> None:
        if not may_search(principal):
            raise NotAllowed("not_allowed", "This device may not check in by hand")
        if is_limited:
            self._manual.take(principal.id)

    async def _chosen(self, principal: Principal, ticket_id: str, issue: int | None) -> Resolution:
        ticket = await self._tickets.find(ticket_id)
        if ticket is not None and principal.event not in (None, ticket.event):
            return Resolution(event=ticket.event, by="manual", refusal=WRONG_EVENT)  # without the guest's name
        return Resolution(ticket=ticket_id, issue=issue, event=ticket.event if ticket else None, by="manual")

    def _hand_code(self, principal: Principal, code: ParsedCode, is_limited: bool) -> Resolution:
        hand = self._manual_codes.read(code, principal.id, self._clock.now())
        if hand is None:
            return Resolution(refusal=BAD_SIGNATURE)
        self._check_by_hand(principal, is_limited)
        return Resolution(ticket=hand.uuid, issue=hand.g, event=hand.event, by="manual")

    # --- signed codes --------------------------------------------------------------------------------------------

    async def _owner(self, code: ParsedCode, kid: str) -> str | None:
        if not self._keyring.knows(kid):
            self._learn([await self._events.by_kid(kid)])
        return self._keyring.owner(code, ())

    async def _foreign(self, code: ParsedCode, named: Sequence[str]) -> Resolution:
        """Resolve a code that names no key. Keys are read anew: an event may import another at any time."""
        self._learn([await self._events.find(each) for each in named])
        owners = self._keyring.owners(code, named)
        if not owners:
            events = await self._events.open(self._clock.now())
            self._learn(events)
            owners = self._keyring.owners(code, [event.id for event in events])
        if not owners:
            return Resolution(refusal=BAD_SIGNATURE)
        ticket = await self._tickets.find(code.uuid)
        if ticket is None:
            return _named(code, owners[0])
        # A server whose key was imported may sign any uuid: it vouches for tickets of the events that trust it only.
        if ticket.event not in owners:
            self._learn([await self._events.find(ticket.event)])
            if not self._keyring.owners(code, [ticket.event]):
                return Resolution(event=owners[0], refusal=UNKNOWN_TICKET)
        return _named(code, ticket.event)

    def _learn(self, events: Sequence[Event | None]) -> None:
        for event in events:
            if event is not None:
                self._keyring.learn(event)

    # --- imported barcodes ---------------------------------------------------------------------------------------

    async def _barcode(self, principal: Principal, body: ScanBody, is_limited: bool) -> Resolution:
        event_id = principal.event or body.event_uuid
        if event_id is None or len(body.qrcode_data) > LONGEST_BARCODE:
            return Resolution(refusal=INVALID_CODE)
        if is_limited:
            self._misses.take(principal.id)  # before it is looked up: many at once must not all pass
        ticket = await self._by_barcode(event_id, body.qrcode_data)
        if ticket is None:
            return Resolution(refusal=INVALID_CODE)
        if is_limited:
            self._misses.give_back(principal.id)
        return Resolution(ticket=ticket.id, event=ticket.event)

    async def _by_barcode(self, event_id: str, text: str) -> Ticket | None:
        """Return the ticket with this barcode, by any of its spellings."""
        for barcode in barcode_spellings(text):
            if ticket := await self._tickets.by_barcode(event_id, barcode):
                return ticket
        return None


def may_search(principal: Principal) -> bool:
    """Return whether a device may look for guests and check them in by hand; a script may if it reads tickets."""
    return "search" in principal.may or principal.has("tickets:read")


def _named(code: ParsedCode, owner: str) -> Resolution:
    practice = practice_verdict(owner, code.uuid)
    if practice is not None:
        return Resolution(event=owner, refusal=practice)
    return Resolution(ticket=code.uuid, issue=code.issue, event=owner)
