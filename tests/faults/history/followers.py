"""Check of live followers: each number once, in order, from a snapshot on, until the newest."""

from collections.abc import Iterator, Sequence

from tests.faults.history.record import Anomaly, History, News


def check_followers(history: History) -> Iterator[Anomaly]:
    """Yield a fault for each follower that missed numbers, or got some twice."""
    for name, news in history.followers.items():
        yield from _check_one(name, news, history.seq)


def _check_one(name: str, news: Sequence[News], newest: int) -> Iterator[Anomaly]:
    have: int | None = None
    for one in news:
        if one.kind == "snapshot":
            have = one.numbers[-1]
            continue
        for seq in one.numbers:
            if have is not None and seq <= have:
                yield Anomaly("follower repeated entries", f"{name} got {seq} after {have}")
            elif have is not None and seq > have + 1:
                yield Anomaly("follower missed entries", f"{name} got {seq} after {have}")
            have = seq if have is None else max(have, seq)
    if have is not None and have < newest:
        yield Anomaly("follower missed entries", f"{name} ended at {have} of {newest}")
