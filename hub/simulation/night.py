"""Simulated night: organiser, doors and observers as real clients of a running hub."""

import asyncio
import random
import sys
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import Any

from hub.client.client import LiveClient
from hub.simulation.audit import Evidence, ScanAnswer, reckon
from hub.simulation.doors import Door, LiveScanner, RestScanner, Scanner
from hub.simulation.http import NoAnswer, Wire
from hub.simulation.observers import read_dashboard, read_journal
from hub.simulation.organiser import Organiser
from hub.simulation.plan import Guest, Night, Show, plan_night, shown_text
from hub.simulation.report import Progress, table, verdict
from hub.simulation.setup import Ticket, Venue, book_all, open_venue

THERE_WITHIN_S = 2.0
"""How long a hub may take to answer at all."""


class Cast:
    """Clients of one night. They live as long as the `async with` block."""

    def __init__(self, url: str, admin_key: str, chance: random.Random) -> None:
        self.url = url.rstrip("/")
        self._live_url = "ws" + url.rstrip("/").removeprefix("http") + "/live"
        self._admin_key = admin_key
        self._chance = chance
        self._held = AsyncExitStack()
        self._wire = Wire(url, chance=chance)
        self.organiser = Organiser(self._wire, admin_key)

    async def __aenter__(self) -> "Cast":
        """Connect all clients. Raises `NoAnswer` where there is no hub."""
        self._held.callback(self._wire.close)
        await self._wire.ask("GET", "/healthz", patience_s=THERE_WITHIN_S)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._held.aclose()

    async def looks_on(self, event: str, *, since: dict[str, Any] | None, mode: str) -> LiveClient:
        """Return an observer that follows the event with the administrator's key."""
        return await self._held.enter_async_context(
            LiveClient(
                self._live_url, api_key=self._admin_key, event=event, since=since, mode=mode, chance=self._chance
            )
        )

    async def doors(self, venue: Venue, night: Night) -> list[Door]:
        """Put a phone at each door."""
        doors = []
        for number, (plan, phone) in enumerate(zip(night.doors, venue.phones, strict=True)):
            scanner: Scanner = RestScanner(self._wire, phone)
            if plan.wire == "WebSocket":
                client = LiveClient(self._live_url, api_key=phone.key, chance=self._chance)
                scanner = LiveScanner(await self._held.enter_async_context(client))
            doors.append(Door(number, plan.wire, phone, scanner))
        return doors


async def play(cast: Cast, night: Night, seconds: float) -> Evidence:
    """Play `night` within `seconds`, and return its record."""
    now = datetime.now(UTC)
    venue = await open_venue(cast.organiser, night, now)
    before = await cast.organiser.occupancy(venue.event)
    beginning = {"epoch": before["epoch"], "seq": 0}
    clerk = await cast.looks_on(venue.event, since=beginning, mode="events")
    dashboard = await cast.looks_on(venue.event, since=None, mode="state")
    tickets = await book_all(cast.organiser, venue, night, now)
    print(f"{len(tickets)} tickets booked. Watch: {cast.url}/events/{venue.event}", flush=True)
    doors = await cast.doors(venue, night)
    answers = await _let_guests_come(night, doors, tickets, seconds)
    occupancy = await cast.organiser.occupancy(venue.event)
    return Evidence(
        night=night,
        door_ids=venue.door_ids,
        tickets={number: ticket.id for number, ticket in tickets.items()},
        answers=answers,
        journal=await read_journal(clerk, occupancy["seq"]),
        occupancy=occupancy,
        shown=await read_dashboard(dashboard, occupancy),
    )


async def _let_guests_come(
    night: Night, doors: Sequence[Door], tickets: Mapping[int, Ticket], seconds: float
) -> list[ScanAnswer]:
    answers: list[ScanAnswer] = []
    progress = Progress(night.scans, sys.stdout)

    async def come(guest: Guest) -> None:
        await asyncio.sleep(guest.arrives * seconds)
        for number, show in enumerate(guest.shows):
            text = shown_text(show, guest, tickets[guest.number].code)
            for answer in await _present(guest, show, text, doors, f"{guest.number}.{number}"):
                answers.append(answer)
                progress.step(answer)

    async with asyncio.TaskGroup() as group:
        for guest in night.guests:
            group.create_task(come(guest))
    return answers


async def _present(guest: Guest, show: Show, text: str, doors: Sequence[Door], nonce: str) -> list[ScanAnswer]:
    """Stand in line at each door of the show, in their order, then show the ticket at all of them at once."""
    chosen = [doors[number] for number in show.doors]
    async with AsyncExitStack() as lines:
        for door in chosen:
            await lines.enter_async_context(door.line)
        return await asyncio.gather(*(door.scan(guest.number, text, show.direction, nonce) for door in chosen))


async def simulate(url: str, admin_key: str, guests: int, doors: int, *, seed: int = 1, seconds: float = 20.0) -> bool:
    """Play a night at the hub at `url`, print the report, and return whether all accounts of it agree."""
    night = plan_night(seed, guests, doors)
    print(f"A night at {url}: {guests} guests, {doors} doors, {night.scans} scans, seed {seed}", flush=True)
    lines, agrees = ["The night could not be played:"], False
    try:
        async with Cast(url, admin_key, random.Random(seed)) as cast:
            evidence = await play(cast, night, seconds)
        differences = reckon(evidence)
        lines, agrees = ["", *table(evidence.answers), "", *verdict(evidence, differences)], not differences
    except* NoAnswer as problems:
        lines += [f"  {problem}" for problem in problems.exceptions]
    print("\n".join(lines), flush=True)
    return agrees
