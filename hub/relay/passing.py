"""Pass-through of a relay: what the hub alone decides is asked there, by its caller's own key (docs/relay.md)."""

import asyncio

import structlog

from hub.errors import Conflict, Unavailable
from hub.relay.client import LineDown
from hub.relay.passed_calls import PassedAnswer, PassedCall
from hub.relay.scanning import RelayLink
from hub.tasks import exponential, now

log = structlog.get_logger(__name__)

PASS_WITHIN_S = 4.0
"""How long a caller waits for the hub in all."""
ONE_TRY_S = 2.0
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.1, 0.5
LOOK_S = 0.05
ALONE = "The relay does not reach its hub: do this at the hub itself, or once the line is back"
UNKNOWN = "The hub did not answer in time, and may have done it or not: send the same request again"
CODE_UNKNOWN = "The hub did not answer in time: try once more, and make a new code if this one is refused then"
RELAY_ENDED = "This relay has ended: ask the hub"


class Passing:
    """Pass-through of one relay."""

    def __init__(self, link: RelayLink) -> None:
        self._link = link

    async def ask(self, call: PassedCall) -> PassedAnswer:
        """Return the hub's answer to a call; what it changed is in the copy by then, where the line still stands.

        Raises `Conflict` (relay_alone) where the hub was not asked, `Unavailable` where it is unknown what it did.
        """
        deadline = now() + PASS_WITHIN_S
        await self._until_connected(deadline)
        answer = await self._ask(call, deadline)
        if answer.is_done and (call.method != "GET" or not call.may_repeat):
            await self._link.follow()  # the answer is given in any case: the hub has done it
        return answer

    async def _until_connected(self, deadline: float) -> None:
        """Wait until the hub knows what was decided here. Raises where it does not in time."""
        line = self._link.line
        while not line.is_connected:
            if line.ended is not None:
                raise Unavailable(RELAY_ENDED)
            if line.state == "alone" or now() >= deadline:
                raise Conflict("relay_alone", ALONE)
            await asyncio.sleep(LOOK_S)

    async def _ask(self, call: PassedCall, deadline: float) -> PassedAnswer:
        pauses = exponential(FIRST_PAUSE_S, LONGEST_PAUSE_S)
        while True:
            try:
                return await self._link.client.pass_on(call, min(ONE_TRY_S, max(LOOK_S, deadline - now())))
            except LineDown as error:
                log.info("a call was not passed on", reason=str(error))
                if not call.may_repeat:
                    raise Unavailable(CODE_UNKNOWN) from error
                if now() >= deadline:
                    raise Unavailable(UNKNOWN) from error
            await asyncio.sleep(next(pauses))
