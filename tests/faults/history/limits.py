"""Check of the limits without the journal: a necessary condition of any order, in n log n.

At each moment at least those are inside whose entry was answered, less all that may have left; at most as many as
have begun to enter, less those that have surely left. More than the limit by the first count is a limit exceeded; a
refusal as `full` during which the second count is below every limit is one that no order explains. It finds no fault
where there is none, and may miss one; the journal's order, of which `journal.py` goes through every step, misses none.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tests.faults.history.models import place
from tests.faults.history.objects import describe
from tests.faults.history.record import VENUE, Anomaly, Door, History, Request


def check_limits(history: History) -> Iterator[Anomaly]:
    """Yield a fault for each limit that was exceeded, and each `full` that cannot have been."""
    for zone, limit in history.rules.limits.items():
        yield from _exceeded(history, zone, limit)
    yield from _unexplained(history)


def _door(history: History, request: Request) -> Door:
    return history.rules.doors.get(request.door, Door())


def _may_enter(history: History, zone: str) -> Iterator[Request]:
    """Yield the requests that may have added a person to `zone`."""
    for request in history.requests:
        if request.action == "in" and request.code in (None, "admitted"):
            if zone in (VENUE, place(_door(history, request))):
                yield request


def _may_leave(history: History, zone: str) -> Iterator[Request]:
    """Yield the requests that may have taken a person from `zone`: exits, and entries into another zone."""
    for request in history.requests:
        if request.action == "out" and request.code in (None, "exited"):
            yield request
        elif request.action == "in" and request.code in (None, "admitted"):
            if place(_door(history, request)) != zone != VENUE:
                yield request


def _exceeded(history: History, zone: str, limit: int) -> Iterator[Anomaly]:
    """Yield a fault where more tickets are surely inside at once than may be."""
    leaving: dict[str, list[Request]] = defaultdict(list)
    for request in _may_leave(history, zone):
        leaving[request.subject].append(request)
    inside = 0
    for at, people in sorted(_surely_inside(list(_may_enter(history, zone)), leaving)):
        inside += people
        if inside > limit:
            yield Anomaly("limit exceeded", f"{zone}: at least {inside} inside at {at:.3f}, {limit} may be")
            return


def _surely_inside(
    entering: Iterable[Request], leaving: Mapping[str, Sequence[Request]]
) -> Iterator[tuple[float, int]]:
    """Yield when each ticket has come in for the first time, and when it may have left after that."""
    first: dict[str, Request] = {}
    for request in entering:
        if request.code is not None and request.end <= first.get(request.subject, request).end:
            first[request.subject] = request
    for subject, entry in first.items():
        yield entry.end, 1
        afterwards = [request.start for request in leaving.get(subject, ()) if request.end >= entry.start]
        if afterwards:
            yield max(entry.end, min(afterwards)), -1


def _unexplained(history: History) -> Iterator[Anomaly]:
    """Yield a fault for each refusal as full while there was room in every order."""
    begun = {zone: sorted(r.start for r in _may_enter(history, zone)) for zone in history.rules.limits}
    gone = sorted(_surely_left(history))
    for request in history.requests:
        if request.code != "full":
            continue
        most = {zone: bisect_right(begun[zone], request.end) for zone in _behind(history, request)}
        if VENUE in most:
            most[VENUE] -= bisect_left(gone, request.start)
        if not any(inside >= history.rules.limits[zone] for zone, inside in most.items()):
            yield Anomaly("refusal that no order explains", f"{describe(request)}, and there was room all the time")


def _behind(history: History, request: Request) -> Iterable[str]:
    """Return the limited places behind a request's door."""
    return {VENUE, place(_door(history, request))} & history.rules.limits.keys()


def _surely_left(history: History) -> Iterator[float]:
    """Yield when each exit from the venue had ended; for a zone, which moves leave too, none is counted."""
    for request in history.requests:
        if request.code == "exited" and _door(history, request).out_of is None:
            yield request.end
