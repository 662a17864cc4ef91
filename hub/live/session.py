"""Session: the protocol as a state machine, for a client that has authenticated.

Sans-I/O, after the model of websockets: frames, answers and ticks in, actions out; no socket, no clock, no loop.
`connection.py` carries the actions out.
"""

import enum
from collections.abc import Callable
from datetime import datetime

import msgspec

from hub.errors import BadInput, Conflict, HubError, NotFound, error_boundary, refusal_answer
from hub.live import frames
from hub.live.actions import Action, Alive, Call, Close, Follow, Recheck, Send, StartOver, Unfollow
from hub.live.frames import Request, malformed
from hub.live.protocol import CALLS, CloseCode, PongRequest, RequestId, SubscribeRequest, UnsubscribeRequest
from hub.live.visibility import may_follow
from hub.live_limits import LiveLimits
from hub.model.access import Principal

Take = Callable[[str, Principal], None]
"""Counts a request of a verb against its rate limit. Raises `SlowDown`."""


class SessionState(enum.Enum):
    """States of a session."""

    OPEN = "open"
    CLOSED = "closed"


class Session:
    """State machine of one client: its rights, subscriptions, calls under way. `by_cookie`: a hello may replace it."""

    def __init__(
        self, limits: LiveLimits, principal: Principal, *, now: float, take: Take, by_cookie: bool = False
    ) -> None:
        self.state = SessionState.OPEN
        self.principal = principal
        self.following: set[str] = set()
        self.acknowledged: dict[str, int] = {}
        self.under_way = 0
        self._limits = limits
        self._take = take
        self._by_cookie = by_cookie
        self._malformed: list[float] = []
        self._heard = now
        self._next_ping = now + limits.ping_s
        self._next_recheck = now + limits.recheck_s

    # --- what comes in -------------------------------------------------------------------------------------------

    def receive(self, text: str | bytes, now: float) -> list[Action]:
        """Process a frame; `now` is in seconds of the loop. Each request gets one reply, now or later."""
        if self.state is SessionState.CLOSED:
            return []
        self._heard = now
        request: Request | None = None
        try:
            request = frames.parse(text)
            if request.kind == "hello" and self._by_cookie and isinstance(text, str):
                return [StartOver(text)]
            with error_boundary(request.kind[:40]):
                return self._handler(request)(request)
        except BadInput as wrong:
            return self._wrong(request, wrong, now)
        except HubError as wrong:
            return [Send(frames.error_of(request.id if request else None, wrong))]

    def answered(self, request_id: RequestId, status: int, answer: msgspec.Struct, correlation: str) -> list[Action]:
        """Reply to a call with its answer; a refused ticket is an answer, too. Raises where it cannot be encoded."""
        reply = frames.result(request_id, status, answer, correlation)
        self.under_way -= 1
        return [Send(reply)]

    def failed(self, request_id: RequestId, wrong: HubError, correlation: str) -> list[Action]:
        """Reply to a call that was refused, as over HTTP, or that failed."""
        self.under_way -= 1
        if isinstance(wrong, Conflict | NotFound) or wrong.code == "nonce_reused":
            return [Send(frames.result(request_id, wrong.status, refusal_answer(wrong), correlation))]
        return [Send(frames.error_of(request_id, wrong, correlation))]

    def unfollowed(self, event: str, request_id: RequestId, wrong: HubError) -> list[Action]:
        """Reply to a subscribe that failed."""
        self.following.discard(event)
        return [Send(frames.error_of(request_id, wrong))]

    def is_due(self, now: float) -> bool:
        """Return whether a timer has run out: most ticks find none, on thousands of sockets."""
        return now >= self._next_ping or now >= self._next_recheck or now - self._heard >= self._limits.pong_timeout_s

    def tick(self, now: float, at: datetime) -> list[Action]:
        """Run the timers: `now` is in seconds of the loop, `at` the time of day."""
        if self.state is SessionState.CLOSED:
            return []
        if now - self._heard >= self._limits.pong_timeout_s:
            return self._close(CloseCode.NO_PONG)
        actions: list[Action] = []
        if now >= self._next_ping:
            self._next_ping = now + self._limits.ping_s
            actions.append(Send(frames.ping(at)))
        if now >= self._next_recheck:
            self._next_recheck = now + self._limits.recheck_s
            actions.append(Recheck())
        return actions

    def end(self) -> None:
        """Ignore further frames: the socket is closing."""
        self.state = SessionState.CLOSED

    # --- the requests --------------------------------------------------------------------------------------------

    def _handler(self, request: Request) -> Callable[[Request], list[Action]]:
        match request.kind:
            case "subscribe":
                return self._subscribe
            case "unsubscribe":
                return self._unsubscribe
            case "pong":
                return self._pong
            case kind if kind in CALLS:
                return self._call
        raise BadInput(f"unknown type: {request.kind[:40]}", code="unknown_type", status=400)

    def _subscribe(self, request: Request) -> list[Action]:
        request_id = _id(request)
        wanted = request.read(SubscribeRequest)
        if not may_follow(self.principal, wanted.event):
            return [Send(frames.error(request_id, "not_allowed", "not an event of yours"))]
        self._take("subscribe", self.principal)
        if wanted.event not in self.following and len(self.following) >= self._limits.subscriptions_per_socket:
            return [Send(frames.error(request_id, "slow_down", "too many subscriptions on this socket", 1.0))]
        self.following.add(wanted.event)
        return [Follow(id=request_id, event=wanted.event, since=wanted.since, mode=wanted.mode)]

    def _unsubscribe(self, request: Request) -> list[Action]:
        request_id = _id(request)
        event = request.read(UnsubscribeRequest).event
        self.following.discard(event)
        return [Unfollow(event), Send(frames.unsubscribed(request_id, event))]

    def _pong(self, request: Request) -> list[Action]:
        positions = request.read(PongRequest).at
        self.acknowledged = {event: seq for event, seq in positions.items() if event in self.following}
        return [Alive()]

    def _call(self, request: Request) -> list[Action]:
        request_id = _id(request)
        if self.principal.kind == "ticket":
            return [Send(frames.error(request_id, "not_allowed", "a ticket's page only looks on"))]
        if self.under_way >= self._limits.scans_under_way:
            return [Send(frames.error(request_id, "slow_down", "too many requests under way on this socket", 1.0))]
        self._take(request.kind, self.principal)
        self.under_way += 1
        return [Call(id=request_id, verb=request.kind, body=request.fields)]

    # --- what goes wrong -----------------------------------------------------------------------------------------

    def _wrong(self, request: Request | None, wrong: BadInput, now: float) -> list[Action]:
        actions: list[Action] = [Send(frames.error_of(request.id if request else None, wrong))]
        if wrong.code == "unknown_type":
            return actions
        self._malformed.append(now)
        self._malformed = [at for at in self._malformed if at > now - 60]
        if len(self._malformed) >= self._limits.malformed_per_minute:
            actions += self._close(CloseCode.PROTOCOL_ERROR)
        return actions

    def _close(self, code: CloseCode) -> list[Action]:
        self.state = SessionState.CLOSED
        return [Close(code, code.name.lower())]


def _id(request: Request) -> RequestId:
    if request.id is None:
        raise malformed("id: is missing")
    return request.id
