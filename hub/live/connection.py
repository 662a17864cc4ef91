"""Connection: the shell of one socket. Feeds frames to the pure state machines and carries out their actions.

Nothing is awaited in the read loop: whatever takes time is a task. Calls (scans) belong to the server and outlive the
socket, since a scan that was begun is finished; all other tasks end with it.
"""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import count
from typing import Any

import msgspec
import structlog

from hub.clock import Clock
from hub.errors import HubError, NotAllowed, SlowDown, error_boundary, guard
from hub.live import frames
from hub.live.actions import Action, Alive, Call, Close, Follow, Identify, Recheck, Send, StartOver, Unfollow
from hub.live.channels import Channels
from hub.live.handshake import Handshake
from hub.live.ports import CookieCredential, Credential, Ports, Transport
from hub.live.protocol import CloseCode, RequestId
from hub.live.rates import RequestRates
from hub.live.registry import Registry
from hub.live.send_queue import Flusher, SendQueue
from hub.live.session import Session
from hub.live.subscriptions import Subscriptions
from hub.live.visibility import View, view_of
from hub.live_limits import LiveLimits
from hub.model.access import Principal
from hub.tasks import Tasks, now
from hub.telemetry import correlation

log = structlog.get_logger(__name__)


class ConnectionContext(msgspec.Struct, frozen=True, kw_only=True):
    """Shared context of a process's connections: ports, limits, registry, channels, rates, flusher, tasks."""

    process: str
    limits: LiveLimits
    clock: Clock
    ports: Ports
    registry: Registry
    channels: Channels
    rates: RequestRates
    flusher: Flusher
    calls: Tasks
    """Scans under way."""
    endings: Tasks
    """Closing sockets whose queues drain."""


