"""Sales on a relay that is on its own: tickets with a barcode of their own, sold up to what it knows to be free."""

import secrets
from collections.abc import Iterable
from functools import cached_property

from msgspec.structs import replace
from typing_extensions import override

from hub.errors import Conflict
from hub.model.access import Principal
from hub.model.base import Document
from hub.model.command import Change, Key, UnitOfWork, merge_effect
from hub.model.payment import Till
from hub.model.relay.documents import RelayCopy, RelayFact, correction_id
from hub.model.ticket import Ticket
from hub.relay.merge import added
from hub.relay.scanning import RelayLink
from hub.sales.door_sale import SellAtDoor
from hub.sales.service import Sales, sale_id
from hub.tickets.orders import Booked

BARCODE_BYTES = 16
UNKNOWN_SALE = "The hub may have sold these already, and its answer was lost: ask again once the line is back"
MOST_UNKNOWN = 1000


class SellAlone:
    """Command: sell tickets of a door here, and keep each as a fact that goes up with what was taken for it.

    A relay cannot sign a ticket's code: each gets a random barcode, which the hub takes over, so that both sides and
    phones that are alone find it as they find tickets that were sold elsewhere.
    """

    def __init__(self, inner: SellAtDoor, principal: Principal, home: str, nonce: str) -> None:
        self._inner = inner
        self._principal = principal
        self._home = home
        self._nonce = nonce
        self.weight = inner.weight

    def reads(self) -> Iterable[Key]:
        """Yield the reads of the sale, and the copy."""
        yield from self._inner.reads()
        yield RelayCopy, self._home

    def decide(self, unit: UnitOfWork) -> Change[Booked]:
        """Return the change. Raises as `SellAtDoor` does."""
        change, copy = self._inner.decide(unit), unit.find(RelayCopy, self._home)
        if not change.put or copy is None:
            return change
        device, nonce = self._principal.id, self._nonce
        entries = [replace(e, device=device, nonce=nonce) for e in change.entries if e.kind == "ticket.booked"]
        seqs = {entry.ticket: unit.next_seq + place for place, entry in enumerate(entries)}
        put = [_sold_here(each, seqs) for each in change.put if not isinstance(each, Till)]
        tickets = {each.id: each for each in put if isinstance(each, Ticket)}
        facts = [self._fact(unit, tickets[str(each.ticket)], each.effect, seqs[each.ticket]) for each in entries]
        effect = dict[str, int]()
        for fact in facts:
            merge_effect(effect, fact.effect)
        kept = replace(copy, on_top=added(copy.on_top, effect))
        return replace(change, entries=entries, put=[*put, *facts, kept])

    def _fact(self, unit: UnitOfWork, ticket: Ticket, effect: dict[str, int], seq: int) -> RelayFact:
        return RelayFact(
            id=correction_id(self._principal.id, self._nonce, ticket.id),
            event=self._home,
            kind="sale",
            seq=seq,
            device=self._principal.id,
            nonce=self._nonce,
            ticket=ticket.id,
            code="sold",
            door=self._principal.door,
            at=unit.now,
            effect=effect,
            sold=replace(ticket, payment=None),
            payment=ticket.payment,
            is_waiting=True,
        )


def _sold_here(document: Document, seqs: dict[str | None, int]) -> Document:
    """Return a document of a sale; a ticket with its barcode, and its payment as one that the hub does not know."""
    if not isinstance(document, Ticket):
        return document
    money = document.payment and replace(document.payment, taken_here=seqs[document.id])
    return replace(document, barcode=secrets.token_urlsafe(BARCODE_BYTES), payment=money)


class RelaySales(Sales):
    """Sales service of a relay, in place of a hub's. `link` is set before it serves."""

    link: RelayLink

    @cached_property
    def _unknown(self) -> dict[str, None]:
        return {}

    async def decides(self, principal: Principal, nonce: str | None) -> bool:
        """Return whether a sale is decided here: on its own, or by the nonce of one that was."""
        return self.link.line.state == "alone" or (
            nonce is not None and await self.link.copies.is_answered(sale_id(principal, nonce))
        )

    def note_unknown(self, principal: Principal, nonce: str) -> None:
        """Keep that the hub may have sold under this nonce: it is not sold here, too."""
        self._unknown[sale_id(principal, nonce)] = None
        if len(self._unknown) > MOST_UNKNOWN:
            del self._unknown[next(iter(self._unknown))]

    @override
    async def _sell_at_door(self, command: SellAtDoor, principal: Principal, event: str, nonce: str) -> Booked:
        if sale_id(principal, nonce) in self._unknown:
            raise Conflict("relay_alone", UNKNOWN_SALE)
        with self.link.line.deciding():
            booked = await self._journal.append(event, SellAlone(command, principal, event, nonce))
        self.link.has_facts.set()
        return booked
