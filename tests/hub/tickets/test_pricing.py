"""Prices, whatever an organiser and a guest write: nothing that costs is given away, nothing free is charged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.errors import BadInput
from hub.formats.dates import duration
from hub.language.catalogue import language
from hub.model.event import Event, Price, Product
from hub.tickets.orders import Guest
from hub.tickets.pricing import (
    Amount,
    amount_for,
    guests_of_an_offer,
    guests_of_the_public,
    is_public,
    kinds_for_guests,
    kinds_of,
    total,
)
from tests.builders import an_event

NAMES = st.sampled_from(["A", "B", "C", "A: B"])
AMOUNTS = st.sampled_from(["0", "0.00", "5.50", 7.0, 0.0, -1.0, "free", 1e300])
"""The last are no amounts: a version before kept whatever was sent."""
PRICES = st.builds(Price, name=NAMES, amount=AMOUNTS, currency=st.just("EUR"))
PRODUCTS = st.builds(
    Product,
    name=NAMES,
    public=st.sampled_from([None, True, False]),
    prices=st.lists(PRICES, max_size=3),
)
GUESTS = st.builds(
    Guest, first_name=st.just("Ada"), last_name=st.just(""), product=st.none() | NAMES, price=st.none() | NAMES
)


def event_with(products: list[Product]) -> Event:
    event = an_event()
    event.products = products
    return event


@given(st.lists(PRODUCTS, max_size=3), st.lists(GUESTS, min_size=1, max_size=4))
def test_guest_without_a_key_gets_a_public_kind_at_a_price_that_it_has(
    products: list[Product], guests: list[Guest]
) -> None:
    event = event_with(products)
    try:
        found = guests_of_the_public(event, guests)
    except BadInput as wrong:
        assert wrong.errors
        return
    assert len(found) == len(guests)
    for guest in found:
        product = next((each for each in products if each.name == guest.product), None)
        if product is None:
            assert guest.product is None and all(is_public(each) for each in products)
            continue
        assert is_public(product)
        assert not product.prices or amount_for(event, guest) is not None, "what it costs is known"


@given(st.lists(PRODUCTS, max_size=3))
def test_kinds_that_a_page_offers_are_booked_as_they_are(products: list[Product]) -> None:
    event = event_with(products)
    labels = [kind.label for kind in kinds_for_guests(event)]
    assert len(set(labels)) == len(labels)
    for kind in kinds_for_guests(event):
        guest = Guest(first_name="Ada", last_name="", product=kind.product, price=kind.price)
        assert guests_of_the_public(event, [guest]) == [guest]
        assert amount_for(event, guest) == kind.amount
    for product in products:
        if product.public is None and is_public(product):
            assert not any(kind.amount and kind.amount.minor for kind in kinds_of(product)), "free by itself alone"
    assert len({(kind.product, kind.price) for kind in kinds_for_guests(event)}) == len(labels), (
        "each is charged as shown"
    )


@pytest.mark.parametrize("amount", [-1.0, "free", 1e300])
def test_a_price_of_which_is_not_known_what_it_is_gives_nothing_away(amount: str | float) -> None:
    event = event_with([Product(name="A", prices=[Price(name="P", amount=amount)])])
    ada = Guest(first_name="Ada", last_name="", product="A", price="P")
    assert (is_public(event.products[0]), kinds_for_guests(event)) == (False, [])
    event.products[0].public = True
    assert kinds_for_guests(event) == []
    for book in (guests_of_the_public, guests_of_an_offer):
        with pytest.raises(BadInput) as refused:
            book(event, [ada])
        assert refused.value.errors == {"price": "is not sold here"}
    assert amount_for(event, ada) is None


def test_of_two_prices_with_one_name_the_one_that_is_charged_is_shown() -> None:
    prices = [Price(name="Full", amount="20"), Price(name="Full", amount="5"), Price(name="Half", amount="10")]
    event = event_with([Product(name="A", public=True, prices=prices), Product(name="A", public=True)])
    assert [(kind.label, kind.amount) for kind in kinds_for_guests(event)] == [
        ("A: Full", Amount(2000, "EUR")),
        ("A: Half", Amount(1000, "EUR")),
    ]


def test_sums_are_by_currency_and_times_are_in_words() -> None:
    event = event_with([Product(name="A", prices=[Price(name="P", amount="0.10")]), Product(name="B")])
    amounts = [amount_for(event, Guest(first_name="x", last_name="", product="A"))] * 3 + [None]
    assert total(amounts) == [Amount(30, "EUR")] and total([None]) == []
    assert [duration(minutes, language("en")) for minutes in (1, 45, 60, 90, 1440, 4320)] == [
        *["1 minute", "45 minutes", "1 hour", "90 minutes", "1 day", "3 days"]
    ]
