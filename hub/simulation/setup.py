"""Set-up of a night: its event with doors and products, its phones, its tickets. Made anew for each night."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import msgspec

from hub.simulation.organiser import Organiser, Phone
from hub.simulation.plan import BALCONY, COME_AND_GO, STANDARD, Guest, Night, Party

BOOKING_AT_ONCE = 8


class Venue(msgspec.Struct, frozen=True, kw_only=True):
    """Event of a night, with its phones."""

    event: str
    door_ids: tuple[str, ...]
    phones: tuple[Phone, ...]


class Ticket(msgspec.Struct, frozen=True, kw_only=True):
    """Booked ticket with its code."""

    id: str
    code: str


async def open_venue(organiser: Organiser, night: Night, now: datetime) -> Venue:
    """Create tonight's event, and pair a phone for each door."""
    event = await organiser.create_event(_form(night, now))
    door_ids = tuple(door["id"] for door in event["doors"])
    named = zip(door_ids, night.doors, strict=True)
    phones = [await organiser.pair(event["uuid"], door_id, f"Phone at {plan.name}") for door_id, plan in named]
    return Venue(event=event["uuid"], door_ids=door_ids, phones=tuple(phones))


def _form(night: Night, now: datetime) -> dict[str, Any]:
    starts_at = _tonight(now)
    return {
        "name": f"Simulated night, {now:%Y-%m-%d %H:%M:%S}",
        "venue": "The Old Mill",
        "timezone": "UTC",
        "starts_at": starts_at.isoformat(),
        "ends_at": (starts_at + timedelta(hours=6)).isoformat(),
        "reentry": "single",
        "products": [{"name": STANDARD}, {"name": BALCONY}, {"name": COME_AND_GO, "reentry": "reentry"}],
        "doors": [
            {"name": door.name, **({"products": door.products} if door.products else {})} for door in night.doors
        ],
        "showings": [{**_when(now), "capacity": len(night.guests)}],
    }


def _tonight(now: datetime) -> datetime:
    return (now + timedelta(hours=1)).replace(second=0, microsecond=0)


def _when(now: datetime) -> dict[str, str]:
    starts_at = _tonight(now)
    return {"date": f"{starts_at:%Y-%m-%d}", "time": f"{starts_at:%H:%M}"}


async def book_all(organiser: Organiser, venue: Venue, night: Night, now: datetime) -> Mapping[int, Ticket]:
    """Book every party, several at a time; return each guest's ticket."""
    tickets: dict[int, Ticket] = {}
    at_once = asyncio.Semaphore(BOOKING_AT_ONCE)

    async def book(party: Party) -> None:
        async with at_once:
            booked = await _book(organiser, venue.event, party, now)
        for guest, ticket in zip(party.guests, booked, strict=True):
            tickets[guest.number] = Ticket(id=ticket["id"], code=ticket["code"])

    async with asyncio.TaskGroup() as group:
        for party in night.parties:
            group.create_task(book(party))
    return tickets


async def _book(organiser: Organiser, event: str, party: Party, now: datetime) -> list[dict[str, Any]]:
    first = party.guests[0]
    buyer = {"event": event, **_when(now), "name": f"Guest {first.number}", "phone_number": f"+33 6 {first.number:08}"}
    again = f"{event} {first.number}"
    if party.single:
        return await organiser.book_one({**buyer, "product": first.product}, again)
    return await organiser.book_party(
        {**buyer, "paid": first.paid, "tickets": [_form_of(guest) for guest in party.guests]}, again
    )


def _form_of(guest: Guest) -> dict[str, str]:
    return {"first_name": "Guest", "last_name": str(guest.number), "product": guest.product}
