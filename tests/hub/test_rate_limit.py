"""Rate limiters: the same promises whether buckets are a process's own or shared by all workers."""

import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import suppress

import pytest

from hub.errors import SlowDown
from hub.rate_limit import MOST_KEPT, Buckets, LocalBuckets, RateLimiter
from hub.shared_buckets import FD_VARIABLE, SETS, WAYS, SharedBuckets, make_memory

MOST = 6
EACH_S = 10.0


class Watch:
    """Time that a test sets."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def shared() -> Iterator[SharedBuckets]:
    buckets = SharedBuckets(make_memory())
    yield buckets
    buckets.close()


@pytest.fixture(params=["local", "shared"])
def buckets(request: pytest.FixtureRequest) -> Buckets:
    return LocalBuckets() if request.param == "local" else request.getfixturevalue("shared")


@pytest.fixture
def limiter(buckets: Buckets, watch: Watch) -> RateLimiter:
    return RateLimiter(MOST, watch, buckets=buckets, name="tries")


def taken(limiter: RateLimiter, who: str, tries: int = 100) -> int:
    """Return how many of `tries` are let through."""
    count = 0
    for _ in range(tries):
        with suppress(SlowDown):
            limiter.take(who)
            count += 1
    return count


def test_so_many_are_let_through_and_the_rest_are_told_when_to_come_again(limiter: RateLimiter) -> None:
    assert taken(limiter, "ada") == MOST
    with pytest.raises(SlowDown) as refused:
        limiter.take("ada")
    assert refused.value.after_s == pytest.approx(EACH_S)
    assert limiter.is_empty("ada") and not limiter.is_empty("grace")
    assert taken(limiter, "grace") == MOST


def test_it_is_refilled_evenly_and_never_beyond_its_most(limiter: RateLimiter, watch: Watch) -> None:
    taken(limiter, "ada")
    watch.at += 2.5 * EACH_S
    assert taken(limiter, "ada") == 2
    watch.at += 1_000_000
    assert taken(limiter, "ada") == MOST


def test_what_is_counted_beyond_nothing_left_delays_the_next_no_longer(limiter: RateLimiter, watch: Watch) -> None:
    for _ in range(1000):
        limiter.count("ada")
    watch.at += EACH_S
    assert taken(limiter, "ada") == 1


def test_what_is_given_back_may_be_taken_again_and_never_more(limiter: RateLimiter) -> None:
    taken(limiter, "ada")
    limiter.give_back("ada")
    assert taken(limiter, "ada") == 1
    for _ in range(1000):
        limiter.give_back("ada")
    assert not limiter.is_counted("ada")
    assert taken(limiter, "ada") == MOST


@pytest.mark.parametrize("who", ["", "é" * 1000, "\ud800", "\0", "ada\nlovelace"])
def test_any_name_is_counted(limiter: RateLimiter, who: str) -> None:
    assert taken(limiter, who) == MOST


def test_limiters_of_other_names_in_the_same_buckets_count_apart(buckets: Buckets, watch: Watch) -> None:
    tries, mails = [RateLimiter(MOST, watch, buckets=buckets, name=name) for name in ("tries", "mails")]
    assert (taken(tries, "ada"), taken(mails, "ada")) == (MOST, MOST)


def test_limiters_of_one_name_in_shared_buckets_count_together(shared: SharedBuckets, watch: Watch) -> None:
    one, other = [RateLimiter(MOST, watch, buckets=shared, name="tries") for _ in range(2)]
    assert taken(one, "ada", 4) + taken(other, "ada") == MOST


def test_more_names_than_are_kept_forget_those_that_are_full_first(buckets: Buckets, watch: Watch) -> None:
    limiter = RateLimiter(MOST, watch, buckets=buckets)
    for n in range(2 * MOST_KEPT):
        limiter.count(f"full {n}")
    watch.at += EACH_S
    taken(limiter, "ada")
    for n in range(MOST_KEPT // 2):
        limiter.count(f"stranger {n}")
    assert limiter.is_empty("ada")


def test_any_number_of_names_takes_no_more_than_the_memory_there_is(shared: SharedBuckets, watch: Watch) -> None:
    limiter = RateLimiter(MOST, watch, buckets=shared)
    for n in range(SETS * WAYS + MOST_KEPT):
        limiter.count(f"stranger {n}")
    assert taken(limiter, "newcomer") == MOST


def guess(descriptor: int, counts: "multiprocessing.Queue[int]") -> None:
    counts.put(taken(RateLimiter(1000, lambda: 1.0, buckets=SharedBuckets(descriptor, 60.0)), "ada", 700))


def test_processes_that_count_at_the_same_time_lose_none() -> None:
    descriptor = make_memory()
    context = multiprocessing.get_context("fork")
    counts: multiprocessing.Queue[int] = context.Queue()
    processes = [context.Process(target=guess, args=(descriptor, counts)) for _ in range(4)]
    for process in processes:
        process.start()
    let_through = [counts.get() for _ in processes]
    for process in processes:
        process.join()
    os.close(descriptor)
    assert sum(let_through) == 1000


def hold(descriptor: int, holds: "multiprocessing.Queue[bool]") -> None:
    with SharedBuckets(descriptor).locked():
        holds.put(True)
        signal.pause()


def test_process_that_is_stopped_with_the_lock_keeps_no_other(watch: Watch) -> None:
    descriptor = make_memory()
    context = multiprocessing.get_context("fork")
    holds: multiprocessing.Queue[bool] = context.Queue()
    holder = context.Process(target=hold, args=(descriptor, holds))
    holder.start()
    assert holds.get()
    buckets = SharedBuckets(descriptor, 0.001)
    assert taken(RateLimiter(MOST, watch, buckets=buckets), "ada", 2 * MOST) == MOST
    holder.kill()
    holder.join()
    buckets.close()


def test_process_without_a_supervisor_has_buckets_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(FD_VARIABLE, raising=False)
    assert SharedBuckets.of_supervisor() is None


def test_descriptor_is_handed_on_to_no_child(monkeypatch: pytest.MonkeyPatch) -> None:
    descriptor = make_memory()
    os.set_inheritable(descriptor, True)
    monkeypatch.setenv(FD_VARIABLE, str(descriptor))
    buckets = SharedBuckets.of_supervisor()
    assert buckets is not None and FD_VARIABLE not in os.environ
    assert not os.get_inheritable(descriptor)
    buckets.close()
