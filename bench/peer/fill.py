"""Event with tickets in pretix: run by its own Python, prints as JSON what a client needs to redeem them.

python fill.py TICKETS
"""

# mypy: ignore-errors
import json
import sys
from datetime import timedelta
from decimal import Decimal

import django

django.setup()

from django.utils.timezone import now  # noqa: E402
from django_scopes import scopes_disabled  # noqa: E402
from pretix.base.models import Device, Event, Order, OrderPosition, Organizer  # noqa: E402
from pretix.base.models.devices import generate_api_token  # noqa: E402

PARTY = 100


def main() -> None:
    """Make the organiser, the event, a paid order for each party, the check-in list and a device."""
    count = int(sys.argv[1])
    organizer = Organizer.objects.create(name="Benchmark", slug="bench")
    soon = now() + timedelta(hours=1)
    event = Event.objects.create(
        organizer=organizer, name="Benchmark", slug="night", date_from=soon, live=True, plugins="", currency="EUR"
    )
    item = event.items.create(name="Standard", default_price=Decimal("0.00"))
    quota = event.quotas.create(name="All", size=count)
    quota.items.add(item)
    checkin_list = event.checkin_lists.create(name="Door", all_products=True)
    for first in range(0, count, PARTY):
        order = Order.objects.create(
            event=event,
            code=f"B{first:05}",
            email="ada@example.org",
            status=Order.STATUS_PAID,
            datetime=now(),
            expires=soon,
            total=Decimal("0.00"),
            locale="en",
            sales_channel=organizer.sales_channels.get(identifier="web"),
        )
        numbers = range(first, min(first + PARTY, count))
        OrderPosition.objects.bulk_create(_position(order, item, number) for number in numbers)
    device = Device.objects.create(
        organizer=organizer, name="Phone", all_events=True, initialized=now(), api_token=generate_api_token()
    )
    print(
        json.dumps(
            {"token": device.api_token, "check_in_list": checkin_list.pk, "secrets": [_secret(n) for n in range(count)]}
        )
    )


def _position(order: Order, item: object, number: int) -> OrderPosition:
    return OrderPosition(
        order=order,
        item=item,
        price=Decimal("0.00"),
        positionid=number % PARTY + 1,
        secret=_secret(number),
        attendee_name_parts={"_scheme": "full", "full_name": "Ada Lovelace"},
    )


def _secret(number: int) -> str:
    return f"secret{number:08}ofthisbenchmark"


if __name__ == "__main__":
    with scopes_disabled():
        main()
