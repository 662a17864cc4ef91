"""The history checker on wrong histories: it names the fault of each, and finds none in right ones."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from msgspec.structs import replace

from tests.faults.history.check import check
from tests.faults.history.played import Scan, play
from tests.faults.history.record import VENUE, Attempt, Door, Entry, History, News, Request, Rules

NIGHT = [Scan("t1"), Scan("t2", "south"), Scan("t1", "south"), Scan("t1", action="out"), Scan("t3")]
LIMITED = Rules(limits={VENUE: 2})


def faults(history: History) -> set[str]:
    return {anomaly.fault for anomaly in check(history)}


def with_request(history: History, number: int, **fields: Any) -> History:
    """Return the history with other fields of the last attempt of one request."""
    requests = list(history.requests)
    one = requests[number]
    requests[number] = replace(one, attempts=(*one.attempts[:-1], replace(one.attempts[-1], **fields)))
    return replace(history, requests=requests)


def with_entry(history: History, number: int, **fields: Any) -> History:
    """Return the history with other fields of one entry."""
    journal = list(history.journal)
    journal[number] = replace(journal[number], **fields)
    return replace(history, journal=journal)


def without(entries: Sequence[Entry], number: int) -> list[Entry]:
    return [entry for n, entry in enumerate(entries) if n != number]


def answers_alone(history: History) -> History:
    """Return the verdicts that the doors saw, without the hub's numbers and its journal."""
    requests = [
        replace(request, attempts=tuple(replace(attempt, seq=None) for attempt in request.attempts))
        for request in history.requests
    ]
    return History(requests=requests, rules=history.rules)


def test_a_right_night_has_no_fault() -> None:
    assert check(play(NIGHT)) == []
    assert check(play(NIGHT, Rules(reentry="reentry"))) == []


def test_a_ticket_admitted_at_two_doors_is_a_double_admission() -> None:
    history = with_request(play(NIGHT), 2, code="admitted")
    assert faults(answers_alone(history)) == {"double admission"}
    journal = with_entry(history, 2, code="admitted", kind="ticket.scanned")
    assert "double admission" in {each.fault for each in check(journal) if "seq 3" in each.text}


def test_an_acknowledged_scan_that_the_journal_lacks_is_lost() -> None:
    history = play(NIGHT)
    lost = replace(history, journal=without(history.journal, 4), seq=4, counts={})
    assert faults(replace(lost, followers={})) == {"lost acknowledged scan"}


def test_an_entry_of_no_request_is_a_phantom() -> None:
    history = play(NIGHT)
    phantom = replace(history.journal[4], seq=6, nonce="x", code="bad_signature", kind="ticket.denied", effect={})
    phantom = replace(phantom, direction="out")
    more = replace(history, journal=[*history.journal, phantom], seq=6, followers={})
    assert faults(more) == {"phantom entry"}


def test_numbers_have_no_gap_and_stand_once() -> None:
    history = replace(play(NIGHT), followers={})
    entry = Entry(seq=7, kind="event.changed")
    assert faults(replace(history, journal=[*history.journal, entry])) == {"gap"}
    assert faults(replace(history, journal=[*history.journal, replace(entry, seq=5)])) == {"gap"}
    assert faults(replace(history, seq=6)) == {"gap"}


@pytest.mark.parametrize("path", ["admitted", "inside", "denied"])
def test_a_count_that_differs_from_a_recount_is_wrong(path: str) -> None:
    history = play(NIGHT)
    counts = {**history.counts, path: history.counts[path] + 1}
    assert faults(replace(history, counts=counts)) == {"wrong count"}


def test_counts_and_effects_that_are_wrong_alike_are_found_by_the_scans() -> None:
    history = with_entry(play(NIGHT), 0, effect={"admitted": 2, "inside": 1})
    assert faults(replace(history, counts={**history.counts, "admitted": 4})) == {"wrong count"}


def test_an_exit_before_its_entry_began_violates_real_time() -> None:
    night = [Scan(), Scan(action="out")]
    assert faults(answers_alone(play(night))) == set()
    late = with_request(with_request(play(night), 0, start=8.0, end=9.0), 1, start=1.0, end=2.0)
    assert faults(answers_alone(late)) == {"real-time order violated"}
    assert faults(late) == {"real-time order violated"}


def test_a_number_below_one_that_was_answered_before_violates_real_time() -> None:
    history = play([Scan("t1"), Scan("t2", "south")])
    swapped = with_request(with_request(history, 0, start=5.0, end=6.0), 1, start=1.0, end=2.0)
    assert faults(swapped) == {"real-time order violated"}


def test_a_retry_that_is_entered_twice_is_found() -> None:
    history = play([Scan()])
    again = replace(history.journal[0], seq=2, code="already_scanned", kind="ticket.denied", effect={"denied": 1})
    counts = {**history.counts, "denied": 1}
    twice = replace(history, journal=[*history.journal, again], seq=2, counts=counts, followers={})
    assert faults(twice) == {"retry entered twice"}


def test_a_retry_that_is_answered_otherwise_is_found() -> None:
    history = play([Scan()])
    one = history.requests[0]
    retry = Attempt(start=5, end=6, code="already_scanned", seq=1)
    assert faults(replace(history, requests=[replace(one, attempts=(*one.attempts, retry))])) == {
        "retry answered otherwise"
    }


