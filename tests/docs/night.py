"""Setup for the documentation's examples: an event with its doors, devices and tickets, made as needed."""

import time
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any
from uuid import uuid4

from tests.api import ADMIN_KEY
from tests.docs.examples import LONGEST_S
from tests.end_to_end.site import Site
from tests.eventually import until

RIGHTS = ["force", "over_limit", "undo", "search", "names", "headcount", "door"]
WHEN = {"date": "2090-12-24", "time": "20:30"}
BUYER = {"name": "Ada Lovelace", "phone_number": "+33 1 23 45 67"}
EVENT = {
    "name": "Winter concert",
    "venue": "The Old Mill",
    "timezone": "Europe/Paris",
    "starts_at": "2090-12-24T20:30:00+01:00",
    "ends_at": "2090-12-25T02:00:00+01:00",
    "booking": "open",
    "reentry": "reentry",
    "max_inside": 400,
    "zones": [{"name": "Balcony", "max_inside": 60}],
    "products": [
        {"name": "Standard", "public": True, "prices": [{"name": "Full price", "amount": 20, "currency": "EUR"}]},
        {"name": "VIP", "notice": "Hand out a blue wristband"},
    ],
    "doors": [
        {"name": "North door"},
        {"name": "Balcony stairs", "into": "Balcony"},
        {"name": "VIP door", "products": ["VIP"]},
    ],
    "showings": [{**WHEN, "capacity": 100}],
}


