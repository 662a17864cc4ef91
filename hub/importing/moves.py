"""Order of moves between showings that are full: each group of them fits once those before it are done. Pure."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence

import msgspec


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket's way from the showing where it holds a seat, None for none, to another one; `name` tells them apart."""

    name: Hashable
    source: str | None
    target: str


def in_order(moves: Sequence[Move], free: Mapping[str, int]) -> Iterator[list[Move]]:
    """Yield all moves in groups; `free` are the free seats of the showings that are full, or may become it.

    A group is one move into a free seat, or a chain of them: each into the seat that the next leaves, the last into a
    free one or into the first's. Where the moves end with more tickets than seats, some groups do not fit.
    """
    left = dict(free)
    pending = {move.name: move for move in moves}
    leaving: defaultdict[str | None, list[Move]] = defaultdict(list)
    for move in reversed(moves):
        leaving[move.source].append(move)
    while pending:
        for group in _chains(next(iter(pending.values())), pending, leaving, left):
            for move in group:
                del pending[move.name]
                _count(move, left)
            yield group


def _chains(
    first: Move, pending: Mapping[Hashable, Move], leaving: Mapping[str | None, list[Move]], left: Mapping[str, int]
) -> Iterator[list[Move]]:
    """Yield the groups that a chain from a move on comes to, circles within it before itself."""
    chain = [first]
    while chain:
        at = chain[-1].target
        begun = next((place for place, move in enumerate(chain) if move.source == at), None)
        if begun is not None:
            yield chain[begun:]
            chain = chain[:begun]
            continue
        following = None if left.get(at, 1) > 0 else _next(leaving.get(at, []), pending)
        if following is None:
            yield chain
            return
        chain.append(following)


def _next(moves: list[Move], pending: Mapping[Hashable, Move]) -> Move | None:
    """Return the next of some moves that is pending."""
    while moves and moves[-1].name not in pending:
        moves.pop()
    return moves[-1] if moves else None


def _count(move: Move, left: dict[str, int]) -> None:
    for showing, step in ((move.source, 1), (move.target, -1)):
        if showing in left:
            left[showing] += step
