"""Rollout of passes: testers first, then waves by percent of reservations, with a funnel and a stop."""

from datetime import datetime

import msgspec

from hub.errors import NotFound
from hub.model.event import Event, WalletOffer
from hub.model.wallet import Letter, WalletWave
from hub.tickets.wallet_offer import is_chosen, percent_of
from hub.tickets.waves import ResumeOffer, StartWave, StopOffer, WaveForm
from store.collections.events import EventReader
from store.collections.wallet_rollout import RolloutReader
from store.journal.journal import Journal


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """Reservations and tickets that passes are offered to."""

    reservations: int
    tickets: int


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """Answers of holders with a pass: how many tickets worked."""

    worked: int
    failed: int


class Funnel(msgspec.Struct, frozen=True, kw_only=True):
    """Funnel of an event's passes: each step in tickets, and offered in reservations, too."""

    offered: Chosen
    opened: int
    added: int
    scanned: int
    """Tickets with a pass that were let in."""
    feedback: Answers


class WaveAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Wave with its letter, and how many of its letters were sent, or perhaps."""

    wave: int
    above: int
    percent: int
    started_at: datetime
    letter: Letter | None
    sent: int
    unknown: int
    """Letters that are being sent, or whose sending was cut short: whether the guest has them is not known."""


class RolloutAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Rollout of an event's passes as organisers see it."""

    event: str
    name: str
    wallet: WalletOffer
    percent: int
    mail: bool
    """Whether a mail server is set up, so that a wave may have a letter."""
    funnel: Funnel
    waves: list[WaveAnswer]


class Rollout:
    """Rollout service of a process: waves started, stopped, resumed and counted."""

    def __init__(self, journal: Journal, events: EventReader, reader: RolloutReader) -> None:
        self._journal = journal
        self._events = events
        self._reader = reader

    async def start_wave(self, event_id: str, form: WaveForm) -> None:
        """Start a wave. Raises `NotFound`, `BadInput` or `Conflict`."""
        await self._event(event_id)
        await self._journal.append(event_id, StartWave(event_id, form))

    async def stop(self, event_id: str) -> None:
        """Stop the rollout: passes are offered to no further guests. Raises `NotFound`."""
        await self._event(event_id)
        await self._journal.append(event_id, StopOffer(event_id))

    async def resume(self, event_id: str) -> None:
        """Offer passes again as before the stop. Raises `NotFound` or `Conflict`."""
        await self._event(event_id)
        await self._journal.append(event_id, ResumeOffer(event_id, await self._reader.waves(event_id)))

    async def describe(self, event_id: str, *, has_mail: bool) -> RolloutAnswer:
        """Return an event's rollout with its funnel. Raises `NotFound`."""
        event = await self._event(event_id)
        return RolloutAnswer(
            event=event.id,
            name=event.name,
            wallet=event.wallet,
            percent=percent_of(event),
            mail=has_mail,
            funnel=await self._funnel(event),
            waves=[await self._wave(wave) for wave in await self._reader.waves(event_id)],
        )

    async def _event(self, event_id: str) -> Event:
        event = await self._events.find(event_id)
        if event is None:
            raise NotFound("Event not found")
        return event

    async def _funnel(self, event: Event) -> Funnel:
        added = await self._reader.added(event.id)
        return Funnel(
            offered=await self._chosen(event),
            opened=await self._reader.opened(event.id),
            added=len(added),
            scanned=await self._reader.admitted(added),
            feedback=Answers(
                worked=await self._reader.answers(added, worked=True),
                failed=await self._reader.answers(added, worked=False),
            ),
        )

    async def _chosen(self, event: Event) -> Chosen:
        invited = await self._reader.invited(event.id)
        reservations = tickets = 0
        async for parties in self._reader.parties(event.id):
            chosen = [party for party in parties if is_chosen(event, party.id, invited=party.id in invited)]
            reservations += len(chosen)
            tickets += sum(party.tickets for party in chosen)
        return Chosen(reservations=reservations, tickets=tickets)

    async def _wave(self, wave: WalletWave) -> WaveAnswer:
        letters = await self._reader.letters(wave.event, wave.number)
        return WaveAnswer(
            wave=wave.number,
            above=wave.above,
            percent=wave.percent,
            started_at=wave.started_at,
            letter=wave.letter,
            sent=letters.sent,
            unknown=letters.claimed,
        )
