"""The waiting list, played at random: no seat too many, first come first served, every offer ends (booking-api.md)."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import msgspec
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from hub.errors import HubError
from hub.events.commands import ChangeShowings
from hub.events.form import ShowingPatch
from hub.model.base import Document
from hub.model.command import Command, Key, UnitOfWork, key_of
from hub.model.event import Showing
from hub.model.journal import Entry, Stream
from hub.model.ticket import Ticket
from hub.model.waiting import WaitingEntry, WaitingQueue
from hub.tickets.book import BookTickets
from hub.tickets.changes import Act, TicketChanges, Wanted
from hub.tickets.orders import Order, split_name
from hub.tickets.seats import Seats, new_showing
from hub.tickets.service import ChangeTickets
from hub.tickets.waiting import AcceptOffer, JoinWaiting, LeaveWaiting, SettleQueue
from hub.vault import Vault
from tests.builders import an_event
from tests.commands import NOON

SEATS = Seats(Vault("a secret of the tests, long enough"), timedelta(hours=8))
CHANGES = TicketChanges(SEATS)
DATE = "2026-06-01"
TIMES = ("13:00", "14:00")
PARTY, WHICH = st.integers(1, 3), st.integers(0, 30)


class Times(RuleBasedStateMachine):
    """Two times of one event, few seats each, and the commands that a hub would run on them."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOON
        self.event = msgspec.structs.replace(an_event(), waiting=True, offer_minutes=10, phone_limit=1000)
        self.kept: dict[Key, Document] = {}
        self.stream = Stream(id=self.event.id, epoch="k1")
        self.journal: list[Entry] = []
        self.joined: list[str] = []

    # --- the database, in short --------------------------------------------------------------------------------------

    def run(self, *commands: Command[Any]) -> list[Any]:
        """Run commands as one batch, each refused alone; return their answers, or how they were refused."""
        keys = {key for command in commands for key in command.reads()}
        unit = UnitOfWork(
            stream=self.stream,
            event=self.event,
            devices={},
            documents={key: self.kept[key] for key in keys if key in self.kept},
            now=self.now,
            batch="b",
        )
        answers: list[Any] = []
        for command in commands:
            try:
                change = command.decide(unit)
            except HubError as refusal:
                answers.append(refusal)
            else:
                unit.apply(change)
                answers.append(change.answer)
        for key, document in unit.writes():
            assert key in keys or key not in self.kept, f"{key} was written unread"
            if document is None:
                self.kept.pop(key, None)
            else:
                self.kept[key] = document
        self.journal += unit.entries
        return answers

    def all(self, kind: type[Document]) -> list[Any]:
        return [document for (each, _), document in self.kept.items() if each is kind]

    def pick(self, kind: type[Document], which: int) -> Any:
        found = self.all(kind)
        return found[which % len(found)] if found else None

    @property
    def showings(self) -> list[Showing]:
        return self.all(Showing)

    # --- what people do ----------------------------------------------------------------------------------------------

    @initialize(capacities=st.lists(st.integers(1, 4), min_size=2, max_size=2))
    def open(self, capacities: list[int]) -> None:
        for time, capacity in zip(TIMES, capacities, strict=True):
            showing = new_showing(self.event, DATE, time, capacity)
            self.kept[key_of(showing)] = showing

    def booking(self, count: int, time: str, held: int = 0, **more: Any) -> BookTickets:
        guests = (split_name("Ada"),) * count
        order = Order(event=self.event.id, date=DATE, time=time, name="Ada", phone_number="12345", guests=guests)
        order = msgspec.structs.replace(order, **more)
        return BookTickets(order, SEATS, idempotency=None, proof_key=b"k", is_anonymous=False, held=held)

    @rule(count=PARTY, time=st.sampled_from(TIMES), how_often=st.integers(1, 3))
    def book(self, count: int, time: str, how_often: int) -> None:
        self.run(*[self.booking(count, time) for _ in range(how_often)])

    @rule(parties=st.lists(st.tuples(PARTY, st.sampled_from(TIMES)), min_size=1, max_size=4))
    def join(self, parties: list[tuple[int, str]]) -> None:
        entries = [self.entry(count, time, n) for n, (count, time) in enumerate(parties, len(self.joined))]
        answers = self.run(*[JoinWaiting(entry, entry.id, SEATS) for entry in entries])
        self.joined += [entry.id for entry in entries]
        assert {each.code for each in answers if isinstance(each, HubError)} <= {"seats_left", "invalid"}

    def entry(self, count: int, time: str, number: int) -> WaitingEntry:
        showing = f"{self.event.id}/{DATE}T{time}"
        return WaitingEntry(
            id=f"w{number:04}",
            event=self.event.id,
            showing=showing,
            date=DATE,
            time=time,
            tickets=count,
            name="Ada",
            email=f"{number}@example.org",
            joined_at=self.now,
        )

    @rule(which=WHICH, act=st.sampled_from([CHANGES.cancel, CHANGES.delete, CHANGES.restore]), rebook=st.booleans())
    def change(self, which: int, act: Act, rebook: bool) -> None:
        """Change a whole reservation; in the same moment others try to book what it frees."""
        if (ticket := self.pick(Ticket, which)) is None:
            return
        whole = [each for each in self.all(Ticket) if each.reservation == ticket.reservation]
        self.run(ChangeTickets(whole, SEATS, act), *[self.booking(1, ticket.time)] * rebook)

    @rule(which=WHICH)
    def move(self, which: int) -> None:
        ticket = self.pick(Ticket, which)
        if ticket is None or ticket.status == "canceled":
            return
        wanted = Wanted(time=TIMES[ticket.time == TIMES[0]])
        target = f"{self.event.id}/{DATE}T{wanted.time}"
        also = lambda _: SEATS.keys(target, ticket.counted_phone)  # noqa: E731
        self.run(ChangeTickets([ticket], SEATS, CHANGES.correct(wanted), also))

    @rule(which=WHICH, capacity=st.integers(1, 6))
    def resize(self, which: int, capacity: int) -> None:
        showing = self.showings[which % 2]
        patch = ShowingPatch(date=DATE, time=showing.time, capacity=capacity)
        self.run(ChangeShowings(self.event, self.showings, [patch], SEATS))

    @rule(which=WHICH, again=st.booleans())
    def accept(self, which: int, again: bool) -> None:
        offers = [each for queue in self.all(WaitingQueue) for each in queue.offers]
        if not offers:
            return
        offer = offers[which % len(offers)]
        entry = self.kept[WaitingEntry, offer.id]
        assert isinstance(entry, WaitingEntry)
        bookings = [self.booking(entry.tickets, entry.time, held=entry.tickets) for _ in range(1 + again)]
        answers = self.run(*[AcceptOffer(entry, booking) for booking in bookings])
        assert len(set(map(str, answers))) == 1, "an offer that is accepted twice is booked once"
        assert isinstance(answers[0], HubError) == (offer.until <= self.now)

    @rule(which=WHICH)
    def leave(self, which: int) -> None:
        entry = self.pick(WaitingEntry, which)
        if entry is not None:
            (answer,) = self.run(LeaveWaiting(entry, SEATS))
            assert isinstance(answer, HubError) == (entry.ended is not None)
            assert entry.ended is not None or (WaitingEntry, entry.id) not in self.kept

    @rule(minutes=st.sampled_from([1, 5, 11]), settles=st.booleans())
    def wait(self, minutes: int, settles: bool) -> None:
        if self.now + timedelta(minutes=minutes) < NOON + timedelta(minutes=55):
            self.now += timedelta(minutes=minutes)
        if settles:
            self.settle()

    def settle(self) -> None:
        for queue in self.all(WaitingQueue):
            self.run(SettleQueue(queue, {each.id for each in queue.offers}, SEATS))
        assert all(each.until > self.now for queue in self.all(WaitingQueue) for each in queue.offers)

    @precondition(lambda self: self.event.waiting)
    @rule()
    def close(self) -> None:
        """Close the event for a moment, in which seats are freed; afterwards the job catches up."""
        self.event = msgspec.structs.replace(self.event, closed=True)
        if tickets := self.all(Ticket):
            self.run(ChangeTickets(tickets[:1], SEATS, CHANGES.cancel))
        self.event = msgspec.structs.replace(self.event, closed=False)
        self.settle()

    # --- what holds at every moment ----------------------------------------------------------------------------------

    @invariant()
    def no_seat_is_sold_twice(self) -> None:
        for showing in self.showings:
            sold = sum(each.showing == showing.id and each.status != "canceled" for each in self.all(Ticket))
            assert showing.booked == sold + sum(each.tickets for each in self.offers(showing))
            assert showing.booked <= showing.capacity
        sold = sum(each.status != "canceled" for each in self.all(Ticket))
        assert self.stream.booked == sold, "an offer is no booking yet"

    @invariant()
    def nobody_waits_for_seats_that_are_free(self) -> None:
        for showing in self.showings:
            assert all(each.tickets > showing.capacity - showing.booked for each in self.waiting(showing))

    @invariant()
    def each_stands_once_and_in_the_order_of_joining(self) -> None:
        places = [each.id for showing in self.showings for each in self.waiting(showing)]
        offers = [each.id for showing in self.showings for each in self.offers(showing)]
        standing = {each.id for each in self.all(WaitingEntry) if each.ended is None}
        assert Counter([*places, *offers]) == Counter(standing)
        for showing in self.showings:
            order = [each.id for each in self.waiting(showing)]
            assert order == sorted(order)

    @invariant()
    def what_ended_names_nobody(self) -> None:
        for entry in self.all(WaitingEntry):
            assert entry.ended is None or (entry.name, entry.email, entry.phone_number) == ("", None, None)
        assert "@" not in repr(self.journal) and "Ada" not in repr(self.journal)

    @invariant()
    def offers_begin_and_end_once_in_the_journal(self) -> None:
        kinds: dict[str, list[str]] = {}
        for entry in self.journal:
            if entry.kind.startswith("waiting."):
                kinds.setdefault(entry.data["waiting"], []).append(entry.kind.removeprefix("waiting."))
        ends = {"accepted", "lapsed", "left"}
        for told in kinds.values():
            assert told in [
                ["joined"],
                ["joined", "left"],
                ["joined", "offered"],
                *[["joined", "offered", end] for end in ends],
            ]

    @invariant()
    def nobody_was_passed_over_who_fitted(self) -> None:
        """A party that still waits was passed over by smaller ones alone, and each time is counted."""
        for showing in self.showings:
            waiting = self.waiting(showing)
            offered = [e.data["waiting"] for e in self.journal if e.kind == "waiting.offered"]
            for place in waiting:
                behind = [each for each in offered if each > place.id and self.showing_of(each) == showing.id]
                assert place.passed == len(behind)
                assert all(self.tickets_of(each) < place.tickets for each in behind), "only smaller parties pass"

    def showing_of(self, entry_id: str) -> str:
        return next(str(e.data["showing"]) for e in self.journal if e.data.get("waiting") == entry_id)

    def tickets_of(self, entry_id: str) -> int:
        return next(int(e.data["tickets"]) for e in self.journal if e.data.get("waiting") == entry_id)

    def waiting(self, showing: Showing) -> Sequence[Any]:
        queue = self.kept.get((WaitingQueue, showing.id))
        return queue.waiting if isinstance(queue, WaitingQueue) else []

    def offers(self, showing: Showing) -> Sequence[Any]:
        queue = self.kept.get((WaitingQueue, showing.id))
        return queue.offers if isinstance(queue, WaitingQueue) else []

    def teardown(self) -> None:
        """No offer is accepted any more: each lapses and goes on, until no party is left that fits."""
        before = len(self.all(WaitingEntry))
        for _ in range(before + 1):
            self.now += timedelta(seconds=1)
            self.now = max([self.now, *(queue.due_at for queue in self.all(WaitingQueue) if queue.due_at)])
            self.settle()
            self.each_stands_once_and_in_the_order_of_joining()
            self.no_seat_is_sold_twice()
        assert not any(queue.offers for queue in self.all(WaitingQueue))


Times.TestCase.settings = settings(
    max_examples=200, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
TestTimes = Times.TestCase
