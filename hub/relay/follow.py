"""Follow command of a relay: one page of the hub's journal, applied to the copy in one transaction (docs/relay.md).

Each entry of the hub becomes one here, but the echo of what was decided here: that is on record already.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from msgspec.structs import replace

from hub.errors import Conflict
from hub.model.access import Device
from hub.model.base import Document
from hub.model.command import Change, Key, NewEntry, UnitOfWork, counter_at, merge_effect
from hub.model.event import Event, Showing
from hub.model.journal import Entry
from hub.model.kinds import PASSAGE_KINDS, Kind
from hub.model.refusals import PASSED
from hub.model.relay.documents import FactKind, RelayCopy, RelayFact, correction_id, fact_id, second_fact_id
from hub.model.ticket import Ticket
from hub.relay.merge import Numbers, added, counts_of, merged, total
from hub.relay.wire import Page

OUT_OF_STEP = "relay_out_of_step"
"""Code of a page that does not follow on the copy: it is read anew."""
CORRECTIONS: Mapping[str, FactKind] = {"ticket.undone": "undo", "headcount": "headcount", "ticket.booked": "sale"}
"""Kinds of facts that are no scans, by their kind in the journal."""


class ApplyPage:
    """Command: apply a page of the hub's journal to a relay's copy of `event`; answers with the copy."""

    def __init__(self, event: str, page: Page) -> None:
        self._event = event
        self._page = page
        self.weight = len(page.entries) + 1

    def reads(self) -> Iterable[Key]:
        """Yield the copy, what the page replaces, and the facts that its entries may be echoes of."""
        page = self._page
        yield RelayCopy, self._event
        yield from ((Ticket, ticket.id) for ticket in page.tickets)
        yield from ((Ticket, ticket_id) for ticket_id in page.gone)
        yield from ((RelayFact, each) for entry in page.entries for each in _facts_of(entry))
        if page.event is not None:
            yield Event, self._event
        yield from ((Showing, showing.id) for showing in page.showings or ())
        yield from ((Device, device.id) for device in page.devices or ())

    def decide(self, unit: UnitOfWork) -> Change[RelayCopy]:
        """Return the change. Raises `Conflict` (relay_out_of_step) where the page does not follow on the copy."""
        copy = unit.find(RelayCopy, self._event)
        page = self._page
        if copy is None or (copy.upstream_epoch, copy.upstream_seq) != (page.epoch, page.since):
            raise Conflict(OUT_OF_STEP, "The page does not follow on the copy")
        return _Application(unit, copy, page).change()


def _facts_of(entry: Entry) -> Sequence[str]:
    """Return the names of the facts that an entry may be the echo of; none for one that is of no act at a door."""
    if entry.device is None or entry.nonce is None:
        return ()
    if entry.kind in CORRECTIONS:
        return (correction_id(entry.device, entry.nonce, entry.ticket),)
    if entry.kind not in PASSAGE_KINDS:
        return ()
    name = fact_id(entry.device, entry.nonce, entry.ticket)
    return name, second_fact_id(name)


def known_effect(entry: Entry) -> dict[str, int]:
    """Return an entry's effect without counters of a newer version."""
    return {path: delta for path, delta in entry.effect.items() if counter_at(path) is not None}


def is_echo(entry: Entry, fact: RelayFact) -> bool:
    """Return whether an entry is the hub's record of a fact: of the same scan, with the same outcome for the guest.

    Of one scan the hub may have two: its own decision on a forward that came too late, and the door's that differs.
    """
    if fact.is_echoed or (entry.direction or "in") != fact.direction:
        return False
    if fact.upstream_seq is not None and fact.upstream_seq != entry.seq:
        return False
    return (entry.code in PASSED) == (fact.code in PASSED)


