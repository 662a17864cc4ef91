"""Moves between full showings: what fits at the end fits at each step, in groups no longer than there are showings."""

from collections import Counter

from hypothesis import assume, given
from hypothesis import strategies as st

from hub.importing.moves import Move, in_order

SHOWINGS = "abcdef"
ENDS = st.tuples(st.sampled_from([None, *SHOWINGS]), st.sampled_from(SHOWINGS))


def free_after(free: dict[str, int], moves: list[Move]) -> Counter[str]:
    left = Counter(free)
    for move in moves:
        left[move.target] -= 1
        if move.source is not None:
            left[move.source] += 1
    return left


@given(st.lists(ENDS, max_size=40), st.dictionaries(st.sampled_from(SHOWINGS), st.integers(0, 2)))
def test_what_fits_at_the_end_fits_after_each_group(ends: list[tuple[str | None, str]], free: dict[str, int]) -> None:
    moves = [Move(name=n, source=a, target=b) for n, (a, b) in enumerate(ends) if a != b]
    fits = free_after(free, moves)
    free |= {showing: max(0, -fits[showing]) for showing in free if fits[showing] < 0}
    assume(all(free_after(free, moves)[showing] >= 0 for showing in free))
    done: list[Move] = []
    for group in in_order(moves, free):
        assert 1 <= len(group) <= len(SHOWINGS) + 1
        done += group
        left = free_after(free, done)
        assert all(left[showing] >= 0 for showing in free), (group, left)
    assert sorted(each.name for each in done) == [each.name for each in moves]  # type: ignore[type-var]


def test_what_does_not_fit_is_in_the_order_too() -> None:
    moves = [Move(name=1, source=None, target="a"), Move(name=2, source="b", target="a")]
    assert [[each.name for each in group] for group in in_order(moves, {"a": 0, "b": 0})] == [[1], [2]]


def test_two_tickets_that_change_places_go_together() -> None:
    moves = [Move(name=n, source=a, target=b) for n, (a, b) in enumerate(map(tuple, ["ab", "bc", "ba", "cb"]))]
    groups = [[each.name for each in group] for group in in_order(moves, {"a": 0, "b": 0, "c": 0})]
    assert groups == [[1, 3], [0, 2]]
