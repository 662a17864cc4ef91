"""Sale on a device at a door: tickets sold and paid for in one unit of work, while the device may. Pure."""

from collections.abc import Sequence
from typing import Any

from typing_extensions import override

from hub.errors import BadInput, Conflict, NotAllowed
from hub.formats.money import money_text
from hub.model.access import Principal
from hub.model.command import Change, UnitOfWork
from hub.model.payment import Payment
from hub.model.refusals import OUTCOMES
from hub.model.ticket import Ticket
from hub.sales.payments import UNPAYABLE, WRONG_AMOUNT, Taking
from hub.sales.sell import SellTickets, Wish
from hub.tickets.orders import Booked, Order
from hub.tickets.pricing import Amount, amount_of_ticket, total
from hub.tickets.seats import Seats


class SellAtDoor(SellTickets):
    """Command: sell tickets on a device of the event at their prices, unless it was archived meanwhile."""

    def __init__(
        self,
        order: Order,
        wishes: Sequence[Wish],
        seats: Seats,
        taking: Taking,
        principal: Principal,
        **options: Any,
    ) -> None:
        super().__init__(order, wishes, seats, taking, **options)
        self._is_free = taking.method == "free"
        self._principal = principal

    @override
    def decide(self, unit: UnitOfWork) -> Change[Booked]:
        """Return the change. Raises `NotAllowed` for a device that is gone, and as `SellTickets` does."""
        device = unit.device(self._principal.id)
        if device is None:
            raise NotAllowed("bad_key", OUTCOMES["bad_key"].message)
        if device.archived:
            raise NotAllowed("device_archived", OUTCOMES["device_archived"].message)
        return super().decide(unit)

    @override
    def _check_payments(self, unit: UnitOfWork, sold: Sequence[Ticket], payments: Sequence[Payment]) -> None:
        """Raise `NotAllowed` where a priced ticket would be given away, or `Conflict` where its price is another.

        Of an event without kinds no price is known: the device's amount counts, and nothing is `BadInput`.
        """
        due = total(amount_of_ticket(ticket) for ticket in sold)
        if self._is_free and due:
            raise NotAllowed("not_allowed", "A device gives nothing away that costs: the box office does")
        taken = total(Amount(each.amount, each.currency) for each in payments if each.currency is not None)
        if not self._is_free and not unit.event.products and not taken:
            raise BadInput(UNPAYABLE, {"amount": WRONG_AMOUNT})
        if self._is_free or not unit.event.products:
            return
        if taken != due:
            amounts = due or [Amount(0, taken[0].currency)]
            costs = " + ".join(money_text(each.minor, each.currency) for each in amounts)
            raise Conflict("amount_changed", f"No money was taken: it costs {costs} by now")