class _Application:
    """Application of one page to the unit of work of one transaction."""

    def __init__(self, unit: UnitOfWork, copy: RelayCopy, page: Page) -> None:
        self._unit = unit
        self._copy = copy
        self._page = page
        self._numbers = Numbers(began=copy.began_seq, reached=page.seq, here={})
        self._echoes: dict[str, RelayFact] = {}
        self._foreign: list[Entry] = []

    def change(self) -> Change[RelayCopy]:
        self._sort_entries()
        tickets = self._tickets()
        entries = [self._entry(entry) for entry in self._foreign]
        copy = self._moved_copy()
        if rest := self._rest(copy):
            entries.append(NewEntry(kind="relay.merged", effect=rest, data={"upstream_seq": self._page.seq}))
        gone: list[Key] = [(Ticket, each) for each in self._page.gone if self._unit.holds(Ticket, each)]
        put: list[Document] = [copy, *tickets, *self._echoes.values(), *self._surroundings()]
        return Change(
            answer=copy,
            entries=entries,
            put=put,
            drop=[*gone, *self._former_devices()],
            bump={self._copy.id} if self._page.event is not None else set(),
        )

    def _sort_entries(self) -> None:
        """Tell echoes from entries of others, and give each its number here."""
        for entry in self._page.entries:
            fact = self._fact_echoed_by(entry)
            if fact is not None:
                self._echoes[fact.id] = replace(fact, is_echoed=True, is_waiting=False, upstream_seq=entry.seq)
                self._numbers.here[entry.seq] = fact.seq
            else:
                self._numbers.here[entry.seq] = self._unit.next_seq + len(self._foreign)
                self._foreign.append(entry)
                self._note_foreign(entry)

    def _note_foreign(self, entry: Entry) -> None:
        """Keep the scan's name: a door whose forward, or whose try at the hub, got no answer may ask again here."""
        names = [name for name in _facts_of(entry) if name not in self._echoes]
        free = [name for name in names if self._unit.find(RelayFact, name) is None]
        if not free:
            return
        self._echoes[free[0]] = RelayFact(
            id=free[0],
            event=entry.event,
            kind=CORRECTIONS.get(entry.kind, "passage"),
            seq=self._numbers.here[entry.seq],
            device=str(entry.device),
            nonce=str(entry.nonce),
            ticket=entry.ticket,
            direction=entry.direction or "in",
            code=str(entry.code),
            door=entry.door,
            at=entry.at,
            upstream_seq=entry.seq,
            is_echoed=True,
        )

    def _fact_echoed_by(self, entry: Entry) -> RelayFact | None:
        facts = [self._unit.find(RelayFact, name) for name in _facts_of(entry) if name not in self._echoes]
        return next((fact for fact in facts if fact is not None and is_echo(entry, fact)), None)

    def _tickets(self) -> list[Ticket]:
        echoed = frozenset(fact.seq for fact in self._echoes.values())
        return [
            merged(ticket, self._unit.find(Ticket, ticket.id), self._numbers, echoed) for ticket in self._page.tickets
        ]

    def _entry(self, entry: Entry) -> NewEntry:
        """Return the hub's entry as this journal has it; numbers in its data are this journal's, too."""
        return NewEntry(
            kind=cast(Kind, entry.kind),
            at=entry.at,
            received_at=entry.received_at,
            ticket=entry.ticket,
            device=entry.device,
            door=entry.door,
            direction=entry.direction,
            code=entry.code,
            nonce=entry.nonce,
            by=entry.by,
            effect=known_effect(entry),
            data=self._numbered(entry) | {"upstream_seq": entry.seq},
        )

    def _numbered(self, entry: Entry) -> dict[str, Any]:
        ticket = self._unit.find(Ticket, entry.ticket) if entry.ticket is not None else None
        data = dict(entry.data)
        if entry.kind == "ticket.undone" and isinstance(data.get("seq"), int):
            data["seq"] = self._numbers.of(data["seq"], ticket) or data["seq"]
        for side in ("entry", "counted"):
            there = data.get(side)
            if entry.kind == "ticket.conflict" and isinstance(there, dict) and isinstance(there.get("seq"), int):
                data[side] = there | {"seq": self._numbers.of(there["seq"], ticket) or there["seq"]}
        return data

    # --- the counts ----------------------------------------------------------------------------------------------

    def _moved_copy(self) -> RelayCopy:
        base = dict(self._copy.base)
        for entry in self._page.entries:
            merge_effect(base, known_effect(entry))
        on_top = self._copy.on_top
        for fact in self._echoes.values():
            on_top = added(on_top, fact.effect, -1)
        return replace(
            self._copy,
            upstream_seq=self._page.seq,
            upstream_revision=self._page.revision,
            base={path: count for path, count in base.items() if count},
            on_top=on_top,
        )

    def _rest(self, copy: RelayCopy) -> dict[str, int]:
        """Return what the counts differ by from what they should be, once the entries of others are in."""
        counts = counts_of(self._unit.stream)
        for entry in self._foreign:
            merge_effect(counts, known_effect(entry))
        return added(total(copy.base, copy.on_top), counts, -1)

    # --- the event and what serves it ----------------------------------------------------------------------------

    def _surroundings(self) -> Iterable[Document]:
        page = self._page
        yield from [page.event] if page.event is not None else []
        yield from page.devices or ()
        yield from page.showings or ()

    def _former_devices(self) -> list[Key]:
        """Return the devices that serve the event no longer."""
        if self._page.devices is None:
            return []
        serving = {device.id for device in self._page.devices}
        return [(Device, device.id) for device in self._unit.devices if device.id not in serving]


def without_secrets(event: Event) -> Event:
    """Return an event as a relay gets it: without its private signing key."""
    return replace(event, key=replace(event.key, sealed=b""))


def as_copied(device: Device) -> Device:
    """Return a device as a relay gets it: it pairs nobody there."""
    return replace(device, pairing_hash=None, pairing_expires_at=None, spent_hash=None, info={})
