"""Idempotent commands on booked tickets: what a key is bound to stays the same from version to version."""

from datetime import timedelta

import pytest
from msgspec import UNSET, UnsetType

from hub.errors import BadInput
from hub.model.command import IdempotencyRecord, UnitOfWork
from hub.model.payment import Method
from hub.sales.commands import MoveMoney
from hub.sales.refunds import Refund
from hub.tickets.seats import Seats
from hub.vault import Vault
from tests.builders import a_stream, a_ticket
from tests.commands import NOON

SEATS = Seats(Vault("a secret of the tests, long enough"), timedelta(hours=8))
OF_BEFORE: dict[Method | None, str] = {
    None: "cf82de3c44bd4206a65bca4474df18ad",
    "cash": "444cfe84df9f8acec828e4f41cc38051",
}
"""Hashes that the version without partial refunds kept of refunds of reservation `r1` by `k1`, by method."""


def give_back_again(bound: str, method: Method | None, amount: str | UnsetType = UNSET) -> list[object]:
    """Return the answer to a refund whose key is on record with a hash."""
    unit = UnitOfWork(
        stream=a_stream(),
        event=None,
        devices={},
        documents={(IdempotencyRecord, "key"): IdempotencyRecord(id="key", event="e1", hash=bound, answer=b"{}")},
        now=NOON,
        batch="b",
    )
    refund = Refund(holder="k1", method=method, amount=amount)
    return [*MoveMoney([a_ticket(reservation="r1")], SEATS, refund, "key").decide(unit).answer]


@pytest.mark.parametrize("method", OF_BEFORE)
def test_a_refund_that_is_sent_again_over_an_update_is_the_same_request(method: Method | None) -> None:
    assert give_back_again(OF_BEFORE[method], method) == []


@pytest.mark.parametrize(("method", "amount"), [(None, "3"), ("card", UNSET)])
def test_another_refund_is_refused_for_the_key(method: Method | None, amount: str | UnsetType) -> None:
    with pytest.raises(BadInput) as refused:
        give_back_again(OF_BEFORE[None], method, amount)
    assert refused.value.code == "idempotency_mismatch"
