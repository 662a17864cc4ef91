"""Waiting list service: guests join, accept and leave; offers that are due go on to the next (booking-api.md)."""

import hmac
import re
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

import msgspec

from hub.errors import BadInput, NotFound
from hub.formats.contact import box_of
from hub.formats.name_search import MOST_WORDS, begin_words, words_of
from hub.formats.phone import WRONG_PHONE, country_of, is_phone
from hub.model.event import Event, Showing
from hub.model.waiting import WaitingEntry, WaitingQueue
from hub.secrets import is_same
from hub.tickets.book import BookTickets
from hub.tickets.orders import Order, split_name
from hub.tickets.pricing import Kind, is_sold
from hub.tickets.seats import Seats, showing_id
from hub.tickets.waiting import AcceptOffer, ForgetWaiting, JoinWaiting, LeaveWaiting, OnRepeat, SettleQueue
from hub.vault import IndexPurpose, TokenPurpose, Vault
from store.collections.showings import WaitingReader
from store.journal.journal import Journal

LOOKED_AT_ONCE = 500
"""Entries that a search reads at once."""
LOOKED_AT_BY_A_SEARCH = 5_000
"""Entries that one page of a search reads at most."""
Place = tuple[datetime, str]
"""Moment and id of an entry, after which a page begins."""
FEWEST_DIGITS = 3
"""Digits from which on a search looks at phone numbers."""


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """Party that wants to wait, validated."""

    event: str
    date: str
    time: str
    tickets: int
    name: str
    email: str
    phone_number: str | None = None
    product: str | None = None
    price: str | None = None
    language: str | None = None


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Standing of an entry: `waiting` at a `position` from 1, `offered` until a moment, or its outcome."""

    state: str
    position: int | None = None
    passed: int = 0
    offered_until: datetime | None = None


class WaitingList:
    """Waiting list of all events."""

    def __init__(self, journal: Journal, reader: WaitingReader, seats: Seats, vault: Vault) -> None:
        self._journal = journal
        self._reader = reader
        self._seats = seats
        self._vault = vault
        self._token_key = vault.token_key(TokenPurpose.WAITING)

    async def join(
        self, party: Party, *, idempotency: str | None = None, by_guest: bool, on_repeat: OnRepeat = "refuse"
    ) -> WaitingEntry:
        """Have a party wait, once for the same `idempotency`. Raises the refusals of `JoinWaiting`."""
        if on_repeat == "remind" and idempotency is not None:  # another body is no mistake: that would tell who waits
            idempotency += f"/{_body_of(party).hex()}"
        entry = WaitingEntry(
            id=str(uuid4()) if idempotency is None else self._id_of(idempotency),
            showing=showing_id(party.event, party.date, party.time),
            by_guest=by_guest,
            joined_at=datetime.min,
            **msgspec.structs.asdict(party),
        )
        joining = JoinWaiting(entry, self.mailbox(party.email), self._seats, on_repeat)
        return await self._journal.append(party.event, joining)

    async def leave(self, entry: WaitingEntry) -> None:
        """Give a place up, or decline an offer. Raises `NotFound`, `Conflict` (not_waiting)."""
        await self._journal.append(entry.event, LeaveWaiting(entry, self._seats))

    async def accept(
        self, entry: WaitingEntry, event: Event, phone_number: str | None, chosen: Kind | None = None
    ) -> str:
        """Book the seats that are offered, and return the reservation's id. Raises the refusals of `AcceptOffer`.

        `phone_number` is asked for where the entry has none, and `chosen` where what it waits for is not sold.
        """
        phone = entry.phone_number or phone_number or ""
        if entry.ended is None and not is_phone(phone):
            raise BadInput("The offer cannot be accepted so", {"phone_number": WRONG_PHONE})
        booking = BookTickets(
            _order_of(entry, phone, None if is_sold(event, entry.product) else chosen),
            self._seats,
            idempotency=None,
            proof_key=self._vault.index_key(IndexPurpose.IDEMPOTENCY),
            is_anonymous=entry.by_guest,
            country=country_of(event.timezone),
            held=entry.tickets,
        )
        return await self._journal.append(entry.event, AcceptOffer(entry, booking))

    async def entry(self, entry_id: str) -> WaitingEntry:
        """Return an entry. Raises `NotFound`."""
        entry = await self._reader.entry(entry_id)
        if entry is None:
            raise NotFound("There is no such place on the waiting list")
        return entry

    async def page(
        self, event: str | None, *, after: Place | None, limit: int, search: str = ""
    ) -> tuple[list[tuple[WaitingEntry, Standing]], Place | None]:
        """Return a page of entries that wait or are offered seats, with their standings, by when they joined.

        With it comes the place after which the next page begins, None after the last. `search` narrows it to those that
        it finds (`finds`): it looks at `LOOKED_AT_BY_A_SEARCH` entries at most, so a page may hold fewer than `limit`.
        """
        entries, place = await self._found(event, after, limit, search)
        queues = await self._reader.queues({each.showing for each in entries})
        return [(each, standing_of(each, queues.get(each.showing))) for each in entries], place

    async def count(self, event: str | None) -> int | None:
        """Return how many entries of an event, or of all, wait or are offered seats; None where they are too many."""
        return await self._reader.count(event)

    async def _found(
        self, event: str | None, after: Place | None, limit: int, search: str
    ) -> tuple[list[WaitingEntry], Place | None]:
        if not search.strip():
            return _page_of(await self._reader.page(event, after=after, limit=limit + 1), limit)
        found: list[WaitingEntry] = []
        for _ in range(0, LOOKED_AT_BY_A_SEARCH, LOOKED_AT_ONCE):
            read = await self._reader.page(event, after=after, limit=LOOKED_AT_ONCE)
            found += [entry for entry in read if finds(search, entry)]
            if len(read) < LOOKED_AT_ONCE or len(found) > limit:
                return _page_of(found, limit)
            after = _place_of(read[-1])
        return found, after

    async def standing(self, entry: WaitingEntry) -> Standing:
        """Return the standing of an entry now."""
        return standing_of(entry, (await self._reader.queues({entry.showing})).get(entry.showing))

    # --- what is due -------------------------------------------------------------------------------------------------

    async def unsettled(self, now: datetime) -> list[WaitingQueue]:
        """Return the queues whose offers are due, and those who wait for seats that are free."""
        return await self._reader.due(now) + await self._reader.with_free_seats(now)

    async def settle(self, queue: WaitingQueue, now: datetime) -> int:
        """Lapse the offers of a queue that are due, and offer the free seats; return the number of offers changed."""
        due = {each.id for each in queue.offers if each.until <= now}
        return await self._journal.append(queue.event, SettleQueue(queue, due, self._seats))

    async def forget(self, entries: Sequence[WaitingEntry]) -> int:
        """Delete entries of one event, with all that names their people; return how many."""
        return await self._journal.append(entries[0].event, ForgetWaiting(entries))

    async def over(self, event: str, showings: Sequence[Showing], before: datetime, limit: int) -> list[WaitingEntry]:
        """Return entries of an event for those of its `showings` whose tickets expired by `before`."""
        gone = [each.id for each in showings if self._seats.expiry(each) <= before]
        return await self._reader.of_showings(event, gone, limit)

    # --- who opens an entry ------------------------------------------------------------------------------------------

    def token(self, entry_id: str) -> str:
        """Return the token with which its party opens an entry; it is kept nowhere."""
        return _token(self._token_key.sign(entry_id.encode()))

    def opens(self, entry_id: str, token: str) -> bool:
        """Return whether `token` is this entry's."""
        return any(is_same(token, _token(each)) for each in self._token_key.signatures(entry_id.encode()))

    def page_of(self, entry_id: str) -> str:
        """Return the path of the page on which an entry's party sees how it stands, accepts and leaves."""
        return f"/w/{entry_id}?token={self.token(entry_id)}"

    def mailbox(self, email: str) -> str:
        """Return the key that an address is counted by, as a keyed hash."""
        key = self._vault.index_key(IndexPurpose.MAILBOXES)
        return hmac.digest(key, box_of(email).encode(), "sha256").hex()[:32]

    def _id_of(self, idempotency: str) -> str:
        key = self._vault.index_key(IndexPurpose.IDEMPOTENCY)
        proof = hmac.digest(key, f"waiting/{idempotency}".encode(), "sha256")
        return str(UUID(bytes=proof[:16], version=4))


