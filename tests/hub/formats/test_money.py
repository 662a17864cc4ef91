"""Amounts are exact, in the minor units of their currency (ISO 4217)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.formats.money import CURRENCIES, decimal_text, exponent_of, money_text, nearest_minor, to_minor

CODES = st.sampled_from(sorted(CURRENCIES))


@pytest.mark.parametrize(
    ("amount", "currency", "minor", "text"),
    [
        (20, "EUR", 2000, "20.00 EUR"),
        (20.1, "EUR", 2010, "20.10 EUR"),
        ("0.07", "USD", 7, "0.07 USD"),
        ("19.9", "CHF", 1990, "19.90 CHF"),
        (1500, "JPY", 1500, "1500 JPY"),
        (1500.0, "JPY", 1500, "1500 JPY"),
        ("1.005", "KWD", 1005, "1.005 KWD"),
        (" 7 ", "EUR", 700, "7.00 EUR"),
        ("2e1", "EUR", 2000, "20.00 EUR"),
        (0, "EUR", 0, "0.00 EUR"),
    ],
)
def test_amounts_are_read_and_written_in_their_currency(
    amount: str | float, currency: str, minor: int, text: str
) -> None:
    assert to_minor(amount, currency) == minor
    assert money_text(minor, currency) == text


@pytest.mark.parametrize(
    ("amount", "currency"),
    [
        *[
            ("1.005", "EUR"),
            ("0.5", "JPY"),
            ("1.0001", "KWD"),
            ("1.250", "EUR"),
            ("12.500", "EUR"),
            ("20.000", "EUR"),
            ("1.000", "JPY"),
            ("1.0000", "KWD"),
            ("-1", "EUR"),
            (-0.01, "EUR"),
            ("", "EUR"),
            ("x", "EUR"),
        ],
        *[("NaN", "EUR"), ("Infinity", "EUR"), (float("nan"), "EUR"), (float("inf"), "EUR"), (1e300, "EUR")],
        *[
            ("1e999999999", "EUR"),
            ("1e-999999999", "EUR"),
            (10**9, "EUR"),
            (10**500, "EUR"),
            ("1_0", "EUR"),
            ("1,5", "EUR"),
        ],
    ],
)
def test_what_is_no_amount_of_a_currency_is_refused(amount: str | float, currency: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        to_minor(amount, currency)


@pytest.mark.parametrize("amount", ["-1", -5.0, "", "free", "1,5", "NaN", float("inf"), 1e300, 10**9])
def test_an_older_amount_that_is_none_is_not_taken_for_nothing(amount: str | float) -> None:
    assert nearest_minor(amount, "EUR") is None
    assert nearest_minor("1.005", "EUR") == nearest_minor(1.0, "EUR") == 100


@given(st.integers(0, 10**9 - 1), CODES)
def test_an_amount_survives_being_written_and_read(minor: int, currency: str) -> None:
    text = decimal_text(minor, currency)
    assert to_minor(text, currency) == minor == nearest_minor(text, currency)
    assert len(text.partition(".")[2]) == exponent_of(currency)


@given(st.floats(0, 10**6), CODES)
def test_a_number_that_a_client_sends_is_its_shortest_decimal(amount: float, currency: str) -> None:
    exact = Decimal(repr(amount)).scaleb(exponent_of(currency))
    try:
        assert to_minor(amount, currency) == exact
    except ValueError:
        assert exact != exact.to_integral_value()
    nearest = nearest_minor(amount, currency)
    assert nearest is not None and abs(nearest - exact) <= Decimal("0.5")


@given(st.text(max_size=60), CODES)
def test_no_text_does_more_than_be_refused(text: str, currency: str) -> None:
    try:
        assert to_minor(text, currency) >= 0
    except ValueError:
        pass
    nearest = nearest_minor(text, currency)
    assert nearest is None or nearest >= 0
