"""The history checker on any history: one that a correct hub played is accepted, a mutated one is refused."""

from collections.abc import Sequence

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.faults.history.check import check
from tests.faults.history.linearize import is_linearizable
from tests.faults.history.models import TicketModel
from tests.faults.history.played import Scan, play
from tests.faults.history.record import VENUE, Door, History, Request, Rules

few = settings(max_examples=40)
"""Each is a night of its own."""
DOORS = {"north": Door(), "foyer": Door(into="foyer"), "hall": Door(into="hall", out_of="foyer")}
SCANS = st.lists(
    st.builds(
        Scan,
        ticket=st.sampled_from(["t1", "t2", "t3"]),
        door=st.sampled_from(sorted(DOORS)),
        action=st.sampled_from(["in", "in", "out"]),
        before=st.floats(0, 6),
        after=st.floats(0, 6),
        is_answered=st.integers(0, 4).map(bool),
        is_written=st.booleans(),
    ),
    min_size=1,
    max_size=14,
)
RULES = st.builds(
    Rules,
    reentry=st.sampled_from(["single", "reentry", "multi:2"]),
    doors=st.just(DOORS),
    limits=st.sampled_from([{}, {VENUE: 2}, {"hall": 1}, {VENUE: 2, "foyer": 1}]),
)


@few
@given(SCANS, RULES)
def test_a_history_that_a_correct_hub_played_is_accepted(scans: list[Scan], rules: Rules) -> None:
    assert check(play(scans, rules)) == []


@few
@given(SCANS, RULES, st.data())
def test_a_history_with_another_verdict_in_it_is_refused(scans: list[Scan], rules: Rules, data: st.DataObject) -> None:
    history = play(scans, rules)
    answered = [n for n, request in enumerate(history.requests) if request.code is not None]
    assume(answered)
    n = data.draw(st.sampled_from(answered))
    others = {"in": ["admitted", "already_scanned", "full"], "out": ["exited", "not_inside"]}
    one = history.requests[n]
    code = data.draw(st.sampled_from([code for code in others[one.action] if code != one.code]))
    requests = list(history.requests)
    requests[n] = replace(one, attempts=(replace(one.attempts[0], code=code),))
    assert check(replace(history, requests=requests))
    seq = one.attempts[0].seq
    journal = [replace(entry, code=code) if entry.seq == seq else entry for entry in history.journal]
    assert check(replace(history, requests=requests, journal=journal))


@few
@given(SCANS, RULES, st.data())
def test_a_history_without_one_of_its_entries_is_refused(scans: list[Scan], rules: Rules, data: st.DataObject) -> None:
    history = play(scans, rules)
    assume(history.journal)
    n = data.draw(st.integers(0, len(history.journal) - 1))
    journal = [entry for entry in history.journal if entry.seq != n + 1]
    assert check(replace(history, journal=journal))


def by_trying_all(requests: Sequence[Request], rules: Rules) -> bool:
    """Decide by trying each order, each subset of the unanswered ones with it."""
    model = TicketModel(rules)

    def can_go_on(waiting: Sequence[Request], state: object) -> bool:
        if all(request.code is None for request in waiting):
            return True
        for request in waiting:
            others = [each for each in waiting if each is not request]
            if any(other.end < request.start for other in others):
                continue
            for code, after in model.outcomes(state, request):  # type: ignore[arg-type]
                if request.code in (None, code) and can_go_on(others, after):
                    return True
        return False

    return can_go_on(requests, model.initial)


@few
@given(st.lists(st.tuples(st.floats(0, 9), st.floats(0, 5), st.integers(0, 4)), max_size=5))
def test_the_search_decides_as_trying_all_orders_does(drawn: list[tuple[float, float, int]]) -> None:
    codes = ["admitted", "exited", "already_scanned", "not_inside", None]
    rules = Rules(reentry="reentry")
    scans = [Scan(action="out" if codes[code] in ("exited", "not_inside") else "in") for _, _, code in drawn]
    played: History = play(scans, rules)
    requests = [
        replace(request, attempts=(replace(request.attempts[0], start=start, end=start + length, code=codes[code]),))
        for request, (start, length, code) in zip(played.requests, drawn, strict=True)
    ]
    assert is_linearizable(requests, TicketModel(rules)) == by_trying_all(requests, rules)