def test_a_retry_refused_because_its_first_try_was_lost_is_a_refusal_that_no_order_explains() -> None:
    """The nonce was looked up after the ticket: its own entry stands in its way."""
    refused = Attempt(start=3, end=4, code="already_scanned", seq=2)
    lost = Attempt(start=1, end=2)
    request = Request(nonce="n", client="north", subject="t1", action="in", attempts=(lost, refused))
    assert faults(History(requests=[request])) == {"refusal that no order explains", "lost acknowledged scan"}


def test_more_people_than_the_limit_are_found_by_the_answers_and_by_the_journal() -> None:
    history = play([Scan("t1"), Scan("t2"), Scan("t3")], LIMITED)
    assert check(history) == []
    admitted = with_request(history, 2, code="admitted")
    assert faults(answers_alone(admitted)) == {"limit exceeded"}
    both = with_entry(admitted, 2, code="admitted", kind="ticket.scanned", effect={"admitted": 1, "inside": 1})
    counts = {"admitted": 3, "inside": 3, "denied": 0}
    assert faults(replace(both, counts=counts)) == {"limit exceeded"}


def test_a_zone_has_a_limit_of_its_own() -> None:
    doors = {"hall": Door(into="hall", out_of="foyer"), "foyer": Door(into="foyer")}
    rules = Rules(doors=doors, limits={"hall": 1})
    night = [Scan("t1", "foyer"), Scan("t2", "foyer"), Scan("t1", "hall"), Scan("t2", "hall")]
    history = play(night, rules)
    assert history.requests[3].code == "full"
    assert check(history) == []
    assert "limit exceeded" in faults(answers_alone(with_request(history, 3, code="admitted")))


def test_full_while_there_was_room_is_a_refusal_that_no_order_explains() -> None:
    history = play([Scan("t1"), Scan("t2")], LIMITED)
    full = with_request(history, 1, code="full")
    assert faults(answers_alone(full)) == {"refusal that no order explains"}


REFUSED: dict[str, Callable[[], History]] = {
    "scanned before, of a ticket that never was": lambda: with_request(play([Scan()]), 0, code="already_scanned"),
    "not inside, of one that surely is": lambda: with_request(play([Scan(), Scan(action="out")]), 1, code="not_inside"),
    "scanned before, and the entry began later": lambda: with_request(
        play([Scan(), Scan(door="south")]), 1, start=0.1, end=0.2
    ),
}


@pytest.mark.parametrize("refused", REFUSED.values(), ids=REFUSED)
def test_a_refusal_that_no_order_explains_is_found(refused: Callable[[], History]) -> None:
    assert faults(answers_alone(refused())) == {"refusal that no order explains"}


def test_an_unanswered_request_may_have_taken_effect_or_not() -> None:
    lost = Scan(is_answered=False)
    assert check(play([lost, Scan(door="south")])) == []
    assert check(play([lost._replace(is_written=False), Scan(door="south")])) == []


def test_an_unanswered_request_takes_effect_not_before_it_began() -> None:
    refused = play([Scan(is_answered=False), Scan(door="south")])
    early = with_request(refused, 1, start=0.1, end=0.2)
    assert faults(answers_alone(early)) == {"refusal that no order explains"}


def test_an_answer_unlike_its_entry_is_found() -> None:
    history = with_entry(play(NIGHT), 4, subject="t9")
    assert "entry unlike its answer" in faults(history)


FOLLOWED: dict[str, tuple[list[News], str]] = {
    "a number left out": ([News("snapshot", [0]), News("entries", [1, 2, 4, 5])], "follower missed entries"),
    "one after a resume": ([News("snapshot", [1]), News("entries", [3, 4, 5])], "follower missed entries"),
    "the last ones": ([News("snapshot", [0]), News("entries", [1, 2, 3, 4])], "follower missed entries"),
    "one twice": ([News("snapshot", [0]), News("entries", [1, 2, 2, 3, 4, 5])], "follower repeated entries"),
    "out of order": ([News("snapshot", [0]), News("entries", [1, 2, 4, 3, 5])], "follower missed entries"),
}


@pytest.mark.parametrize(("news", "fault"), FOLLOWED.values(), ids=FOLLOWED)
def test_a_follower_hears_each_number_once_and_in_order(news: list[News], fault: str) -> None:
    assert fault in faults(replace(play(NIGHT), followers={"wall": news}))


def test_a_seat_is_booked_once_until_it_is_free_again() -> None:
    def buy(buyer: str, action: Any, at: float, code: str | None) -> Request:
        attempt = Attempt(start=at, end=at + 0.5, code=code)
        return Request(nonce=f"{buyer}{at}", client=buyer, subject="seat A1", action=action, attempts=(attempt,))

    right = [
        buy("a", "book", 1, "booked"),
        buy("b", "book", 1.2, "sold_out"),
        buy("a", "release", 3, "released"),
        buy("b", "book", 4, "booked"),
    ]
    assert check(History(requests=right)) == []
    assert faults(History(requests=[*right, buy("c", "book", 5, "booked")])) == {"double admission"}
    assert faults(History(requests=[buy("a", "book", 1, "sold_out")])) == {"refusal that no order explains"}
