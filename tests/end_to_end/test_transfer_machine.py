"""Tickets handed on at random between scans, offline batches, undos and cancellations: never two good codes."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, Phase
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test
from tornado.ioloop import IOLoop

from hub.clock import SettableClock
from hub.settings import Settings
from tests.api import Answer, Api
from tests.end_to_end.hub_machine import HubMachine

TRANSFERS = 3
BEGINNING = datetime(2026, 12, 24, 18, 30, tzinfo=UTC)
WHICH, ISSUE, GATE = st.integers(0, 1), st.integers(0, 9), st.integers(0, 1)


@dataclass
class Model:
    """A ticket in few words: the codes and tokens of all its issues, the newest last, and the scans that stand."""

    id: str
    codes: list[str]
    tokens: list[str]
    is_canceled: bool = False
    handed_on: int = 0
    past: set[int] = field(default_factory=set)
    """The issues whose holders handed it on."""
    passages: list[tuple[int, str]] = field(default_factory=list)
    """Number and direction of each scan that let somebody through."""
    issues_at: dict[int, int] = field(default_factory=dict)
    """How many codes there were at each entry that the hub decided; unknown of those made offline."""

    @property
    def is_scanned(self) -> bool:
        return any(direction == "in" for _, direction in self.passages)

    @property
    def people(self) -> int:
        """How many are inside on it."""
        people = 0
        for _, direction in self.passages:
            people = people + 1 if direction == "in" else max(0, people - 1)
        return people

    def came_in_before_reissue(self) -> bool | None:
        """Return whether the person inside holds an old code; None where a door was alone, whose clock decides."""
        if not self.people:
            return False
        if any(seq not in self.issues_at for seq, direction in self.passages if direction == "in"):
            return None
        return self.issues_at[self.passages[-1][0]] < len(self.codes)

    def refusal(self) -> str | None:
        """Why the holder may not hand it on, or cancel."""
        if self.is_canceled:
            return "ticket_canceled"
        return "ticket_scanned" if self.is_scanned else None

    def transfer_refusal(self) -> str | None:
        return self.refusal() or ("transfer_limit" if self.handed_on >= TRANSFERS else None)

    def would(self, issue: int) -> str:
        """Answer expected of a door to the code of an issue that asks to come in."""
        if issue != len(self.codes) - 1:
            return "replaced"
        if self.is_canceled:
            return "canceled"
        return "already_scanned" if self.is_scanned else "admitted"


def beside_a_scan(refusal: str | None) -> set[str]:
    """Return how a hand-over is refused that a scan may have overtaken; without the scan it is refused so."""
    if refusal is None:
        return {"ticket_scanned"}
    return {refusal, "ticket_scanned"} if refusal == "transfer_limit" else {refusal}


class Handing(HubMachine):
    """Machine of this test."""

    def both(self, *coroutines: Any) -> Any:
        """Run requests at the same moment."""

        async def together() -> list[Any]:
            return await asyncio.gather(*coroutines)

        return self.do(together())

    @initialize()
    def open_doors(self) -> None:
        self.clock.set(BEGINNING)
        self.count = self.conflicts = 0
        self.event = self.do(self.api.make_event(transfers=TRANSFERS, guest_cancel_until_min=0))
        self.gates = [self.do(self.api.make_device(self.event, door, may=["search"])) for door in (0, 1)]
        made = self.do(self.api.book(self.event, 2))
        self.tickets = [Model(each["id"], [each["code"]], [each["access_token"]]) for each in made]

    # --- handing on ----------------------------------------------------------------------------------------------

    def transfer(self, ticket: Model, issue: int = -1) -> Any:
        path = f"/t/{ticket.id}/transfer?token={ticket.tokens[issue]}"
        return self.api.post(path, {"name": f"Guest {self.count}"})

    def take_over(self, ticket: Model, answer: Answer) -> None:
        """Note that a hand-over came true."""
        token = answer.body["link"].partition("token=")[2]
        shown = self.do(self.api.get(f"/api/tickets/{ticket.id}?token={token}")).body
        ticket.past.add(len(ticket.codes) - 1)
        ticket.codes.append(shown["code"])
        ticket.tokens.append(token)
        ticket.handed_on += 1

    @rule(which=WHICH)
    def hand_on(self, which: int) -> None:
        ticket = self.tickets[which]
        answer = self.do(self.transfer(ticket))
        expected = ticket.transfer_refusal()
        if expected is None:
            assert answer.status == 200, answer.raw
            self.take_over(ticket, answer)
        else:
            assert (answer.status, answer.body["code"]) == (409, expected)

    @rule(which=WHICH, others=st.integers(1, 3))
    def hand_on_several_times_at_once(self, which: int, others: int) -> None:
        ticket = self.tickets[which]
        expected = ticket.transfer_refusal()
        answers = self.both(*[self.transfer(ticket) for _ in range(others + 1)])
        won = [answer for answer in answers if answer.status == 200]
        lost = {(answer.status, answer.body["code"]) for answer in answers if answer.status != 200}
        assert lost == {(410, "handed_on") if expected is None else (409, expected)}
        assert len(won) == (expected is None)
        if won:
            self.take_over(ticket, won[0])

    @rule(which=WHICH, issue=ISSUE, deed=st.sampled_from(["transfer", "cancel", "name"]))
    def holder_before_tries_to_change_it(self, which: int, issue: int, deed: str) -> None:
        ticket = self.tickets[which]
        issue %= len(ticket.codes)
        if issue == len(ticket.codes) - 1:
            return
        path = f"/t/{ticket.id}/{deed}?token={ticket.tokens[issue]}"
        answer = self.do(self.api.post(path, {"name": "Mallory"}))
        handed_on, reissued = (410, "handed_on"), (401, "bad_token")
        assert (answer.status, answer.body["code"]) == (handed_on if issue in ticket.past else reissued)

    @rule(which=WHICH)
    def organiser_reissues_it(self, which: int) -> None:
        ticket = self.tickets[which]
        answer = self.do(self.api.admin.post(f"/api/tickets/{ticket.id}/reissue"))
        assert answer.status == (409 if ticket.is_canceled else 200)
        if answer.status == 200:
            page = self.do(self.api.admin.get(f"/api/tickets/{ticket.id}/links")).body["page"]
            ticket.codes.append(self.do(self.api.admin.get(f"/api/tickets/{ticket.id}")).body["code"])
            ticket.tokens.append(page.partition("token=")[2])

    # --- doors ---------------------------------------------------------------------------------------------------

    @rule(which=WHICH, issue=ISSUE, gate=GATE)
    def enter(self, which: int, issue: int, gate: int) -> None:
        ticket = self.tickets[which]
        issue %= len(ticket.codes)
        expected = ticket.would(issue)
        told = self.do(self.gates[gate].scan(ticket.codes[issue])).body
        assert told["code"] == expected
        if expected == "admitted":
            ticket.passages.append((told["seq"], "in"))
            ticket.issues_at[told["seq"]] = len(ticket.codes)

    @rule(which=WHICH, issue=ISSUE, gate=GATE)
    def leave(self, which: int, issue: int, gate: int) -> None:
        ticket = self.tickets[which]
        issue %= len(ticket.codes)
        told = self.do(self.gates[gate].scan(ticket.codes[issue], direction="out")).body
        is_old = issue != len(ticket.codes) - 1
        if told["success"]:
            assert ticket.people > 0
            assert not is_old or ticket.came_in_before_reissue() is not False
            ticket.passages.append((told["seq"], "out"))
        elif is_old:
            assert told["code"] == "replaced"
            assert ticket.came_in_before_reissue() is not True
        else:
            assert (told["code"], ticket.people) == ("not_inside", 0)

    @rule(which=WHICH, gate=GATE)
    def enter_while_it_is_handed_on(self, which: int, gate: int) -> None:
        ticket = self.tickets[which]
        wanted, handing = ticket.would(len(ticket.codes) - 1), ticket.transfer_refusal()
        scanned, handed = self.both(self.gates[gate].scan(ticket.codes[-1]), self.transfer(ticket))
        if handed.status == 200:
            assert handing is None
            assert scanned.body["code"] == "replaced"
            self.take_over(ticket, handed)
        else:
            assert handed.body["code"] in beside_a_scan(handing)
            assert scanned.body["code"] == wanted
            if wanted == "admitted":
                ticket.passages.append((scanned.body["seq"], "in"))
                ticket.issues_at[scanned.body["seq"]] = len(ticket.codes)

    def batch(self, ticket: Model, issue: int, gate: int, minutes: int) -> Any:
        at = (self.clock.now() - timedelta(minutes=minutes)).isoformat()
        fact = {"qrcode_data": ticket.codes[issue], "nonce": f"{self.count}", "verdict": "admitted", "scanned_at": at}
        return self.gates[gate].post("/scan/batch/", {"scans": [fact]})

    def let_in_offline(self, ticket: Model, issue: int, result: Any) -> None:
        """Add an offline entry; a conflict unless it is the one that had a place."""
        expected = ticket.would(issue)
        assert result["code"] == "admitted"
        reason = result.get("conflict")
        if expected == "admitted":
            assert reason is None
        else:
            assert reason in ({expected, "already_scanned"} if ticket.is_scanned else {expected})
        ticket.passages.append((result["seq"], "in"))

    @rule(which=WHICH, issue=ISSUE, gate=GATE, minutes=st.integers(0, 90))
    def enter_at_a_door_that_is_alone(self, which: int, issue: int, gate: int, minutes: int) -> None:
        ticket = self.tickets[which]
        issue %= len(ticket.codes)
        sent = self.batch(ticket, issue, gate, minutes)
        self.let_in_offline(ticket, issue, self.do(sent).body["results"][0])

    @rule(which=WHICH, gate=GATE)
    def batch_arrives_while_it_is_handed_on(self, which: int, gate: int) -> None:
        ticket = self.tickets[which]
        last, handing = len(ticket.codes) - 1, ticket.transfer_refusal()
        sent, handed = self.both(self.batch(ticket, last, gate, 5), self.transfer(ticket))
        if handed.status == 200:
            assert handing is None
            self.take_over(ticket, handed)
        else:
            assert handed.body["code"] in beside_a_scan(handing)
        self.let_in_offline(ticket, last, sent.body["results"][0])

    @rule(which=WHICH)
    def undo(self, which: int) -> None:
        ticket = self.tickets[which]
        if not ticket.passages:
            return
        ticket.passages.sort()
        seq, _ = ticket.passages.pop()
        answer = self.do(self.api.admin.post("/scan/undo/", {"ticket_uuid": ticket.id, "seq": seq}))
        assert (answer.status, answer.body["code"]) == (200, "undone")

    # --- cancelling ----------------------------------------------------------------------------------------------

    @rule(which=WHICH)
    def holder_cancels(self, which: int) -> None:
        ticket = self.tickets[which]
        answer = self.do(self.api.post(f"/t/{ticket.id}/cancel?token={ticket.tokens[-1]}", {}))
        expected = ticket.refusal()
        assert answer.body.get("code") == (expected or ticket.codes[-1])
        ticket.is_canceled = ticket.is_canceled or expected is None

    @rule(which=WHICH, deed=st.sampled_from(["cancel", "restore"]))
    def organiser_cancels_or_restores(self, which: int, deed: str) -> None:
        ticket = self.tickets[which]
        answer = self.do(self.api.admin.post(f"/api/tickets/{ticket.id}/{deed}"))
        assert answer.status == 200, answer.raw
        ticket.is_canceled = deed == "cancel"

    # --- what must hold ------------------------------------------------------------------------------------------

    @invariant()
    def at_most_one_code_is_good(self) -> None:
        for ticket in getattr(self, "tickets", []):
            told = [self.do(self.gates[0].post("/scan/check_ticket/", {"qrcode_data": c})).body for c in ticket.codes]
            assert [each["would"]["code"] for each in told] == [ticket.would(n) for n in range(len(ticket.codes))]
            assert sum(each["would"]["admit"] for each in told) <= 1

    @invariant()
    def only_the_newest_link_opens_it(self) -> None:
        for ticket in getattr(self, "tickets", []):
            opened = [self.do(self.api.get(f"/t/{ticket.id}?token={token}")).status for token in ticket.tokens]
            past = [410 if n in ticket.past else 404 for n in range(len(ticket.tokens) - 1)]
            assert opened == [*past, 200]

    @invariant()
    def counts_agree(self) -> None:
        if hasattr(self, "tickets"):
            counts = self.do(self.api.admin.get(f"/api/events/{self.event['uuid']}/occupancy")).body
            assert counts["booked"] == sum(not ticket.is_canceled for ticket in self.tickets)
            assert counts["admitted"] == sum(ticket.is_scanned for ticket in self.tickets)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The random holders are quicker than people."""
    return msgspec.structs.replace(settings, guest_changes_per_min=1_000_000)


def test_no_order_of_events_leaves_two_good_codes(api: Api, io_loop: IOLoop, clock: SettableClock) -> None:
    Handing.api, Handing.loop, Handing.clock = api, io_loop, clock
    run_state_machine_as_test(
        Handing,
        settings=hypothesis_settings(
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
            max_examples=15,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
