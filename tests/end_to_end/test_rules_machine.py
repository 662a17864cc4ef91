"""Random nights: book, pay, cancel, block, scan, leave, undo, offline, the clock; a small model never disagrees."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tornado.ioloop import IOLoop

from hub.clock import SettableClock
from tests.api import Api
from tests.end_to_end.hub_machine import HubMachine

LIMIT, SEATS = 2, 6
WHICH, GATE = st.integers(0, SEATS - 1), st.sampled_from([0, 1])
BEGINNING = datetime(2026, 12, 24, 18, 30, tzinfo=UTC)
EXPIRY = datetime(2026, 12, 25, 3, 30, tzinfo=UTC)


@dataclass
class Passage:
    """Passage of one guest through a door."""

    seq: int
    direction: str
    offline: bool = False


@dataclass
class Model:
    """Model of a ticket: a status and its passages, in order of time."""

    id: str
    code: str
    reservation: str
    status: str
    is_paid: bool
    passages: list[Passage] = field(default_factory=list)

    def state(self, rule_name: str) -> tuple[int, int, int]:
        """Return (people inside, entries that count, people inside who count)."""
        people = entries = chain = 0
        for passage in self.passages:
            if passage.direction == "out":
                people, chain = max(people - 1, 0), max(chain - 1, 0)
                continue
            people += 1
            if not passage.offline or may_enter(rule_name, entries, chain):
                entries, chain = entries + 1, chain + 1
        return people, entries, chain


def may_enter(rule_name: str, entries: int, inside: int) -> bool:
    """Whether the rule has room for one more entry."""
    return {"single": entries == 0, "reentry": inside == 0, "multi:2": entries < 2}[rule_name]


class Night(HubMachine):
    """Machine of this test."""

    @initialize(rule_name=st.sampled_from(["single", "reentry", "multi:2"]))
    def open_doors(self, rule_name: str) -> None:
        self.clock.set(BEGINNING)
        self.rule_name = rule_name
        self.tickets: list[Model] = []
        self.denied = 0
        showing = {"date": "2026-12-24", "time": "20:30", "capacity": SEATS}
        self.event = self.do(self.api.make_event(reentry=rule_name, max_inside=LIMIT, showings=[showing]))
        self.gates = [self.do(self.api.make_device(self.event, door, may=["undo"])) for door in (0, 1)]
        for made in self.do(self.api.book(self.event, 3)):
            self.tickets.append(Model(made["id"], made["code"], made["reservation"], "valid", is_paid=True))

    @property
    def inside(self) -> int:
        return sum(ticket.state(self.rule_name)[0] for ticket in self.tickets)

    @property
    def booked(self) -> int:
        return sum(ticket.status != "canceled" for ticket in self.tickets)

    def expected(self, ticket: Model, direction: str) -> str:
        """Answer expected of the door."""
        people, entries, _ = ticket.state(self.rule_name)
        if direction == "out":
            return "exited" if people else "not_inside"
        if ticket.status != "valid":
            return ticket.status
        if self.clock.now() >= EXPIRY:
            return "expired"
        if not may_enter(self.rule_name, entries, people):
            return "already_scanned"
        return "full" if self.inside >= LIMIT else "admitted"

    # --- what can happen -----------------------------------------------------------------------------------------

    @rule(paid=st.booleans())
    def book(self, paid: bool) -> None:
        order = {
            "event": self.event["uuid"],
            "date": "2026-12-24",
            "time": "20:30",
            "name": "Ada",
            "phone_number": "12345",
            "paid": paid,
            "tickets": [{"first_name": "Ada"}],
        }
        answer = self.do(self.api.admin.post("/api/reservations", order))
        if self.clock.now() >= datetime(2026, 12, 25, 1, tzinfo=UTC):
            assert (answer.status, answer.body["code"]) == (422, "time_over")
        elif self.booked >= SEATS:
            assert (answer.status, answer.body["code"]) == (409, "sold_out")
        else:
            [made] = answer.body["tickets"]
            status = "valid" if paid else "unpaid"
            self.tickets.append(Model(made["id"], made["code"], made["reservation"], status, paid))

    @rule(which=WHICH, gate=GATE)
    def enter(self, which: int, gate: int) -> None:
        self.scan(self.pick(which), gate, "in")

    @rule(which=WHICH, gate=GATE)
    def enter_once_more(self, which: int, gate: int) -> None:
        self.scan(self.pick(which), gate, "in")

    @rule(which=WHICH, gate=GATE)
    def leave(self, which: int, gate: int) -> None:
        self.scan(self.pick(which), gate, "out")

    def pick(self, which: int) -> Model:
        return self.tickets[which % len(self.tickets)]

    def scan(self, ticket: Model, gate: int, direction: str) -> None:
        self.clock.advance(timedelta(seconds=1))
        expected = self.expected(ticket, direction)
        looked = self.do(
            self.gates[gate].post("/scan/check_ticket/", {"qrcode_data": ticket.code, "direction": direction})
        )
        assert looked.body["would"] == {"admit": expected in ("admitted", "exited"), "code": expected}
        told = self.do(self.gates[gate].scan(ticket.code, direction=direction)).body
        assert told["code"] == expected
        if expected in ("admitted", "exited"):
            ticket.passages.append(Passage(told["seq"], direction))
        else:
            self.denied += direction == "in"

    @rule(which=WHICH, gate=GATE, verdict=st.sampled_from(["admitted", "exited", "canceled"]))
    def act_offline(self, which: int, gate: int, verdict: str) -> None:
        ticket = self.pick(which)
        self.clock.advance(timedelta(seconds=1))
        at = self.clock.now().isoformat()
        fact = {"qrcode_data": ticket.code, "nonce": f"offline {self.count}", "scanned_at": at, "verdict": verdict}
        for _ in range(2):  # sent twice, recorded once
            answer = self.do(self.gates[gate].post("/scan/batch/", {"scans": [fact]})).body["results"][0]
            assert answer["code"] == verdict
        if verdict == "canceled":
            self.denied += 1
        else:
            ticket.passages.append(Passage(answer["seq"], "in" if verdict == "admitted" else "out", offline=True))

    @precondition(lambda self: any(ticket.passages for ticket in self.tickets))
    @rule(which=WHICH)
    def undo(self, which: int) -> None:
        scanned = [ticket for ticket in self.tickets if ticket.passages]
        ticket = scanned[which % len(scanned)]
        last = ticket.passages[-1]
        before = self.inside
        removed = ticket.passages.pop()
        is_full = last.direction == "out" and self.inside > before and before >= LIMIT
        answer = self.do(self.api.admin.post("/scan/undo/", {"ticket_uuid": ticket.id, "seq": last.seq}))
        if is_full:
            assert (answer.status, answer.body["code"]) == (409, "full")
            ticket.passages.append(removed)
        else:
            assert (answer.status, answer.body["code"]) == (200, "undone")

    @rule(which=WHICH, deed=st.sampled_from(["cancel", "block", "unblock", "pay"]))
    def change(self, which: int, deed: str) -> None:
        ticket = self.pick(which)
        path = f"/api/reservations/{ticket.reservation}/pay" if deed == "pay" else f"/api/tickets/{ticket.id}/{deed}"
        answer = self.do(self.api.admin.post(path))
        moves = {
            "cancel": {"valid": "canceled", "unpaid": "canceled", "blocked": "canceled"},
            "block": {"valid": "blocked", "unpaid": "blocked"},
            "unblock": {"blocked": "valid" if ticket.is_paid else "unpaid"},
            "pay": {"unpaid": "valid", "blocked": "blocked"},
        }
        wanted = moves[deed].get(ticket.status)
        if wanted is not None:
            assert answer.status == 200, answer.raw
            ticket.status = wanted
            ticket.is_paid |= deed == "pay"
        else:
            assert answer.status in (200, 409, 422), answer.raw

    @precondition(lambda self: self.count > 30)
    @rule()
    def wait(self) -> None:
        self.clock.advance(timedelta(hours=3))

    # --- what must hold ------------------------------------------------------------------------------------------

    @invariant()
    def counts_agree(self) -> None:
        if not hasattr(self, "event"):
            return
        counts = self.do(self.api.admin.get(f"/api/events/{self.event['uuid']}/occupancy")).body
        assert counts["booked"] == self.booked
        assert counts["inside"] == self.inside
        assert counts["denied"] == self.denied
        assert counts["admitted"] == sum(ticket.state(self.rule_name)[1] > 0 for ticket in self.tickets)


def test_the_hub_never_differs_from_the_model(api: Api, io_loop: IOLoop, clock: SettableClock) -> None:
    Night.api, Night.loop, Night.clock = api, io_loop, clock
    run_state_machine_as_test(
        Night,
        settings=settings(
            max_examples=30,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
