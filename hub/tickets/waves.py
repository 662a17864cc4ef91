"""Waves of a rollout of passes: a wave started, the offer stopped and resumed. Pure (docs/wallet.md, Waves)."""

from collections.abc import Iterable, Sequence
from typing import Annotated

import msgspec

from hub.errors import BadInput, Conflict
from hub.formats.contact import is_printable
from hub.model.command import Change, Key, NewEntry, UnitOfWork
from hub.model.event import Event, Percent
from hub.model.wallet import Letter, WalletWave
from hub.tickets.wallet_offer import percent_of
from hub.validation import Problems, read_form

TESTERS = 0
"""Number of the wave of the invited testers."""
MOST_WAVES = 100
UNUSABLE = "The wave cannot be started"


class LetterForm(msgspec.Struct, frozen=True, kw_only=True):
    """Form of a wave's letter."""

    text: Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]
    subject: Annotated[str, msgspec.Meta(max_length=150)] | None = None


class WaveForm(msgspec.Struct, frozen=True, kw_only=True):
    """Form of a wave: up to which percent, and a letter to those newly offered passes."""

    percent: Percent
    letter: LetterForm | None = None


def read_wave(raw: object, *, has_mail: bool) -> WaveForm:
    """Return a wave's form from JSON. Raises `BadInput` with all that is wrong; a letter needs a mail server."""

    def check(form: WaveForm, problems: Problems) -> None:
        if form.letter is None:
            return
        if not form.letter.text.strip():
            problems.add("letter.text", "must not be empty")
        if not all(is_printable(line) for line in form.letter.text.replace("\t", " ").splitlines()):
            problems.add("letter.text", "must be plain text")
        if form.letter.subject is not None and not is_printable(form.letter.subject):
            problems.add("letter.subject", "must be one line of plain text")
        if not has_mail:
            problems.add("letter", "no mail server is set up")

    return read_form(raw, WaveForm, UNUSABLE, check)


class StartWave:
    """Command: start a wave. Raises `BadInput` where it offers passes to no more guests, `Conflict` at the limit."""

    weight = 1

    def __init__(self, event_id: str, form: WaveForm) -> None:
        self._event_id = event_id
        self._form = form

    def reads(self) -> Iterable[Key]:
        """The event, and the testers' wave, which may be started again for testers invited since."""
        yield Event, self._event_id
        yield WalletWave, WalletWave.name(self._event_id, TESTERS)

    def decide(self, unit: UnitOfWork) -> Change[Event]:
        """Return the event with its new share, the wave, and the entry by which its letters are sent."""
        event, percent, above = unit.event, self._form.percent, percent_of(unit.event)
        if event.wallet == "on":
            raise Conflict("wallet_on", "Passes are offered to everybody already")
        if percent <= above and (percent, above) != (0, 0):
            raise BadInput(UNUSABLE, {"percent": f"must be more than {above}"})
        if event.wallet_waves >= MOST_WAVES:
            raise Conflict("too_many_waves", f"An event has {MOST_WAVES} waves at most")
        number = TESTERS if percent == 0 else event.wallet_waves + 1
        wave = WalletWave(
            id=WalletWave.name(event.id, number),
            event=event.id,
            number=number,
            above=above,
            percent=percent,
            letter=_letter(self._form.letter),
            started_at=unit.now,
        )
        after = msgspec.structs.replace(
            event,
            wallet="percent" if percent else "invited",
            wallet_percent=percent,
            wallet_waves=max(event.wallet_waves, number),
        )
        entries = [*_changed(event, after), _wave_entry(wave)]
        return Change(answer=after, entries=entries, put=[after, wave], bump={event.id})


class StopOffer:
    """Command: stop the rollout. Passes on phones go on; the share is kept, to be resumed with."""

    weight = 1

    def __init__(self, event_id: str) -> None:
        self._event_id = event_id

    def reads(self) -> Iterable[Key]:
        """The event alone."""
        yield Event, self._event_id

    def decide(self, unit: UnitOfWork) -> Change[Event]:
        """Return the event with its passes off; nothing changes where they are."""
        event = unit.event
        if event.wallet == "off":
            return Change(answer=event)
        after = msgspec.structs.replace(event, wallet="off", wallet_percent=percent_of(event))
        return Change(answer=after, entries=_changed(event, after), put=[after], bump={event.id})


class ResumeOffer:
    """Command: offer passes again as before the stop; letters of `waves` that were not sent go on."""

    weight = 1

    def __init__(self, event_id: str, waves: Sequence[WalletWave]) -> None:
        self._event_id = event_id
        self._waves = waves

    def reads(self) -> Iterable[Key]:
        """The event alone."""
        yield Event, self._event_id

    def decide(self, unit: UnitOfWork) -> Change[Event]:
        """Return the change. Raises `Conflict` where passes are not off."""
        event = unit.event
        if event.wallet != "off":
            raise Conflict("wallet_on", "Passes are not stopped")
        after = msgspec.structs.replace(event, wallet="percent" if event.wallet_percent else "invited")
        again = [_wave_entry(wave) for wave in self._waves if wave.letter is not None]
        return Change(answer=after, entries=[*_changed(event, after), *again], put=[after], bump={event.id})


def _letter(form: LetterForm | None) -> Letter | None:
    return None if form is None else Letter(text=form.text.strip(), subject=(form.subject or "").strip() or None)


def _changed(before: Event, after: Event) -> list[NewEntry]:
    fields = [name for name in ("wallet", "wallet_percent") if getattr(before, name) != getattr(after, name)]
    return [NewEntry(kind="event.changed", data={"id": after.id, "fields": fields})] if fields else []


def _wave_entry(wave: WalletWave) -> NewEntry:
    data = {"wave": wave.number, "above": wave.above, "percent": wave.percent, "letter": wave.letter is not None}
    return NewEntry(kind="wallet.wave", data=data)
