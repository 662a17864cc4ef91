"""The time before a client is known, as an object of its own. Pure: text and ticks in, steps out."""

import enum

from hub.errors import BadInput, HubError, NotAllowed
from hub.live import frames
from hub.live.actions import Action, Close, Identify, Send
from hub.live.frames import Request, malformed
from hub.live.ports import Credential, KeyCredential, TicketCredential
from hub.live.protocol import CloseCode, HelloRequest, LiveLimits, RequestId


class HelloState(enum.Enum):
    """Where a hello stands."""

    WAITING = "waiting for a hello"
    CHECKING = "checking a credential"
    DONE = "known, or closed"


class Handshake:
    """Waits for a credential (from the upgrade, or in a first frame) and has it checked.

    Frames that come while it is checked are held, since a client need not wait for its welcome; `held` hands them on.
    """

    def __init__(self, limits: LiveLimits, *, now: float) -> None:
        self.state = HelloState.WAITING
        self.request_id: RequestId | None = None
        self.held: list[str] = []
        self._limits = limits
        self._deadline = now + limits.hello_timeout_s

    def present(self, credential: Credential) -> list[Action]:
        """Take the credential that came with the upgrade."""
        self.state = HelloState.CHECKING
        return [Identify(credential=credential)]

    def receive(self, text: str | bytes) -> list[Action]:
        """Take a frame."""
        if self.state is HelloState.DONE:
            return []
        if len(text) > self._limits.hello_limit_bytes:
            return self._end(CloseCode.TOO_BIG, frames.error(None, "too_large", "too large before a welcome"))
        if self.state is HelloState.CHECKING:
            return self._hold(text)
        try:
            return self._handshake(frames.parse(text))
        except BadInput as wrong:
            return self._end(CloseCode.PROTOCOL_ERROR, frames.error_of(self.request_id, wrong))

    def refused(self, wrong: HubError) -> list[Action]:
        """The credential is no good, or could not be checked."""
        code = CloseCode.NOT_AUTHENTICATED if isinstance(wrong, NotAllowed) else CloseCode.UNAVAILABLE
        return self._end(code, frames.error_of(self.request_id, wrong))

    def crowded(self) -> list[Action]:
        """The credential is good, but has too many sockets already."""
        return self._end(CloseCode.TOO_MANY, frames.error(self.request_id, "slow_down", "too many sockets", 60.0))

    def known(self) -> None:
        """The credential is good."""
        self.state = HelloState.DONE

    def tick(self, now: float) -> list[Action]:
        """Take the time."""
        if self.state is HelloState.DONE or now < self._deadline:
            return []
        late = CloseCode.HELLO_TIMEOUT if self.state is HelloState.WAITING else CloseCode.UNAVAILABLE
        state, self.state = self.state, HelloState.DONE
        return [Close(late, f"took too long {state.value}")]

    def _handshake(self, request: Request) -> list[Action]:
        self.request_id = request.id
        if request.kind != "hello":
            refusal = frames.error(request.id, "not_allowed", "say hello first")
            return self._end(CloseCode.NOT_AUTHENTICATED, refusal)
        if request.id is None:
            raise malformed("id: is missing")
        hello = request.read(HelloRequest)
        self.state = HelloState.CHECKING
        return [Identify(credential=_credential(hello), info=hello.info)]

    def _hold(self, text: str | bytes) -> list[Action]:
        if isinstance(text, bytes) or len(self.held) >= self._limits.hello_held_frames:
            return self._end(CloseCode.PROTOCOL_ERROR, frames.error(None, "slow_down", "wait for the welcome", 1.0))
        self.held.append(text)
        return []

    def _end(self, code: CloseCode, last_words: bytes) -> list[Action]:
        self.state = HelloState.DONE
        return [Send(last_words), Close(code, code.name.lower())]


def _credential(hello: HelloRequest) -> Credential:
    if hello.api_key:
        return KeyCredential(hello.api_key)
    if hello.ticket and hello.token:
        return TicketCredential(hello.ticket, hello.token)
    raise malformed("`api_key`, or `ticket` and `token`, is missing")
