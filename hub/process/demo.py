"""Demo event: one event tonight, three doors, 500 tickets, and the commands to try."""

import random
import sys
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tzlocal import get_localzone_name

from hub.app import Hub
from hub.clock import in_zone
from hub.formats.qr_images import qr_terminal
from hub.model.access import Principal
from hub.model.event import Event
from hub.model.ticket import Ticket
from hub.process.command_line import own_command
from hub.settings import Settings
from hub.tickets.orders import Guest, Order

NAME = "Demo night"
DEMO = Principal(kind="key", id="demo", name="Demo", scopes=frozenset({"devices:write"}))
TICKETS, PARTY = 500, 5
FIRST = (
    "Ada",
    "Alan",
    "Barbara",
    "Donald",
    "Edsger",
    "Frances",
    "Grace",
    "Hedy",
    "Katherine",
    "Ken",
    "Margaret",
    "Radia",
)
LAST = (
    "Allen",
    "Dijkstra",
    "Hamilton",
    "Hopper",
    "Johnson",
    "Knuth",
    "Lamarr",
    "Liskov",
    "Lovelace",
    "Perlman",
    "Turing",
)


async def fill_demo(hub: Hub) -> list[str]:
    """Fill the hub with tonight's event, unless it has one, and return the commands to try."""
    now = hub.clock.now()
    running = [event for event in await hub.events.open_to_come(now) if event.name == NAME]
    event = running[0] if running else await _make_event(hub, now)
    return await _what_to_try(hub, event, now)


async def _make_event(hub: Hub, now: datetime) -> Event:
    zone = get_localzone_name() or "UTC"
    tonight = (in_zone(now, ZoneInfo(zone)) + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
    event = await hub.events.create(_form(tonight, zone), now)
    chance = random.Random(500)
    for first in range(0, TICKETS, PARTY):
        await hub.booking.book(_order(event, tonight, chance, first))
    return event


def _form(tonight: datetime, zone: str) -> dict[str, object]:
    day, time = f"{tonight:%Y-%m-%d}", f"{tonight:%H:%M}"
    return {
        "name": NAME,
        "venue": "The Old Mill",
        "address": "4 quai du Moulin, 75004 Paris",
        "timezone": zone,
        "starts_at": tonight.isoformat(),
        "ends_at": (tonight + timedelta(hours=8)).isoformat(),
        "reentry": "reentry",
        "booking": "open",
        "pay_at": "door",
        "max_inside": 450,
        "zones": [{"name": "Balcony", "max_inside": 60}],
        "products": [
            {
                "name": "Standard",
                "public": True,
                "prices": [{"name": "Full price", "amount": "20.00", "currency": "EUR"}],
            },
            {
                "name": "Balcony",
                "notice": "Hand out a blue wristband",
                "prices": [{"name": "Full price", "amount": "35.00", "currency": "EUR"}],
            },
        ],
        "doors": [
            {"name": "North door"},
            {"name": "South door"},
            {"name": "Balcony stairs", "into": "Balcony", "products": ["Balcony"]},
        ],
        "showings": [{"date": day, "time": time, "capacity": 600}],
    }


def _order(event: Event, tonight: datetime, chance: random.Random, first: int) -> Order:
    product = "Balcony" if first < 50 else "Standard"
    names = [(chance.choice(FIRST), chance.choice(LAST)) for _ in range(PARTY)]
    guests = tuple(Guest(first_name=f, last_name=s, product=product, price="Full price") for f, s in names)
    return Order(
        event=event.id,
        date=f"{tonight:%Y-%m-%d}",
        time=f"{tonight:%H:%M}",
        name=" ".join(names[0]),
        phone_number=f"+33 6 {chance.randrange(10**8):08}",
        guests=guests,
    )


async def _what_to_try(hub: Hub, event: Event, now: datetime) -> list[str]:
    url, door = hub.settings.base_url, event.doors[0]
    _, for_phone = await hub.devices.create({"name": "Phone", "event": event.id, "door": door.id}, now, DEMO)
    _, for_curl = await hub.devices.create({"name": "Terminal", "event": event.id, "door": door.id}, now, DEMO)
    ticket = await _fresh_ticket(hub, event)
    tomorrow = now + timedelta(days=1)
    pairing = f"{url}/scan/{for_phone}/pair"
    code = await hub.booking.code(ticket)
    guest = '"name": "Ada Lovelace", "phone_number": "+33 1 23 45 67"'
    booking = f'{{{guest}, "date": "{tomorrow:%Y-%m-%d}", "time": "20:30"}}'
    return [
        "",
        f"Watch     {url}/events/{event.id}",
        f"Manage    {url}/admin",
        f"Book      {url}/book/{event.id}",
        f"Play      {own_command()} simulate --url {url} --data {hub.settings.data}",
        "",
        f"Pair a phone: {_how_to_pair(hub.settings)}",
        f"          {pairing}",
        "",
        qr_terminal(pairing, encoding=sys.stdout.encoding or "ascii"),
        "",
        "Pair this terminal, and scan a ticket twice:",
        f"""  KEY=$(curl -s {url}/scan/{for_curl}/pair | sed 's/.*"api_key":"\\([^"]*\\)".*/\\1/')""",
        f"""  curl -s {url}/scan/ticket/ -H "Authorization: Api-Key $KEY" -d '{{"qrcode_data": "{code}"}}'""",
        "Book a ticket at the box office:",
        f"  curl -s {url}/api/tickets -d '{booking}'",
        "See how full the venue is:",
        f"  ADMIN=$(cat {hub.settings.data}/admin-key)",
        f'  curl -s {url}/api/events/{event.id}/occupancy -H "Authorization: Api-Key $ADMIN"',
    ]


def _how_to_pair(settings: Settings) -> str:
    if settings.is_for_this_machine:
        return "open this in a browser on this machine (real phones need HTTPS: docs/scanner.md)"
    return "point its camera at this, or open the address on it"


async def _fresh_ticket(hub: Hub, event: Event) -> Ticket:
    tickets = await hub.booking.find({"event": event.id}, after=None, limit=1000)
    return next((ticket for ticket in tickets if not ticket.scans), tickets[0])
