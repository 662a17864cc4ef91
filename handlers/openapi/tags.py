"""Tags of the OpenAPI document: families of operations, by the beginning of their paths."""

from collections.abc import Mapping

DOORS, DEVICES, EVENTS, TICKETS = "Doors", "Devices", "Events", "Tickets"
WAITING, SCANS, IMPORTS, PEOPLE = "Waiting list", "Scans", "Imports", "Users and keys"
WEBHOOKS, PASSES, RELAYS, HUB = "Webhooks", "Wallet passes", "Relays", "The hub"

TAGS: Mapping[str, str] = {
    DOORS: "Pairing, checking, scanning, selling and working offline, as phones at a door do.",
    DEVICES: "Devices that scan: made, paired, moved, archived.",
    EVENTS: "Events with their showings, sales, reports and exports.",
    TICKETS: "Tickets and reservations: booked, changed, paid, with their codes and files.",
    WAITING: "Parties that wait for seats of a time that is sold out.",
    SCANS: "The record of scans.",
    IMPORTS: "Tickets that were sold elsewhere.",
    PEOPLE: "Users, their logins and second factors, and API keys.",
    WEBHOOKS: "Webhooks, their deliveries, and the outbox.",
    PASSES: "Apple's web service for passes, and the state of the wallet providers.",
    RELAYS: "Calls of a relay in a venue, by its own key.",
    HUB: "The hub as a whole: its health, metrics, jobs and description.",
}
"""By name what each is about, in the order of the reference."""
BEGINNINGS: Mapping[str, str] = {
    "scan": DOORS,
    "devices": DEVICES,
    "events": EVENTS,
    "showings": EVENTS,
    "pictures": EVENTS,
    "tickets": TICKETS,
    "reservations": TICKETS,
    "waiting": WAITING,
    "scans": SCANS,
    "imports": IMPORTS,
    "users": PEOPLE,
    "keys": PEOPLE,
    "me": PEOPLE,
    "login": PEOPLE,
    "webhooks": WEBHOOKS,
    "outbox": WEBHOOKS,
    "v1": PASSES,
    "wallet": PASSES,
    "relay": RELAYS,
}


def tag_of(path: str) -> str:
    """Return the tag of a path: by its first part, after `/api` by its second."""
    first, *rest = path.strip("/").split("/")
    return BEGINNINGS.get(rest[0] if first == "api" and rest else first, HUB)