def _token(signature: bytes) -> str:
    return signature.hex()[:32]


def _place_of(entry: WaitingEntry) -> Place:
    return entry.joined_at, entry.id


def _page_of(entries: list[WaitingEntry], limit: int) -> tuple[list[WaitingEntry], Place | None]:
    """Return the first `limit` entries, with the place of the last where there are more."""
    page = entries[:limit]
    return page, _place_of(page[-1]) if len(entries) > limit else None


def standing_of(entry: WaitingEntry, queue: WaitingQueue | None) -> Standing:
    """Return the standing of an entry in its showing's queue."""
    if entry.ended is not None or queue is None:
        return Standing(state=entry.ended or "lapsed")
    for offer in queue.offers:
        if offer.id == entry.id:
            return Standing(state="offered", offered_until=offer.until)
    for position, place in enumerate(queue.waiting, 1):
        if place.id == entry.id:
            return Standing(state="waiting", position=position, passed=place.passed)
    return Standing(state="lapsed")


def _body_of(party: Party) -> bytes:
    """Body by which a party's request is known again, without its language, which readers may change in between."""
    fields = msgspec.structs.asdict(party)
    del fields["language"]
    return msgspec.json.encode(fields)


def _order_of(entry: WaitingEntry, phone_number: str, chosen: Kind | None) -> Order:
    """Return the order of an entry, of the kind that is `chosen` in place of its own."""
    kind = chosen or entry
    guest = msgspec.structs.replace(split_name(entry.name), product=kind.product, price=kind.price)
    return Order(
        event=entry.event,
        date=entry.date,
        time=entry.time,
        name=entry.name,
        phone_number=phone_number,
        email=entry.email,
        language=entry.language,
        guests=(guest,) * entry.tickets,
    )


def finds(search: str, entry: WaitingEntry) -> bool:
    """Return whether a search finds an entry: by beginnings of its name's words, of its address, or by phone digits."""
    typed = search.strip().casefold()
    if entry.email is not None and entry.email.casefold().startswith(typed):
        return True
    digits = re.sub(r"\D", "", typed)
    if len(digits) >= FEWEST_DIGITS and digits in re.sub(r"\D", "", entry.phone_number or ""):
        return True
    words = words_of(typed)[:MOST_WORDS]
    return bool(words) and begin_words(words, entry.name)
