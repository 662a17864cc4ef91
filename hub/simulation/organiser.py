"""Organiser of a simulated night: makes the event, books tickets, pairs phones, over REST (booking-api.md)."""

from collections.abc import Sequence
from typing import Any

import msgspec

from hub.simulation.http import Answer, NoAnswer, Wire


class Phone(msgspec.Struct, frozen=True, kw_only=True):
    """Paired phone."""

    uuid: str
    name: str
    key: str


class Organiser:
    """Client with the administrator's key. Every call raises `NoAnswer` where the hub refuses."""

    def __init__(self, wire: Wire, key: str) -> None:
        self._wire = wire
        self._key = key

    async def create_event(self, form: dict[str, Any]) -> dict[str, Any]:
        """Create an event and return it."""
        return _made(await self._wire.ask("POST", "/api/events", form, key=self._key), "the event")

    async def book_one(self, order: dict[str, Any], again: str) -> list[dict[str, Any]]:
        """Book one ticket by `POST /api/tickets`."""
        answer = await self._wire.ask("POST", "/api/tickets", order, key=self._key, again=again)
        return [_made(answer, "a ticket")]

    async def book_party(self, order: dict[str, Any], again: str) -> list[dict[str, Any]]:
        """Book several tickets by `POST /api/reservations`, and return them in the order's order."""
        answer = await self._wire.ask("POST", "/api/reservations", order, key=self._key, again=again)
        tickets: list[dict[str, Any]] = _made(answer, "a reservation")["tickets"]
        return tickets

    async def pair(self, event: str, door: str, name: str, may: Sequence[str] = ()) -> Phone:
        """Create a device with these rights at a door and pair it, as a phone does that reads the QR.

        A pairing code works once: where the answer was lost, another device takes its place.
        """
        form = {"name": name, "event": event, "door": door, "may": list(may)}
        for _ in range(5):
            device = _made(await self._wire.ask("POST", "/api/devices", form, key=self._key), "a device")
            paired = await self._wire.ask("GET", f"/scan/{device['pairing']['token']}/pair")
            if paired.status == 200:
                return Phone(uuid=paired.body["device_uuid"], name=name, key=paired.body["api_key"])
        raise NoAnswer(f"{name} could not be paired: {paired.body}")

    async def occupancy(self, event: str) -> dict[str, Any]:
        """Return the counts of the event."""
        answer = await self._wire.ask("GET", f"/api/events/{event}/occupancy", key=self._key)
        return _made(answer, "the occupancy")


def _made(answer: Answer, what: str) -> dict[str, Any]:
    if answer.status not in (200, 201):
        raise NoAnswer(f"{what} was refused with {answer.status}: {answer.body}")
    body: dict[str, Any] = answer.body
    return body
