"""Linearizability of one object: Wing and Gong's search, with Lowe's memory of configurations.

An operation takes effect at one moment between its start and its end. One that was never answered may take effect at
any moment after its start, or not at all. Objects are decided apart: a history is linearizable if, and only if, each of
its objects is (Herlihy and Wing), which keeps the search small.
"""

from collections.abc import Sequence
from typing import TypeVar

from tests.faults.history.models import Model
from tests.faults.history.record import Request

State = TypeVar("State")


def is_linearizable(requests: Sequence[Request], model: Model[State], *, in_real_time: bool = True) -> bool:
    """Return whether an order explains all answers; `in_real_time`: one that keeps what ended before what began."""
    answered = sum(1 << n for n, request in enumerate(requests) if request.code is not None)
    stack: list[tuple[int, State]] = [(0, model.initial)]
    seen = set(stack)
    while stack:
        done, state = stack.pop()
        if done & answered == answered:
            return True
        for configuration in _next(requests, model, done, state, in_real_time):
            if configuration not in seen:
                seen.add(configuration)
                stack.append(configuration)
    return False


def _next(
    requests: Sequence[Request], model: Model[State], done: int, state: State, in_real_time: bool
) -> list[tuple[int, State]]:
    """Return the configurations after each operation that may be the next one."""
    waiting = [(n, request) for n, request in enumerate(requests) if not done >> n & 1]
    first_end = min(request.end for _, request in waiting)
    found = []
    for n, request in waiting:
        if in_real_time and request.start > first_end:
            continue
        for code, after in model.outcomes(state, request):
            # One without an answer that changes nothing explains nothing.
            if code == request.code or (request.code is None and after != state):
                found.append((done | 1 << n, after))
    return found
