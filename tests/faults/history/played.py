"""Histories played by a correct hub: each operation takes effect at one moment within its interval. Pure."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tests.faults.history.models import Rooms, TicketModel, TicketState
from tests.faults.history.record import Action, Attempt, Door, Entry, History, News, Request, Rules

KINDS = {"admitted": "ticket.scanned", "exited": "ticket.exited"}


class Scan(NamedTuple):
    """One scan to be played: its ticket and door, how long before and after its moment the door waited, its fate."""

    ticket: str = "t1"
    door: str = "north"
    action: Action = "in"
    before: float = 0.4
    after: float = 0.4
    is_answered: bool = True
    is_written: bool = True
    """Of one without an answer: whether it took effect all the same."""


class Played:
    """A sequential hub: takes scans one after another, at the moments 1, 2, 3, ..."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._model = TicketModel(rules)
        self._rooms = Rooms(rules.limits)
        self._states: dict[str, TicketState] = {}
        self.requests: list[Request] = []
        self.entries: list[Entry] = []
        self._effect: dict[str, int] = {}

    def scan(self, number: int, scan: Scan) -> None:
        """Play one scan at its moment."""
        code = seq = None
        request = Request(
            nonce=f"n{number}", client=scan.door, subject=scan.ticket, action=scan.action, door=scan.door, attempts=()
        )
        if scan.is_answered or scan.is_written:
            code, seq = self._decide(request), len(self.entries) + 1
            self.entries.append(_entry(request, seq, code, self._effect))
        answer = (code, seq) if scan.is_answered else (None, None)
        attempt = Attempt(start=number - scan.before, end=number + scan.after, code=answer[0], seq=answer[1])
        self.requests.append(
            Request(**{name: getattr(request, name) for name in request.__struct_fields__} | {"attempts": (attempt,)})
        )

    def _decide(self, request: Request) -> str:
        before = self._states.get(request.subject, TicketState())
        door = self._rules.doors.get(request.door, Door())
        outcomes = dict(self._model.outcomes(before, request))
        code = next(iter(outcomes))
        if code == "admitted" and self._rooms.is_full(before, door):
            code = "full"
        after = outcomes[code]
        self._rooms.move(before, after)
        self._states[request.subject] = after
        self._effect = _effect(code, request.action, before, after)
        return code

    def history(self) -> History:
        """Return the history, with the counts and one live follower."""
        counts: dict[str, int] = {"admitted": 0, "inside": 0, "denied": 0}
        for entry in self.entries:
            for path, people in entry.effect.items():
                counts[path] = counts.get(path, 0) + people
        numbers = [entry.seq for entry in self.entries]
        return History(
            requests=self.requests,
            journal=self.entries,
            counts=counts,
            seq=len(self.entries),
            followers={"wall": [News("snapshot", [0]), News("entries", numbers)]},
            rules=self._rules,
        )


def _entry(request: Request, seq: int, code: str, effect: Mapping[str, int]) -> Entry:
    return Entry(
        seq=seq,
        kind=KINDS.get(code, "ticket.denied"),
        subject=request.subject,
        client=request.client,
        door=request.door,
        direction=request.action,
        code=code,
        nonce=request.nonce,
        effect=effect,
    )


def _effect(code: str, action: Action, before: TicketState, after: TicketState) -> dict[str, int]:
    if code not in KINDS:
        return {"denied": 1} if action == "in" else {}
    return {
        "admitted": int(after.entries > 0) - int(before.entries > 0),
        "inside": len(after.where) - len(before.where),
    }


def play(scans: Sequence[Scan], rules: Rules | None = None) -> History:
    """Return the history of `scans`, in the order in which they take effect."""
    played = Played(rules or Rules())
    for number, scan in enumerate(scans, 1):
        played.scan(number, scan)
    return played.history()
