"""Planted bugs by name: each replaces one method of the product in this process."""

import contextlib
import os
import threading
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from pymongo.client_session import ClientSession

import hub.door.rules
from hub.clock import Clock
from hub.door.device_command import DeviceCommand
from hub.door.response import StatusAnswer
from hub.door.scan import ScanTicket
from hub.live.protocol import Since
from hub.live.subscription import Subscription
from hub.model.command import Change, IdempotencyRecord, UnitOfWork
from store.journal.pending import PendingCommand
from store.mongo.transaction import Transactions

CLOCK_OFFSET = "clock-offset"
"""File in the data folder: by how many seconds the clock is wrong."""


def guard_off() -> None:
    """A ticket that is inside is let in again."""
    vars(hub.door.rules)["rule_of"] = lambda ticket, event: lambda state, at: True


def answer_before_commit() -> None:
    """Scans are answered when the batch is decided and written, before it is committed."""
    decide, run, batch = PendingCommand.decide, Transactions.run, threading.local()

    def decide_and_note(self: PendingCommand[Any], unit: UnitOfWork) -> None:
        decide(self, unit)
        batch.decided.append(self)

    def run_early(self: Transactions, work: Callable[[ClientSession], Any], **waits: Any) -> Any:
        def work_and_answer(session: ClientSession) -> Any:
            batch.decided = []
            result = work(session)
            for pending in batch.decided:
                if isinstance(pending.command, ScanTicket):
                    pending.done.get_loop().call_soon_threadsafe(pending.resolve)
            return result

        return run(self, work_and_answer, **waits)

    _replace(PendingCommand, "decide", decide_and_note)
    _replace(Transactions, "run", run_early)


def cursor_from_memory() -> None:
    """A client that comes back goes on where this process is, and not where the client was."""
    start = Subscription.start

    def start_here(self: Subscription, request_id: Any, since: Since | None) -> None:
        window = self._channel.window
        if since is not None and window is not None:
            since = Since(epoch=window.epoch, seq=window.seq)
        start(self, request_id, since)

    _replace(Subscription, "start", start_here)


def nonce_after_ticket() -> None:
    """A retry is judged by the ticket first: what its own first try did stands in its way."""

    def decide(self: DeviceCommand, unit: UnitOfWork) -> Change[StatusAnswer]:
        self.check_device(unit)
        change = self.execute(unit)
        remembered = unit.find(IdempotencyRecord, self.remembered_id)
        is_refused = not change.answer[1].success
        return change if remembered is None or is_refused else self.replay(remembered, unit)

    _replace(DeviceCommand, "decide", decide)


def wrong_clock() -> None:
    """No bug: the clock of the host is wrong by what a file in the data folder says, and may be set at any time."""
    now, kept = Clock.now, Path(os.environ["HUB_DATA"]) / CLOCK_OFFSET

    def now_wrong(self: Clock) -> Any:
        seconds = 0.0
        with contextlib.suppress(OSError, ValueError):
            seconds = float(kept.read_text())
        return now(self) + timedelta(seconds=seconds)

    _replace(Clock, "now", now_wrong)


def _replace(owner: type, name: str, method: Callable[..., Any]) -> None:
    setattr(owner, name, method)


BUGS: Mapping[str, Callable[[], None]] = {
    each.__name__: each for each in (guard_off, answer_before_commit, cursor_from_memory, nonce_after_ticket)
}
OTHERS: Mapping[str, Callable[[], None]] = {"nothing": lambda: None, "wrong_clock": wrong_clock}
