"""State machine of hypothesis over a running hub: one request a step, each a second after the one before."""

from datetime import timedelta
from typing import Any

from hypothesis.stateful import RuleBasedStateMachine
from tornado.ioloop import IOLoop

from hub.clock import SettableClock
from tests.api import Api
from tests.eventually import PATIENCE_S


class HubMachine(RuleBasedStateMachine):
    """State machine that plays against the hub and a model at once; a test sets the attributes of its class."""

    api: Api
    loop: IOLoop
    clock: SettableClock
    count = 0
    """Requests made so far."""

    def do(self, coroutine: Any) -> Any:
        """Run one request; every step takes a second, so that no two scans share a time."""
        self.count += 1
        self.clock.advance(timedelta(seconds=1))
        return self.loop.run_sync(lambda: coroutine, timeout=PATIENCE_S)
