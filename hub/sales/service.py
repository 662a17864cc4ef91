"""Sales service: tickets sold at a desk, payments and refunds of booked ones, takings and tills."""

from collections.abc import Mapping, Sequence

from hub.model.access import Principal
from hub.model.event import Event
from hub.model.journal import Entry
from hub.model.payment import Till
from hub.sales.commands import MoveMoney
from hub.sales.door_sale import SellAtDoor
from hub.sales.payments import Taking
from hub.sales.refunds import Refund
from hub.sales.sell import SellTickets, Wish
from hub.sales.takings import Sums, read_sums
from hub.sales.tills import CloseTill, OpenTill
from hub.tickets.orders import Booked, Order
from hub.tickets.seats import Seats
from hub.tickets.service import Tickets
from hub.vault import IndexPurpose, Vault
from store.collections.tickets import TicketReader
from store.journal.journal import Journal
from store.reports.report import ReportReader
from store.reports.takings import TakingsReader


def sale_id(principal: Principal, nonce: str) -> str:
    """Return the id of the idempotency record of a sale on a device."""
    return f"sale/{principal.id}/{nonce}"


class Sales:
    """Sales service: sells tickets, takes money for them, and gives it back."""

    def __init__(
        self,
        journal: Journal,
        tickets: Tickets,
        reader: TicketReader,
        takings: TakingsReader,
        reports: ReportReader,
        seats: Seats,
        vault: Vault,
    ) -> None:
        self._takings = takings
        self._reports = reports
        self._journal = journal
        self._vault = vault
        self._tickets = tickets
        self._reader = reader
        self._seats = seats

    async def sell(
        self,
        order: Order,
        wishes: Sequence[Wish],
        taking: Taking | None,
        *,
        country: str | None,
        idempotency: str | None,
    ) -> Booked:
        """Book an order and take the money for it, both or neither; without `taking` it is unpaid.

        Raises `Conflict` (sold_out), `BadInput`, `NotFound` where nothing is sold any more, or `Unavailable`.
        """
        proof_key = self._vault.index_key(IndexPurpose.IDEMPOTENCY)
        options = {"idempotency": idempotency, "proof_key": proof_key, "country": country}
        return await self._journal.append(order.event, SellTickets(order, wishes, self._seats, taking, **options))

    async def sell_at_door(
        self,
        order: Order,
        wishes: Sequence[Wish],
        taking: Taking,
        principal: Principal,
        *,
        country: str | None,
        nonce: str,
    ) -> Booked:
        """Book an order and take the money for it on a device, both or neither; once for a nonce.

        Raises `Conflict` (sold_out, amount_changed), `BadInput`, `NotFound` where nothing is sold any more,
        `NotAllowed` for a device that is gone or would give away what costs, or `Unavailable`.
        """
        options = {
            "idempotency": sale_id(principal, nonce),
            "proof_key": self._vault.index_key(IndexPurpose.IDEMPOTENCY),
            "country": country,
        }
        command = SellAtDoor(order, wishes, self._seats, taking, principal, **options)
        return await self._sell_at_door(command, principal, order.event, nonce)

    async def _sell_at_door(self, command: SellAtDoor, principal: Principal, event: str, nonce: str) -> Booked:
        """Decide a sale on a device. A relay keeps it as facts besides."""
        return await self._journal.append(event, command)

    async def move_for_reservation(
        self, reservation_id: str, move: Taking | Refund, idempotency: str | None = None
    ) -> None:
        """Take or give back the money for all tickets of a reservation that it concerns.

        Raises `NotFound`, `BadInput` for an amount that is none, or `Conflict`: `already_paid`, `not_paid` or
        `ticket_canceled` where it concerns none, `more_than_taken` for more than was taken.
        """
        await self._tickets.run(
            lambda: self._reader.of_reservation(reservation_id),
            lambda seen: MoveMoney(seen, self._seats, move, idempotency),
        )

    async def move_for_ticket(self, ticket_id: str, move: Taking | Refund, idempotency: str | None = None) -> None:
        """Take or give back the money for one ticket. Raises as `move_for_reservation`."""
        await self._tickets.run(
            lambda: self._reader.by_ids([ticket_id]),
            lambda seen: MoveMoney(seen, self._seats, move, idempotency),
        )

    async def sums(self, event: Event) -> Sums:
        """Return the sums of an event's payments as of now."""
        return await read_sums(event, self._journal, self._takings, self._reports)

    async def tills(self, event: Event) -> list[Till]:
        """Return an event's tills as they stand."""
        return await self._takings.tills(event.id)

    async def closings(
        self, event: Event, *, limit: int, after: int | None = None, is_oldest_first: bool = False
    ) -> list[Entry]:
        """Return a page of the journal's entries of closings, those that follow the entry `after`."""
        return await self._takings.closings(event.id, after=after, is_oldest_first=is_oldest_first, limit=limit)

    async def closings_count(self, event: Event) -> int:
        """Return how many closings an event's tills have in all."""
        return await self._takings.closings_count(event.id)

    async def open_till(self, event: Event, holder: str, number: int, by: str, floats: Mapping[str, int]) -> Till:
        """Open a till with a float of change money. Raises `NotFound`, `Conflict` (`till_closed`)."""
        return await self._journal.append(event.id, OpenTill(event, holder, number, by, floats))

    async def close_till(
        self, event: Event, holder: str, number: int, by: str, counted: Mapping[str, int], note: str | None
    ) -> Till:
        """Close a till with its counted cash. Raises `BadInput`, `Conflict` (`till_closed`, `till_empty`)."""
        return await self._journal.append(event.id, CloseTill(event, holder, number, by, counted, note))
