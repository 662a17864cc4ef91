"""Payments in whole minor units: shares add up, and a till is the fold of its payments."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from hub.model.payment import Float, Payment, Till, allocated, booked_in, expected_cash

NOW = datetime(2026, 12, 24, 19, tzinfo=UTC)
PAYMENTS = st.builds(
    Payment,
    method=st.sampled_from(["cash", "card", "transfer"]),
    amount=st.integers(0, 10**12),
    currency=st.sampled_from(["EUR", "CHF"]),
)


@given(total=st.integers(0, 10**15), weights=st.lists(st.integers(0, 10**12), min_size=1, max_size=50))
def test_shares_of_an_amount_add_up_to_it_and_none_is_negative(total: int, weights: list[int]) -> None:
    shares = allocated(total, weights)
    assert (len(shares), sum(shares)) == (len(weights), total)
    assert min(shares) >= 0
    if any(weights):
        exact = [total * weight / sum(weights) for weight in weights]
        assert all(abs(share - wanted) <= 1 + wanted * 1e-9 for share, wanted in zip(shares, exact, strict=True))
        assert all(share == 0 for share, weight in zip(shares, weights, strict=True) if weight == 0)


@given(weights=st.lists(st.integers(0, 10**12), min_size=1, max_size=50))
def test_an_amount_that_is_due_is_shared_out_as_it_is_due(weights: list[int]) -> None:
    if any(weights):
        assert allocated(sum(weights), weights) == weights


@given(moves=st.lists(st.tuples(PAYMENTS, st.booleans()), max_size=60), start=st.integers(0, 10**6))
def test_a_till_is_the_fold_of_what_came_in_and_went_out(moves: list[tuple[Payment, bool]], start: int) -> None:
    till = Till(id="e/anna", event="e", holder="anna", floats=[Float(currency="EUR", amount=start)])
    for payment, is_refund in moves:
        till = booked_in(till, [payment], NOW, is_refund=is_refund)
    for method in ("cash", "card", "transfer"):
        for currency in ("EUR", "CHF"):
            signed = [
                -payment.amount if is_refund else payment.amount
                for payment, is_refund in moves
                if (payment.method, payment.currency) == (method, currency)
            ]
            net = sum(each.net for each in till.sums if (each.method, each.currency) == (method, currency))
            assert net == sum(signed)
            if method == "cash":
                assert expected_cash(till).get(currency, 0) == sum(signed) + (start if currency == "EUR" else 0)
