"""Check of each ticket and each seat alone: one order, in real time, explains its answers, or a fault is named."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from tests.faults.history.linearize import is_linearizable
from tests.faults.history.models import Model, SeatModel, TicketModel
from tests.faults.history.record import Anomaly, Fault, History, Request

PASSES = ("admitted", "exited", "booked", "released")
REFUSALS = ("already_scanned", "not_inside", "full", "sold_out")
"""What depends on the state. Other refusals (a wrong event, a bad code) are true at any time."""


def check_objects(history: History) -> Iterator[Anomaly]:
    """Yield a fault for each ticket and each seat whose answers no order explains."""
    by_subject: dict[str, list[Request]] = defaultdict(list)
    for request in history.requests:
        if request.code is None or request.code in PASSES + REFUSALS:
            by_subject[request.subject].append(request)
    ticket, seat = TicketModel(history.rules), SeatModel()
    for subject, requests in by_subject.items():
        model: Model[Any] = seat if requests[0].action in ("book", "release") else ticket
        if not is_linearizable(requests, model):
            yield Anomaly(_fault(requests, model), f"{subject}: {'; '.join(map(describe, _in_order(requests)))}")


def _fault(requests: Sequence[Request], model: Model[Any]) -> Fault:
    """Return the plainest name of what is wrong: of the passes in any order, in real time, then of the refusals."""
    passes = [request for request in requests if request.code not in REFUSALS]
    if not is_linearizable(passes, model, in_real_time=False):
        return "double admission"
    return "refusal that no order explains" if is_linearizable(passes, model) else "real-time order violated"


def _in_order(requests: Sequence[Request]) -> list[Request]:
    return sorted(requests, key=lambda request: request.start)


def describe(request: Request) -> str:
    """Return one request in words, with its interval in seconds."""
    interval = f"[{request.start:.3f}, {request.end:.3f}]"
    return f"{request.client} {request.action} {interval} -> {request.code or 'no answer'}"
