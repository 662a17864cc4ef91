"""Product names in lists: the event's however they are written; others are kept, counted and named."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.importing.file.products import MOST, ProductCounter, ProductNames
from hub.importing.file.showings import Times
from hub.model.event import Product
from hub.model.imports import Choices
from hub.tickets.seats import new_showing
from tests.builders import an_event
from tests.hub.importing.files import NOW, SEATS, check

NAMES = ("VIP Platinum", "Standard", "Réduit")
EVENT = an_event(
    timezone="Europe/Paris",
    starts_at=NOW,
    ends_at=NOW + timedelta(days=3),
    products=[Product(name=name) for name in NAMES],
)


def times() -> Times:
    return Times(EVENT, [new_showing(EVENT, "2026-12-24", "20:30", 100)], SEATS, NOW)


def test_a_list_names_each_product_that_is_written_differently_or_is_none_of_the_event() -> None:
    cells = ["Vip-Platinum", "STANDARD", "vip platinum", "VIP Platinum", "Crew", "", "reduit", "Vip-Platinum"]
    checked = check("barcode,product\n" + "".join(f"B{n},{cell}\n" for n, cell in enumerate(cells)), times())
    assert [row.guest.product for row in checked.sample] == [
        *("VIP Platinum", "Standard", "VIP Platinum", "VIP Platinum", "Crew", None, "Réduit", "VIP Platinum")
    ]
    assert [(each.product, each.means, each.rows) for each in checked.survey.renamed] == [
        ("Vip-Platinum", "VIP Platinum", 2),
        ("STANDARD", "Standard", 1),
        ("vip platinum", "VIP Platinum", 1),
        ("reduit", "Réduit", 1),
    ]
    assert checked.products["Crew"] == 1


def test_a_choice_by_hand_goes_before_likeness() -> None:
    checked = check("barcode,product\nx,standard\n", times(), Choices(products={"Standard": "VIP Platinum"}))
    assert checked.sample[0].guest.product == "VIP Platinum"


@pytest.mark.parametrize("text", ["VIP-1", "vip 1"])
def test_of_two_products_that_are_written_alike_only_the_exact_one_is_meant(text: str) -> None:
    names = ProductNames(["VIP-1", "VIP 1"], {})
    assert names.of(text) == text


def test_our_own_export_names_products_as_they_are() -> None:
    assert ProductNames(NAMES, {}, is_own=True).of("standard") == "standard"


@settings(deadline=None)
@given(st.lists(st.text(max_size=6)), st.text(max_size=6))
def test_a_product_of_the_event_is_itself_and_a_name_is_read_as_a_product_or_not_at_all(
    products: list[str], text: str
) -> None:
    names = ProductNames(products, {})
    assert all(names.of(each) == each for each in products)
    assert names.of(text) in (*products, text)


def test_names_that_are_listed_are_bounded() -> None:
    counter = ProductCounter(ProductNames(["a"], {f"x{n}": "a" for n in range(2 * MOST)}))
    for n in range(2 * MOST):
        counter.add(f"x{n}")
    assert len(counter.renamed) == MOST