class Night:
    """One event of its own. Everything is made when it is first asked for, so that an example finds a fresh ticket."""

    def __init__(self, site: Site, **fields: Any) -> None:
        self.site = site
        self._fields = fields
        self.variables: dict[str, Callable[[], str]] = {
            "HUB": lambda: site.url,
            "ADMIN": lambda: ADMIN_KEY,
            "EVENT": lambda: str(self.event["uuid"]),
            "DOOR": lambda: str(self.event["doors"][0]["id"]),
            "DEVICE": lambda: str(self.device["uuid"]),
            "TOKEN": lambda: str(self.make_device()["pairing"]["token"]),
            "KEY": lambda: self.key,
            "NONCE": lambda: str(uuid4()),
            "CODE": lambda: str(self.ticket["code"]),
            "TICKET": lambda: str(self.ticket["id"]),
            "ACCESS": lambda: str(self.ticket["access_token"]),
            "RESERVATION": lambda: str(self.ticket["reservation"]),
            "INSIDE": lambda: str(self.inside["code"]),
            "INSIDE_TICKET": lambda: str(self.inside["id"]),
            "SEQ": lambda: str(self.inside["seq"]),
            "PARTY": lambda: str(self.party[0]["code"]),
            "UNPAID": lambda: str(self.book(paid=False)[0]["reservation"]),
            "EPOCH": lambda: str(self.position["epoch"]),
            "SINCE": lambda: str(self.position["seq"]),
            "SCRIPT": lambda: str(self.call("POST", "/api/keys", {"name": "Till", "scopes": ["tickets:read"]})["id"]),
            "SOLD_OUT": lambda: self.sold_out,
            "HELD": lambda: self.held,
            "NEAR": lambda: self.near,
            "WEBHOOK": lambda: self.webhook,
            "IMPORT": lambda: self.imported,
        }

    def prepare(self, names: Iterable[str]) -> dict[str, str]:
        """Return values for the names that an example uses. An event with one ticket there is for each."""
        self.ticket  # noqa: B018
        return {name: self.variables[name]() for name in sorted(names)}

    # --- what there is -------------------------------------------------------------------------------------------

    @cached_property
    def event(self) -> Any:
        """Event that the examples run on, with doors, a zone and products."""
        return self.call("POST", "/api/events", {**EVENT, **self._fields})

    @cached_property
    def device(self) -> Any:
        """The device whose key KEY is: at the first door, with every right."""
        self.key  # noqa: B018 - paired from the start
        return self._device

    @cached_property
    def key(self) -> str:
        """The device's key."""
        self._device = self.make_device()
        return self.pair(self._device)

    @cached_property
    def ticket(self) -> Any:
        """Paid ticket that was not scanned."""
        return self.book()[0]

    @cached_property
    def party(self) -> list[Any]:
        """Four tickets of one reservation."""
        return self.book(4)

    @cached_property
    def inside(self) -> Any:
        """A ticket that was let in, with the number of that scan."""
        (ticket,) = self.book()
        return ticket | {"seq": self.scan(ticket["code"])["seq"]}

    @cached_property
    def position(self) -> Any:
        """Where the journal stood before one more ticket was booked."""
        position = self.call("GET", f"/api/events/{self.event['uuid']}/occupancy")
        self.book()
        return position

    @cached_property
    def imported(self) -> str:
        """An import of one ticket that is through."""
        begun = self.call("POST", f"/api/events/{self.event['uuid']}/import", b"barcode\nx\n")
        while self.call("GET", f"/api/imports/{begun['id']}")["state"] == "staging":
            time.sleep(0.05)
        return str(begun["id"])

    @cached_property
    def sold_out(self) -> str:
        """Event that keeps a waiting list: two seats, both sold, and one guest who waits."""
        few = {"waiting": True, "products": [], "showings": [{**WHEN, "capacity": 2}]}
        event = str(self.call("POST", "/api/events", {**EVENT, "doors": [], **few})["uuid"])
        self.call(
            "POST", "/api/reservations", {"event": event, **WHEN, **BUYER, "tickets": [{"first_name": "Ada"}] * 2}
        )
        self.call("POST", "/api/waiting", {"event": event, **WHEN, "name": "Alan Turing", "email": "alan@example.org"})
        return event

    @cached_property
    def held(self) -> str:
        """An archived device that sent one scan afterwards."""
        key, device = self.key, self.device["uuid"]
        scan = {"qrcode_data": self.ticket["code"], "nonce": "n1", "verdict": "admitted"}
        self.call("POST", f"/api/devices/{device}/archive")
        self.call("POST", "/scan/batch/", {"scans": [{**scan, "scanned_at": "2026-01-01T00:00:00Z"}]}, key=key)
        return str(device)

    @cached_property
    def near(self) -> str:
        """Alert of an event that is nearly full."""
        path, inside = f"/api/events/{self.event['uuid']}", 360
        self.call("POST", f"{path}/recount", {"zone": None, "inside": inside, "reason": "by hand"})
        until = time.monotonic() + LONGEST_S
        while not self.call("GET", f"{path}/alerts") and time.monotonic() < until:
            time.sleep(0.1)
        return str(inside)

    @cached_property
    def webhook(self) -> str:
        """A webhook that was told of a booking, as far as its server lets itself be told."""
        form = {"url": "https://hooks.example.org/scans", "kinds": ["ticket.booked"]}  # other examples scan meanwhile
        webhook: str = self.call("POST", "/api/webhooks", form)["id"]
        self.book()
        until(lambda: bool(self.call("GET", f"/api/webhooks/{webhook}/deliveries")), "the webhook has a delivery")
        return webhook

    # --- how it is made ------------------------------------------------------------------------------------------

    def call(self, method: str, path: str, body: Any = None, *, key: str = ADMIN_KEY) -> Any:
        """Ask the API as the organiser."""
        return self.site.call(method, path, body, key=key)

    def make_device(self, door: int | None = 0, **fields: Any) -> Any:
        """Create a device."""
        place = {} if door is None else {"door": self.event["doors"][door]["id"]}
        form = {"name": "Entrance Scanner", "event": self.event["uuid"], **place, "may": RIGHTS, **fields}
        return self.call("POST", "/api/devices", form)

    def pair(self, device: Any) -> str:
        """Pair a device and return its key."""
        return str(self.call("GET", f"/scan/{device['pairing']['token']}/pair")["api_key"])

    def book(self, count: int = 1, **fields: Any) -> list[Any]:
        """Book tickets of one reservation."""
        guest = {"first_name": "Ada", "last_name": "Lovelace", "product": "Standard", "price": "Full price"}
        order = {"event": self.event["uuid"], **WHEN, **BUYER, "tickets": [guest] * count}
        made = self.call("POST", "/api/reservations", order | fields)
        assert "tickets" in made, made
        tickets: list[Any] = made["tickets"]
        return tickets

    def scan(self, code: str, *, key: str | None = None, **fields: Any) -> Any:
        """Scan a code at the first door."""
        return self.call("POST", "/scan/ticket/", {"qrcode_data": code, **fields}, key=key or self.key)
