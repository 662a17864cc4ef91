"""A ticket's state as a fold over its scans: whatever the order of arrival, the same state."""

from datetime import UTC, datetime, timedelta
from itertools import permutations
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.door.ticket_state import MOST_KEPT, State, difference, fold, reentry_rule, with_scan
from hub.model.base import By, Direction
from hub.model.ticket import Scan, Ticket
from tests.builders import a_ticket

START = datetime(2026, 12, 24, 19, 0, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")
RULES = ("single", "reentry", "multi:2", "daily")


def ticket(*scans: Scan) -> Ticket:
    """A ticket that keeps these scans."""
    return a_ticket(starts_at=START, scans=list(scans))


def scan(
    minute: int, device: str = "a", by: By = "scan", direction: Direction = "in", seq: int = 0, **fields: str | None
) -> Scan:
    """A scan so many minutes after the beginning."""
    at = START + timedelta(minutes=minute)
    made = Scan(at=at, seq=seq or minute + 1, device=device, by=by, direction=direction, nonce=f"{device}{minute}")
    return msgspec.structs.replace(made, **fields)


def folded(rule: str, *scans: Scan) -> State:
    return fold(ticket(*scans), reentry_rule(rule, PARIS))


def test_of_two_offline_entries_the_earlier_counts_and_the_other_is_somebody_more_inside() -> None:
    earlier, later = scan(1, "a", "batch"), scan(2, "b", "batch")
    for arrived in ((earlier, later), (later, earlier)):
        state = folded("single", *arrived)
        assert state.conflicts == (later,)
        assert (state.entries, len(state.where)) == (1, 2)


def test_what_the_hub_decided_counts_even_against_an_earlier_clock() -> None:
    offline, decided = scan(1, "a", "batch"), scan(5, "b")
    state = folded("single", decided, offline)
    assert state.conflicts == (offline,)
    assert (state.entries, len(state.where)) == (1, 2)


def test_of_two_offline_entries_of_one_instant_the_device_and_then_the_nonce_decide() -> None:
    a, b = scan(1, "a", "batch", seq=9), scan(1, "b", "batch", seq=3)
    assert folded("single", b, a).conflicts == (b,)


def test_an_offline_entry_that_fits_between_exit_and_entry_is_no_conflict() -> None:
    scans = [scan(1), scan(5, direction="out"), scan(6, "b", "batch"), scan(7, "b", "batch", "out"), scan(9)]
    state = folded("reentry", *scans)
    assert state.conflicts == ()
    assert (state.entries, len(state.where)) == (3, 1)


def test_an_undone_scan_counts_for_nothing() -> None:
    undone = Scan(at=START, seq=1, device="a", undone=True)
    assert folded("single", undone) == State()


def test_the_extra_person_leaves_by_an_exit_like_anybody() -> None:
    state = folded("single", scan(1), scan(2, "b", "batch"), scan(3, direction="out"), scan(4, direction="out"))
    assert state.where == ()


def test_what_the_hub_decided_keeps_its_sequence_though_clocks_of_its_processes_differ() -> None:
    entered = with_scan(ticket(), scan(5, "z", seq=1))
    left = with_scan(entered, scan(4, "a", direction="out", seq=2))
    assert not fold(left, reentry_rule("reentry", PARIS)).is_inside


SCANS = st.lists(
    st.builds(
        lambda minute, device, by, direction, into: (minute, device, by, direction, into),
        st.integers(0, 30),
        st.sampled_from("abc"),
        st.sampled_from(["scan", "batch", "batch"]),
        st.sampled_from(["in", "in", "out"]),
        st.sampled_from([None, "z1", "z2"]),
    ),
    max_size=5,
    unique_by=lambda row: row[0],
)


@given(rows=SCANS, rule=st.sampled_from(RULES))
def test_the_same_scans_lead_to_the_same_state_in_whatever_order_they_arrive(
    rows: list[tuple[int, str, By, Direction, str | None]], rule: str
) -> None:
    outcomes = set()
    for order in permutations(range(len(rows))):
        decided = [rows[index][0] for index in order if rows[index][2] == "scan"]
        if decided != sorted(decided):
            continue  # the hub decides one after another: only what doors deliver comes in any order
        arrived = ticket()
        for seq, index in enumerate(order, 1):
            minute, device, by, direction, into = rows[index]
            arrived = with_scan(arrived, scan(minute, device, by, direction, seq=seq, into=into))
        state = fold(arrived, reentry_rule(rule, PARIS))
        outcomes.add((state.where, state.entries, state.entered, tuple((c.at, c.device) for c in state.conflicts)))
    assert len(outcomes) == 1


@given(rows=SCANS, rule=st.sampled_from(RULES))
def test_the_counters_are_the_sum_of_the_differences(
    rows: list[tuple[int, str, By, Direction, str | None]], rule: str
) -> None:
    may_enter = reentry_rule(rule, PARIS)
    kept, total = ticket(), {"admitted": 0, "inside": 0}
    for seq, (minute, device, by, direction, into) in enumerate(rows, 1):
        before = fold(kept, may_enter)
        kept = with_scan(kept, scan(minute, device, by, direction, seq=seq, into=into))
        for path, delta in difference(before, fold(kept, may_enter)).items():
            total[path] = total.get(path, 0) + delta
    state = fold(kept, may_enter)
    assert total["inside"] == len(state.where)
    assert total["admitted"] == int(state.is_scanned)
    for zone in ("z1", "z2"):
        assert total.get(f"zones.{zone}", 0) == state.where.count(zone)


@pytest.mark.parametrize("scans", [MOST_KEPT + 1, 3 * MOST_KEPT])
def test_a_ticket_keeps_so_many_scans_and_forgets_nothing_by_it(scans: int) -> None:
    kept = ticket()
    for minute in range(scans):
        kept = with_scan(kept, scan(minute, direction="out" if minute % 2 else "in"))
    state = fold(kept, reentry_rule("reentry", PARIS))
    assert len(kept.scans) == MOST_KEPT
    assert state.entries == (scans + 1) // 2
    assert state.is_inside == bool(scans % 2)
