"""Planted bugs of a relay and of the hub that records its facts, by name: each replaces one method of the product."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from hub.door.offline_scan import RecordOfflineScan
from hub.door.response import StatusAnswer
from hub.model.command import Change, UnitOfWork
from hub.relay.client import LineDown, UpstreamClient
from hub.relay.wire import FactResult, FactsAnswer, FactsForm


def facts_sent_once() -> None:
    """Facts whose acknowledgement does not come are taken for recorded, and not sent again."""
    send = UpstreamClient.send

    async def send_once(self: UpstreamClient, form: FactsForm) -> FactsAnswer:
        try:
            return await send(self, form)
        except LineDown:
            return FactsAnswer(results=[FactResult(id=fact.id) for fact in form.facts], now=datetime.now(UTC))

    put_in_place(UpstreamClient, "send", send_once)


def facts_recorded_again() -> None:
    """A fact that arrives a second time is recorded a second time."""

    def decide(self: RecordOfflineScan, unit: UnitOfWork) -> Change[StatusAnswer]:
        return self.execute(unit)

    put_in_place(RecordOfflineScan, "decide", decide)


def conflicts_unnamed() -> None:
    """A ticket that both sides let in is on record twice, and no conflict is named."""
    put_in_place(RecordOfflineScan, "_reasons", lambda *_: [])


def put_in_place(owner: type, name: str, method: Callable[..., Any]) -> None:
    """Put a method in another's place."""
    setattr(owner, name, method)


RELAY_BUGS: Mapping[str, Callable[[], None]] = {
    each.__name__: each for each in (facts_sent_once, facts_recorded_again, conflicts_unnamed)
}