class Connection:
    """One socket, from its upgrade to its end."""

    def __init__(self, context: ConnectionContext, transport: Transport, address: str) -> None:
        self.address = address
        self._context = context
        self._transport = transport
        self._handshake = Handshake(context.limits, now=now())
        self._session: Session | None = None
        self._credential: Credential | None = None
        self._is_closing = False
        self._request_id = correlation.current_id() or correlation.new_id()
        self._call_numbers = count(1)
        self._tasks = Tasks()
        limits = context.limits
        self._queue = SendQueue(
            transport,
            context.flusher,
            frames=limits.outbox_frames,
            size=limits.outbox_bytes,
            overflowed=self._overflowed,
        )
        self._subscriptions = Subscriptions(context.channels, self._queue, limits, lost=self._lost)

    @property
    def principal(self) -> Principal | None:
        """The client's principal; None before its welcome."""
        return None if self._session is None else self._session.principal

    @property
    def is_stranger(self) -> bool:
        """Whether the client has shown no credential, good or bad."""
        return not self._handshake.has_credential

    # --- what the edge and the hub call --------------------------------------------------------------------------

    def open(self, credential: Credential | None) -> None:
        """Register the socket and begin the handshake; `credential` is that of the upgrade, if any."""
        self._context.registry.add(self)
        self._queue.start()
        if credential is not None:
            self._perform(self._handshake.present(credential))

    def receive(self, text: str | bytes) -> None:
        """Process a frame without waiting. Whatever breaks, the client gets a reply."""
        if self._is_closing:
            return
        try:
            with error_boundary("a frame"):
                self._receive(text)
        except HubError as wrong:
            self._queue.put(frames.error_of(None, wrong))

    def _receive(self, text: str | bytes) -> None:
        if self._session is None:
            self._perform(self._handshake.receive(text))
        else:
            self._perform(self._session.receive(text, now()))

    def tick(self, at: float) -> None:
        """Run the timers of the protocol (hello, ping, recheck); `at` is in seconds of the loop."""
        if self._session is None:
            self._perform(self._handshake.tick(at))
        elif self._session.is_due(at):
            self._perform(self._session.tick(at, self._context.clock.now()))

    def recheck(self) -> None:
        """Authenticate again, and close the socket where the credential is no longer good."""
        self._perform([Recheck()])

    def send(self, frame: bytes) -> None:
        """Queue `frame`."""
        self._queue.put(frame)

    def stop_requests(self) -> None:
        """Ignore further frames; calls under way get their replies."""
        if self._session is not None:
            self._session.end()

    def gone(self) -> None:
        """Release everything: the socket has closed."""
        self._end()
        self._queue.stop()

    def close(self, code: CloseCode, reason: str) -> None:
        """Close the socket once its queue has drained, or after `close_s`."""
        if self._is_closing:
            return
        self._end()
        self._context.endings.spawn(self._flush_and_close(code, reason))

    # --- carrying out --------------------------------------------------------------------------------------------

    def _perform(self, actions: Sequence[Action]) -> None:
        for action in actions:
            match action:
                case Send(frame):
                    self._queue.put(frame)
                case Close(code, reason):
                    self.close(code, reason)
                case Identify():
                    self._tasks.spawn(self._identify(action))
                case Recheck():
                    self._tasks.spawn(self._check_again())
                case StartOver(text):
                    self._start_over(text)
                case Follow():
                    self._follow(action)
                case Unfollow(event):
                    self._subscriptions.unfollow(event)
                case Call():
                    self._call(action)
                case Alive():
                    self._seen(None)

    def _known(self) -> Session:
        if self._session is None:
            raise RuntimeError("a welcome is expected first")
        return self._session

    # --- who it is -----------------------------------------------------------------------------------------------

    async def _identify(self, action: Identify) -> None:
        try:
            with error_boundary("a hello"):
                await self._admit(action)
        except NotAllowed as wrong:
            self._perform(self._handshake.refused(self._counted(wrong)))
        except HubError as wrong:
            self._perform(self._handshake.refused(wrong))

    async def _admit(self, action: Identify) -> None:
        principal = await self._look_up(action.credential)
        if not self._context.registry.admit(self, principal):
            self._perform(self._handshake.crowded())
            return
        self._credential = action.credential
        self._welcome(principal, action)

    def _counted(self, refusal: NotAllowed) -> HubError:
        """Count a bad credential against its address; return the refusal that the client gets."""
        try:
            self._context.ports.refused(self.address)
        except SlowDown as slow:
            return slow
        return refusal

    async def _look_up(self, credential: Credential) -> Principal:
        """Authenticate, again where any credential was revoked meanwhile: it may have been this one."""
        registry = self._context.registry
        while True:
            endings = registry.endings
            principal = await guard(self._context.ports.identify(credential))
            if endings == registry.endings:
                return principal

    def _welcome(self, principal: Principal, action: Identify) -> None:
        context, hello = self._context, self._handshake
        hello.known()
        by_cookie = isinstance(action.credential, CookieCredential)
        self._session = Session(context.limits, principal, now=now(), take=self._take, by_cookie=by_cookie)
        welcome = frames.welcome(hello.request_id, principal, context.process, context.clock.now(), context.limits)
        self._queue.put(welcome)
        self._seen(action.info)
        if principal.kind == "ticket" and principal.event is not None:
            self._subscriptions.follow_ticket(principal.id, principal.event, self._read_ticket, lost=self._ticket_lost)
        for text in hello.held:
            self.receive(text)

    def _take(self, verb: str, principal: Principal) -> None:
        self._context.rates.take(verb, principal, str(id(self)))

    def _seen(self, info: dict[str, Any] | None) -> None:
        """Record a sign of life; a failure there costs the client nothing."""
        with suppress(HubError), error_boundary("last seen"):
            self._context.ports.seen(self._known().principal, info)

    def _follow(self, action: Follow) -> None:
        session = self._known()
        try:
            with error_boundary("a subscribe"):
                self._subscriptions.follow(action, view_of(session.principal, action.event))
        except HubError as wrong:
            self._perform(session.unfollowed(action.event, action.id, wrong))

    async def _check_again(self) -> None:
        if self._session is None or self._credential is None:
            return
        try:
            principal = await self._look_up(self._credential)
        except NotAllowed:
            self.close(CloseCode.NO_LONGER_ALLOWED, "no longer allowed")
        except HubError:
            self.close(CloseCode.UNAVAILABLE, "could not be checked")
        else:
            self._replace(self._session, principal)

    def _replace(self, session: Session, principal: Principal) -> None:
        """Apply changed rights; where they change the view, the client has to come back and subscribe anew."""
        before, session.principal = session.principal, principal
        if _sight(before) != _sight(principal):
            self.close(CloseCode.RESYNC_REQUIRED, "rights changed")

    def _start_over(self, text: str) -> None:
        self._subscriptions.stop()
        self._context.registry.start_over(self)
        self._session = None
        self._handshake = Handshake(self._context.limits, now=now())
        self.receive(text)

    def _lost(self, event: str, request_id: RequestId | None, wrong: HubError) -> None:
        """End a subscription that cannot begin (its request is answered) or not go on (the socket is closed)."""
        if request_id is None or self._session is None:
            self.close(CloseCode.UNAVAILABLE, "could not be followed on")
        else:
            self._perform(self._session.unfollowed(event, request_id, wrong))

    async def _read_ticket(self) -> msgspec.Struct | None:
        """Return a page's ticket, if the token still opens it: a reissued one is not for the old holder."""
        assert self._credential is not None
        state = await guard(self._context.ports.ticket_state(self._known().principal.id))
        await self._look_up(self._credential)  # after reading: it may have been reissued in between
        return state

    def _ticket_lost(self, wrong: HubError | None) -> None:
        if wrong is None or isinstance(wrong, NotAllowed):
            self.close(CloseCode.NO_LONGER_ALLOWED, "no such ticket any more")
        else:
            self.close(CloseCode.UNAVAILABLE, "the ticket could not be read")

    # --- calls ---------------------------------------------------------------------------------------------------

    def _call(self, action: Call) -> None:
        self._context.calls.spawn(self._answer(self._known(), action))

    async def _answer(self, session: Session, action: Call) -> None:
        """Serve a call in a context of its own, under the id of the upgrade's request with the call's number."""
        request_id = f"{self._request_id}-{next(self._call_numbers)}"
        correlation.begin(request_id)
        try:
            with error_boundary(action.verb):
                status, answer = await self._serve(session.principal, action)
                reply = session.answered(action.id, status, answer, request_id)
        except HubError as wrong:
            reply = session.failed(action.id, wrong, request_id)
        self._perform(reply)

    async def _serve(self, principal: Principal, action: Call) -> tuple[int, msgspec.Struct]:
        return await self._context.ports.calls[action.verb](principal, action.body)

    # --- the end -------------------------------------------------------------------------------------------------

    def _overflowed(self) -> Sequence[str]:
        """Apply backpressure: state subscriptions resynchronise later, others are closed as slow, and resume."""
        waiting, size = len(self._queue), self._queue.size
        dropped = self._subscriptions.drop_states()
        who = self.principal
        log.warning(
            "slow client",
            client=who and f"{who.kind} {who.id}",
            address=self.address,
            frames=waiting,
            bytes=size,
            closed=not dropped,
        )
        if not dropped:
            self.close(CloseCode.SLOW, "slow")
            self._queue.stop()
        return dropped

    def _end(self) -> None:
        """Unregister and stop all senders, at once."""
        self._is_closing = True
        self._context.registry.remove(self)
        self.stop_requests()
        self._subscriptions.stop()
        self._tasks.cancel()

    async def _flush_and_close(self, code: CloseCode, reason: str) -> None:
        try:
            async with asyncio.timeout(self._context.limits.close_s):
                await self._queue.drained()
        except TimeoutError:
            log.info("closed before its queue had drained", address=self.address)
        finally:
            self._queue.stop()
            self._transport.close(code, reason)


def _sight(principal: Principal) -> tuple[View, str | None, Mapping[str, str] | None]:
    """Access of a principal in the form that two sights are compared by."""
    return view_of(principal, principal.event or ""), principal.event, principal.event_roles
