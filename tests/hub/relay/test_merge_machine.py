"""State machine of a hub and its relay: whatever is scanned where, and however messages come, both end alike."""

from collections import Counter
from contextlib import suppress

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from msgspec import UNSET
from msgspec.structs import replace

from hub.door.response import DoorAnswer
from hub.door.ticket_state import fold, rule_of
from hub.errors import Conflict, NotFound
from hub.model.base import Direction
from hub.model.event import Door, Zone
from hub.model.journal import Entry
from hub.model.relay.documents import RelayFact
from hub.model.ticket import Ticket
from hub.relay.merge import counts_of
from tests.builders import a_device, a_ticket, an_event
from tests.hub.relay.ledger import Ledger
from tests.hub.relay.sides import Sides

TICKETS = ["t1", "t2", "t3"]
RELAY_DEVICES, HUB_DEVICES = ["v1", "v2"], ["v3"]
DIRECTIONS: st.SearchStrategy[Direction] = st.sampled_from(["in", "in", "in", "out"])
HOW = st.sampled_from(["alone", "lost", "followed"])
"""How a correction is decided: here; at the hub, whose answer is lost; at the hub, and it is here by then."""


class Line(RuleBasedStateMachine):
    """Doors of both sides, and a line that delivers, loses, repeats and delays."""

    @initialize(reentry=st.sampled_from(["single", "reentry", "multi:2"]))
    def begin(self, reentry: str) -> None:
        doors = [Door(id="d1", name="North"), Door(id="d2", name="South"), Door(id="d3", name="Hall", into="z1")]
        event = an_event(reentry=reentry, doors=doors, zones=[Zone(id="z1", name="Hall")])
        places = zip([*RELAY_DEVICES, *HUB_DEVICES], ["d1", "d2", "d3"], strict=True)
        devices = [a_device(name, door=door) for name, door in places]
        self.sides = Sides(event, devices, [a_ticket(name) for name in TICKETS])
        self.rule = reentry
        self.count = 0
        self.on_the_way: list[tuple[str, str, str, Direction, DoorAnswer]] = []
        self.late: list[tuple[str, str, str, Direction]] = []
        self.acknowledged: list[tuple[str, str, str, str]] = []
        self.parties: set[str] = set()
        self.undone: Counter[str] = Counter()
        self.counted: list[tuple[str, str]] = []
        self.late_heads: list[tuple[str, int, str]] = []

    def nonce(self) -> str:
        self.count += 1
        self.sides.pass_time()
        return f"n{self.count}"

    def acknowledge(self, device: str, ticket: str, nonce: str, answer: DoorAnswer) -> None:
        self.acknowledged.append((device, ticket, nonce, str(answer.code)))

    @rule(ticket=st.sampled_from(TICKETS), direction=DIRECTIONS)
    def scan_at_the_hub(self, ticket: str, direction: Direction) -> None:
        self.sides.scan_at_hub(HUB_DEVICES[0], ticket, self.nonce(), direction)

    @rule(device=st.sampled_from(RELAY_DEVICES), ticket=st.sampled_from(TICKETS), direction=DIRECTIONS)
    def scan_alone(self, device: str, ticket: str, direction: Direction) -> None:
        """Scans of one ticket are decided one at a time: none while a forward of it is on its way."""
        if not any(each[1] == ticket for each in self.on_the_way):
            nonce = self.nonce()
            self.acknowledge(device, ticket, nonce, self.sides.scan_alone(device, ticket, nonce, direction))

    @rule(device=st.sampled_from(RELAY_DEVICES), ticket=st.sampled_from(TICKETS), direction=DIRECTIONS)
    def forward(self, device: str, ticket: str, direction: Direction) -> None:
        """Forward where no fact waits; the answer comes back later, or never."""
        if not self.sides.waiting() and not any(each[1] == ticket for each in self.on_the_way):
            nonce = self.nonce()
            answer = self.sides.scan_at_hub(device, ticket, nonce, direction)
            self.on_the_way.append((device, ticket, nonce, direction, answer))

    @rule(is_lost=st.booleans())
    def answer_comes_or_is_lost(self, is_lost: bool) -> None:
        if self.on_the_way:
            device, ticket, nonce, direction, answer = self.on_the_way.pop(0)
            if is_lost:
                here = self.sides.scan_alone(device, ticket, nonce, direction)
            else:
                here = self.sides.record_forwarded(device, ticket, nonce, answer, direction)
            self.acknowledge(device, ticket, nonce, here)

    # --- parties and corrections ---------------------------------------------------------------------------------

    def is_free(self) -> bool:
        """Return whether no forward is on its way: what shares a reservation is decided one at a time."""
        return not self.on_the_way

    @rule(device=st.sampled_from(RELAY_DEVICES), ticket=st.sampled_from(TICKETS), is_lost=st.booleans())
    def scan_a_party(self, device: str, ticket: str, is_lost: bool) -> None:
        """Two at once, decided here; where the hub decided it before and its answer is lost, each is one admission."""
        if self.is_free():
            nonce = self.nonce()
            if is_lost and not self.sides.waiting():
                self.sides.follow_all()
                self.sides.scan_party_at_hub(device, ticket, nonce, 2)
            answer = self.sides.scan_alone(device, ticket, nonce, count=2)
            self.parties.add(nonce)
            passed = [ticket] if answer.tickets is UNSET else [each.uuid for each in answer.tickets]
            for each in passed:
                self.acknowledge(device, each, nonce, answer)

    def last_scan(self, side: Ledger, ticket: str) -> int | None:
        kept = side.find(Ticket, ticket)
        assert kept is not None
        return max((scan.seq for scan in kept.scans if not scan.undone), default=None)

    @rule(device=st.sampled_from(HUB_DEVICES), ticket=st.sampled_from(TICKETS))
    def undo_at_the_hub(self, device: str, ticket: str) -> None:
        seq, nonce = self.last_scan(self.sides.hub, ticket), self.nonce()
        if seq is not None and self.is_free():
            with suppress(Conflict):
                self.sides.undo_at_hub(device, ticket, seq, nonce)
                self.undone[ticket] += 1

    @rule(device=st.sampled_from(RELAY_DEVICES), ticket=st.sampled_from(TICKETS), how=HOW)
    def undo_at_the_relay(self, device: str, ticket: str, how: str) -> None:
        seq, nonce = self.last_scan(self.sides.relay, ticket), self.nonce()
        if seq is None or not self.is_free():
            return
        with suppress(Conflict, NotFound):
            there = self.last_scan(self.sides.hub, ticket)
            if how != "alone" and not self.sides.waiting() and self.sides.number_at_hub(ticket, seq) == there:
                self.sides.undo_at_hub(device, ticket, there or 0, nonce)
                if how == "followed":
                    self.sides.follow_all()
            answer = self.sides.undo_alone(device, ticket, seq, nonce)
            self.acknowledge(device, ticket, nonce, answer)
            self.undone[ticket] += 1
            assert self.sides.undo_alone(device, ticket, seq, nonce).code == "undone"

    @rule(device=st.sampled_from(RELAY_DEVICES + HUB_DEVICES), delta=st.sampled_from([1, 2, -1]), how=HOW)
    def count_people(self, device: str, delta: int, how: str) -> None:
        nonce = self.nonce()
        with suppress(Conflict):
            if device in HUB_DEVICES or (how != "alone" and not self.sides.waiting()):
                self.sides.count_at_hub(device, delta, nonce)
            if how == "followed":
                self.sides.follow_all()
            if device in RELAY_DEVICES:
                self.sides.count_alone(device, delta, nonce)
                self.counted.append((device, nonce))
                self.late_heads.append((device, delta, nonce))

    @rule()
    def a_forward_of_people_comes_late(self) -> None:
        """Decided here or there already, or not yet: they are counted once."""
        if self.late_heads:
            with suppress(Conflict):
                self.sides.count_at_hub(*self.late_heads.pop(0))

    @rule(device=st.sampled_from(RELAY_DEVICES), ticket=st.sampled_from(TICKETS), direction=DIRECTIONS)
    def forward_late(self, device: str, ticket: str, direction: Direction) -> None:
        """Forward, and decide here, since no answer comes in time: the forward arrives some time after that."""
        if not self.sides.waiting() and not any(each[1] == ticket for each in self.on_the_way):
            nonce = self.nonce()
            self.acknowledge(device, ticket, nonce, self.sides.scan_alone(device, ticket, nonce, direction))
            self.late.append((device, ticket, nonce, direction))

    @rule()
    def late_forward_arrives(self) -> None:
        if self.late:
            self.sides.scan_at_hub(*self.late.pop(0))

    @rule(most=st.integers(1, 3))
    def follow(self, most: int) -> None:
        self.sides.follow(most)

    @rule(most=st.integers(1, 3), is_acknowledged=st.booleans())
    def send_up(self, most: int, is_acknowledged: bool) -> None:
        self.sides.send_up(most, is_acknowledged=is_acknowledged)

    @rule(ticket=st.sampled_from(TICKETS))
    def ask_again(self, ticket: str) -> None:
        """A phone that lost the answer asks again, by whichever way: it gets the first one."""
        alone = [each for each in self.acknowledged if each[3] != "undone" and each[2] not in self.parties]
        for device, scanned, nonce, code in alone[-3:]:
            direction: Direction = "out" if code in ("exited", "not_inside") else "in"
            again = self.sides.scan_alone(device, scanned, nonce, direction)
            assert again.code == code

    # --- what holds ----------------------------------------------------------------------------------------------

    @invariant()
    def counts_are_the_sum_of_effects_on_both_sides(self) -> None:
        for side in (self.sides.hub, self.sides.relay):
            assert counts_of(side.recounted()) == counts_of(side.stream)

    @invariant()
    def numbers_have_no_gap(self) -> None:
        for side in (self.sides.hub, self.sides.relay):
            assert [entry.seq for entry in side.entries] == list(range(1, len(side.entries) + 1))

    @invariant()
    def no_ticket_has_two_scans_of_one_number(self) -> None:
        for ticket in self.sides.relay.all(Ticket):
            numbers = [scan.seq for scan in ticket.scans]
            assert len(numbers) == len(set(numbers))
            assert all(number > 0 for number in numbers)

    @invariant()
    def the_relay_admits_a_single_ticket_once(self) -> None:
        if self.rule == "single":
            by_code = Counter((ticket, code) for _, ticket, _, code in self.acknowledged)
            for ticket in TICKETS:
                assert by_code[ticket, "admitted"] <= 1 + self.undone[ticket]

    def teardown(self) -> None:
        if not hasattr(self, "sides"):
            return
        while self.on_the_way:
            self.answer_comes_or_is_lost(False)
        self.sides.heal()
        while self.late:
            self.late_forward_arrives()
        self.sides.heal()
        self.both_ends_are_alike()
        self.the_hub_answers_as_the_relay_did()

    def both_ends_are_alike(self) -> None:
        hub, relay = self.sides.hub, self.sides.relay
        assert counts_of(hub.stream) == counts_of(relay.stream)
        assert not self.sides.copy.on_top
        event = hub.all(type(an_event()))[0]
        for ticket in hub.all(Ticket):
            here = relay.find(Ticket, ticket.id)
            assert here is not None
            assert comparable(ticket, event) == comparable(here, event)
        assert conflicts_of(hub.entries) == conflicts_of(relay.entries)
        recorded = [(entry.device, entry.ticket, entry.nonce, entry.code) for entry in hub.entries]
        for each in self.acknowledged:
            assert recorded.count(each) == 1, each
        heads = [(entry.device, entry.nonce) for entry in hub.entries if entry.kind == "headcount"]
        for counted in self.counted:
            assert heads.count(counted) == 1, counted
        assert all(fact.is_echoed for fact in relay.all(RelayFact))

    def the_hub_answers_as_the_relay_did(self) -> None:
        """A door that asks the hub under the nonce of a scan that the relay decided gets what the relay decided."""
        own = {(entry.device, entry.nonce) for entry in self.sides.hub.entries if "relay" not in entry.data}
        for device, ticket, nonce, code in self.acknowledged:
            if (device, nonce) not in own and nonce not in self.parties and code != "undone":
                direction: Direction = "out" if code in ("exited", "not_inside") else "in"
                assert self.sides.scan_at_hub(device, ticket, nonce, direction).code == code


def comparable(ticket: Ticket, event: object) -> object:
    """Return a ticket's scans and state without the numbers, which are each journal's own."""
    state = fold(ticket, rule_of(ticket, event))  # type: ignore[arg-type]
    plain = [replace(scan, seq=0, upstream_seq=None) for scan in ticket.scans]
    where, last = sorted(map(str, state.where)), state.last and replace(state.last, seq=0, upstream_seq=None)
    return plain, where, state.entries, state.entered, last, len(state.conflicts)


def conflicts_of(entries: list[Entry]) -> Counter[tuple[object, ...]]:
    found = [entry for entry in entries if entry.kind == "ticket.conflict"]
    named = Counter((entry.ticket, entry.device, entry.nonce, entry.data["reason"]) for entry in found)
    return Counter(named)


TestLine = Line.TestCase
TestLine.settings = settings(max_examples=40, report_multiple_bugs=False, stateful_step_count=30)
