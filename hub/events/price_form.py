"""Form of a product's prices: the amounts that organisers write, exact in their currency. Pure."""

from collections.abc import Sequence
from typing import Annotated, Protocol

import msgspec

from hub.formats.contact import is_printable
from hub.formats.money import CURRENCIES, WRONG_CURRENCY, currency_code, decimal_text, to_minor
from hub.model.event import Price
from hub.validation import Problems

WRONG_AMOUNT = "must be an amount of its currency, like 20.00"


class PriceForm(msgspec.Struct, kw_only=True):
    """Form of a price; its amount is a number or a decimal text."""

    name: Annotated[str, msgspec.Meta(max_length=200)]
    amount: int | float | str = 0
    currency: str = "EUR"

    def __post_init__(self) -> None:
        """Write the currency's code as ISO 4217 does."""
        self.currency = currency_code(self.currency)


class Priced(Protocol):
    """Product with prices."""

    @property
    def prices(self) -> Sequence[PriceForm]:
        """Kinds of the product, each with a name and an amount."""


def check_prices(products: Sequence[Priced], kept: Sequence[Price], problems: Problems) -> None:
    """Add the errors of the prices of products, but for those that are `kept` as they are."""
    known = {(price.name, price.amount, price.currency.strip().upper()) for price in kept}
    for n, product in enumerate(products):
        new = [price for price in product.prices if (price.name, price.amount, price.currency) not in known]
        if new and len({price.name for price in product.prices}) < len(product.prices):
            problems.add(f"products[{n}].prices", "names must differ")
        for m, price in enumerate(product.prices):
            at = f"products[{n}].prices[{m}]"
            if price in new:
                _check_price(price, at, problems)


def _check_price(price: PriceForm, at: str, problems: Problems) -> None:
    if not is_printable(price.name):
        problems.add(f"{at}.name", "must hold no control characters")
    if price.currency not in CURRENCIES:
        problems.add(f"{at}.currency", WRONG_CURRENCY)
        return
    try:
        to_minor(price.amount, price.currency)
    except ValueError:
        problems.add(f"{at}.amount", WRONG_AMOUNT)


def to_price(form: PriceForm) -> Price:
    """Return a checked price; one that an older version kept stays as it is."""
    try:
        amount: str | float = decimal_text(to_minor(form.amount, form.currency), form.currency)
    except ValueError:
        amount = form.amount
    return Price(name=form.name, amount=amount, currency=form.currency)
