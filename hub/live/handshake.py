"""Handshake: the state machine of a socket before its client is known. Pure: frames and ticks in, actions out."""

import enum

from hub.errors import BadInput, HubError, NotAllowed
from hub.live import frames
from hub.live.actions import Action, Close, Identify, Send
from hub.live.frames import Request, malformed
from hub.live.ports import Credential, KeyCredential, TicketCredential
from hub.live.protocol import CloseCode, HelloRequest, RequestId
from hub.live_limits import LiveLimits


class HandshakeState(enum.Enum):
    """States of a handshake."""

    WAITING = "waiting for a hello"
    CHECKING = "checking a credential"
    DONE = "known, or closed"


class Handshake:
    """State machine of authentication: one credential, of the upgrade or of a hello, within `hello_timeout_s`.

    Frames that arrive while the credential is checked are buffered in `held`: a client need not wait for its welcome.
    """

    def __init__(self, limits: LiveLimits, *, now: float) -> None:
        self.state = HandshakeState.WAITING
        self.request_id: RequestId | None = None
        self.held: list[str] = []
        self.has_credential = False
        self._limits = limits
        self._deadline = now + limits.hello_timeout_s

    def present(self, credential: Credential) -> list[Action]:
        """Authenticate by the credential of the upgrade."""
        return self._identify(Identify(credential=credential))

    def receive(self, text: str | bytes) -> list[Action]:
        """Process a frame."""
        if self.state is HandshakeState.DONE:
            return []
        if len(text) > self._limits.hello_limit_bytes:
            return self._end(CloseCode.TOO_BIG, frames.error(None, "too_large", "too large before a welcome"))
        if self.state is HandshakeState.CHECKING:
            return self._hold(text)
        try:
            return self._handshake(frames.parse(text))
        except BadInput as wrong:
            return self._end(CloseCode.PROTOCOL_ERROR, frames.error_of(self.request_id, wrong))

    def refused(self, wrong: HubError) -> list[Action]:
        """End with the refusal of a bad credential, or of one that could not be checked."""
        code = CloseCode.NOT_AUTHENTICATED if isinstance(wrong, NotAllowed) else CloseCode.UNAVAILABLE
        return self._end(code, frames.error_of(self.request_id, wrong))

    def crowded(self) -> list[Action]:
        """End with the refusal of one socket too many."""
        return self._end(CloseCode.TOO_MANY, frames.error(self.request_id, "slow_down", "too many sockets", 60.0))

    def known(self) -> None:
        """Finish: the credential is good."""
        self.state = HandshakeState.DONE

    def tick(self, now: float) -> list[Action]:
        """Close a handshake that took too long; `now` is in seconds of the loop."""
        if self.state is HandshakeState.DONE or now < self._deadline:
            return []
        late = CloseCode.HELLO_TIMEOUT if self.state is HandshakeState.WAITING else CloseCode.UNAVAILABLE
        state, self.state = self.state, HandshakeState.DONE
        return [Close(late, f"took too long {state.value}")]

    def _handshake(self, request: Request) -> list[Action]:
        self.request_id = request.id
        if request.kind != "hello":
            refusal = frames.error(request.id, "not_allowed", "say hello first")
            return self._end(CloseCode.NOT_AUTHENTICATED, refusal)
        if request.id is None:
            raise malformed("id: is missing")
        hello = request.read(HelloRequest)
        return self._identify(Identify(credential=_credential(hello), info=hello.info))

    def _identify(self, action: Identify) -> list[Action]:
        self.state = HandshakeState.CHECKING
        self.has_credential = True
        return [action]

    def _hold(self, text: str | bytes) -> list[Action]:
        if isinstance(text, bytes) or len(self.held) >= self._limits.hello_held_frames:
            return self._end(CloseCode.PROTOCOL_ERROR, frames.error(None, "slow_down", "wait for the welcome", 1.0))
        self.held.append(text)
        return []

    def _end(self, code: CloseCode, last_words: bytes) -> list[Action]:
        self.state = HandshakeState.DONE
        return [Send(last_words), Close(code, code.name.lower())]


def _credential(hello: HelloRequest) -> Credential:
    if hello.api_key:
        return KeyCredential(hello.api_key)
    if hello.ticket and hello.token:
        return TicketCredential(hello.ticket, hello.token)
    raise malformed("`api_key`, or `ticket` and `token`, is missing")
