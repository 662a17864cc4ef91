"""Sale on a device at a door: tickets sold and paid for in one unit of work, while the device may. Pure."""

from typing import Any

from typing_extensions import override

from hub.errors import NotAllowed
from hub.model.access import Principal
from hub.model.command import Change, UnitOfWork
from hub.model.refusals import OUTCOMES
from hub.sales.payments import Taking
from hub.sales.sell import SellTickets
from hub.tickets.orders import Booked, Order
from hub.tickets.seats import Seats


class SellAtDoor(SellTickets):
    """Command: sell tickets on a device of the event, unless it was archived meanwhile."""

    def __init__(self, order: Order, seats: Seats, taking: Taking, principal: Principal, **options: Any) -> None:
        super().__init__(order, seats, taking, **options)
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
