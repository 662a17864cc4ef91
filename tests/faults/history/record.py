"""History: the requests of clients with the time and answer of each attempt, the journal, counts and followers."""

import math
from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

Action = Literal["in", "out", "book", "release"]
VENUE = "venue"
"""The place of guests who are in no zone."""


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """One sending of a request: seconds of one monotonic clock, and the answer. No `code`: none came, or a 503."""

    start: float
    end: float
    code: str | None = None
    seq: int | None = None


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """Request of one client, named by its nonce, on a ticket or a seat; sent once or, after no answer, again."""

    nonce: str
    client: str
    subject: str
    action: Action
    door: str = ""
    attempts: tuple[Attempt, ...]
    given: str | None = None
    """The code with which another side decided it: it takes effect here, and is not judged here."""

    @property
    def start(self) -> float:
        """When it can have taken effect at the earliest."""
        return min(attempt.start for attempt in self.attempts)

    @property
    def end(self) -> float:
        """When it has taken effect at the latest; never, where no attempt was answered."""
        return min((attempt.end for attempt in self.attempts if attempt.code is not None), default=math.inf)

    @property
    def answers(self) -> set[tuple[str, int | None]]:
        """Its answers: one, or several where a retry was answered otherwise."""
        return {(attempt.code, attempt.seq) for attempt in self.attempts if attempt.code is not None}

    @property
    def answer(self) -> Attempt | None:
        """The first answer that came."""
        answered = [attempt for attempt in self.attempts if attempt.code is not None]
        return min(answered, key=lambda attempt: attempt.end, default=None)

    @property
    def code(self) -> str | None:
        """The code of the first answer, or None."""
        return None if self.answer is None else self.answer.code


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """Journal entry: `client` and `nonce` name the request that made it, where one did."""

    seq: int
    kind: str
    subject: str | None = None
    client: str | None = None
    door: str | None = None
    direction: str | None = None
    code: str | None = None
    nonce: str | None = None
    effect: Mapping[str, int] = {}
    is_given: bool = False
    """Whether another side decided it, and this one only recorded it: its verdict is not judged."""


class Door(msgspec.Struct, frozen=True):
    """Door: the zone it leads into and the one it leads out of; None: the venue, or outside."""

    into: str | None = None
    out_of: str | None = None


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """Rules of the event: how often a ticket comes in, the doors, the limits of the venue and its zones."""

    reentry: str = "single"
    doors: Mapping[str, Door] = {}
    limits: Mapping[str, int] = {}
    """People inside at most, by zone; `VENUE`: all."""


class News(msgspec.Struct, frozen=True):
    """Frame of a live follower: entries after those before, or a position that it begins anew at (a snapshot)."""

    kind: Literal["entries", "snapshot"]
    numbers: Sequence[int]


class History(msgspec.Struct, frozen=True, kw_only=True):
    """All that a run left behind."""

    requests: Sequence[Request]
    journal: Sequence[Entry] = ()
    counts: Mapping[str, int] = {}
    """The counts that the hub shows, by path: `admitted`, `inside`, `denied`, `zones.<id>`."""
    seq: int = 0
    """The number that the hub says is the newest."""
    followers: Mapping[str, Sequence[News]] = {}
    rules: Rules = Rules()


Fault = Literal[
    "double admission",
    "real-time order violated",
    "refusal that no order explains",
    "limit exceeded",
    "lost acknowledged scan",
    "phantom entry",
    "retry entered twice",
    "retry answered otherwise",
    "entry unlike its answer",
    "gap",
    "wrong count",
    "follower missed entries",
    "follower repeated entries",
]


class Anomaly(msgspec.Struct, frozen=True):
    """One fault of a history, with the words that lead to it."""

    fault: Fault
    text: str

    def __str__(self) -> str:
        return f"{self.fault}: {self.text}"
