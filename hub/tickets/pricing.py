"""Pricing: prices of tickets, kinds that the public may book, and the time to pay. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from hub.clock import in_zone
from hub.errors import BadInput
from hub.formats.dates import duration, moment
from hub.formats.money import money_in, nearest_minor
from hub.language.catalogue import Language
from hub.model.event import Event, Price, Product
from hub.model.ticket import Ticket
from hub.tickets.orders import Guest

UNSOLD = "The booking cannot be made"
NOT_SOLD = "is not sold here"
MUST_BE_CHOSEN = "must be chosen"


class Amount(msgspec.Struct, frozen=True):
    """Amount of money in minor units of a currency."""

    minor: int
    currency: str

    def in_words(self, language: Language) -> str:
        """Return the amount as guests read it: `€20.00`, `20,00 €`."""
        return money_in(language, self.minor, self.currency)


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """Kind of ticket that guests choose: a product at one of its prices. `label` names it, once in its event."""

    label: str
    product: str
    price: str | None = None
    amount: Amount | None = None
    """None for a product without prices, which is free."""

    def text(self, language: Language) -> str:
        """Return the kind with its price, as guests read it."""
        if self.amount is None:
            return self.label
        price = self.amount.in_words(language) if self.amount.minor else language.say("price-free")
        return language.say("kind-price", kind=self.label, price=price)


def amount_of(price: Price) -> Amount | None:
    """Return the amount of a price; None where a version before kept one that is no amount."""
    minor = nearest_minor(price.amount, price.currency)
    return None if minor is None else Amount(minor, price.currency)


def is_public(product: Product) -> bool:
    """Whether a product may be booked without a key: as it says, else where it is free."""
    return product.public if product.public is not None else not _costs(product)


def _costs(product: Product) -> bool:
    """Whether a product has a price above zero, or one that is not known."""
    amounts = [amount_of(price) for price in product.prices]
    return any(amount is None or amount.minor for amount in amounts)


def kinds_for_guests(event: Event) -> list[Kind]:
    """Return the kinds of tickets that guests may book, in the event's order.

    Products, and prices of one, are booked by their names: of two with the same name the first is the one that counts.
    """
    labels: Counter[str] = Counter()
    found = []
    products = {product.name: product for product in reversed(event.products)}
    public = [product for product in event.products if products[product.name] is product and is_public(product)]
    for kind in [kind for product in public for kind in kinds_of(product)]:
        while labels[kind.label]:
            kind = msgspec.structs.replace(kind, label=f"{kind.label} (2)")
        labels[kind.label] += 1
        found.append(kind)
    return found


def kinds_of(product: Product) -> list[Kind]:
    """Kinds of a product: one for each price that is known."""
    if not product.prices:
        return [Kind(label=product.name, product=product.name)]
    amounts = {price.name: amount_of(price) for price in reversed(product.prices)}
    is_only = len(amounts) == 1
    return [
        Kind(
            label=product.name if is_only else f"{product.name}: {name}",
            product=product.name,
            price=name,
            amount=amount,
        )
        for name, amount in reversed(amounts.items())
        if amount is not None
    ]


def amount_for(event: Event, guest: Guest) -> Amount | None:
    """Return the price of a guest's ticket; None where that is not known, as of a price that the event has not."""
    product = next((each for each in event.products if each.name == guest.product), None)
    if product is None:
        return None
    if guest.price is None and len(product.prices) == 1:
        return amount_of(product.prices[0])
    price = next((each for each in product.prices if each.name == guest.price), None)
    return None if price is None else amount_of(price)


def guests_of_the_public(event: Event, guests: Sequence[Guest]) -> list[Guest]:
    """Return guests who book without a key, each with the kind that is theirs where there is no choice.

    Raises `BadInput` for kinds that the public may not book, and for a price that is left open.
    """
    errors: dict[str, str] = {}
    found = []
    for n, guest in enumerate(guests):
        at = f"tickets[{n}]." if len(guests) > 1 else ""
        chosen = _chosen(event, guest)
        if isinstance(chosen, Guest):
            found.append(chosen)
        else:
            field, text = chosen
            errors[at + field] = text
    if errors:
        raise BadInput(UNSOLD, errors)
    return found


def guests_of_a_key(event: Event, guests: Sequence[Guest]) -> list[Guest]:
    """Guests of a key's booking, each with the event's only product where none is named; any kind is booked."""
    return [_with_only_product(event, guest) for guest in guests]


def guests_of_an_offer(event: Event, guests: Sequence[Guest]) -> list[Guest]:
    """Return guests who accept an offer of seats, each with product and price, whether it is public by now or not.

    A price that is left open, or that the event has no more, is the first of its product. Raises `BadInput` for a
    product that is not sold (`is_sold`).
    """
    return [_offered(event, guest) for guest in guests]


def is_sold(event: Event, product: str | None) -> bool:
    """Return whether an offer of seats for a product can be accepted as it is, without another choice.

    None is the event's only product, or no product where nothing costs. Where an event has no products any more, each
    is sold: as a ticket without one.
    """
    if product is None:
        return len(event.products) == 1 or not any(_is_priced(each) for each in event.products)
    found = next((each for each in event.products if each.name == product), None)
    return not event.products if found is None else not found.prices or bool(kinds_of(found))


def kind_of_an_offer(event: Event, product: str | None, price: str | None) -> Kind | None:
    """Return the kind that an offer is accepted as; None without a product, or where it is not sold (`is_sold`)."""
    if not event.products or not is_sold(event, product):
        return None
    guest = _offered(event, Guest(first_name="", last_name="", product=product, price=price))
    found = next((each for each in event.products if each.name == guest.product), None)
    return next((kind for kind in kinds_of(found) if kind.price == guest.price), None) if found else None


def _with_only_product(event: Event, guest: Guest) -> Guest:
    if guest.product is None and len(event.products) == 1:
        return msgspec.structs.replace(guest, product=event.products[0].name)
    return guest


def _offered(event: Event, guest: Guest) -> Guest:
    if not event.products:
        return msgspec.structs.replace(guest, product=None, price=None)
    guest = _with_only_product(event, guest)
    product = next((each for each in event.products if each.name == guest.product), None)
    if product is None and not is_sold(event, guest.product):
        raise BadInput(UNSOLD, {"product": MUST_BE_CHOSEN})
    if product is None or not product.prices:
        return guest
    sold = [kind.price for kind in kinds_of(product)]
    if not sold:
        raise BadInput(UNSOLD, {"price": NOT_SOLD})
    return guest if guest.price in sold else msgspec.structs.replace(guest, price=sold[0])


def _chosen(event: Event, guest: Guest) -> Guest | tuple[str, str]:
    """Return the guest with product and price, or the field that is wrong with its error."""
    guest = _with_only_product(event, guest)
    product = next((each for each in event.products if each.name == guest.product), None)
    if product is None:
        is_free = guest.product is None and not any(_is_priced(each) for each in event.products)
        return _unpriced(guest) if is_free else ("product", MUST_BE_CHOSEN if guest.product is None else NOT_SOLD)
    if not is_public(product):
        return "product", NOT_SOLD
    if not product.prices:
        return _unpriced(guest)
    sold = [kind.price for kind in kinds_of(product)]
    if guest.price is None and len(sold) == len(product.prices) == 1:
        return msgspec.structs.replace(guest, price=sold[0])
    if guest.price not in sold:
        return "price", MUST_BE_CHOSEN if guest.price is None and sold else NOT_SOLD
    return guest


def _unpriced(guest: Guest) -> Guest | tuple[str, str]:
    """Return the guest of a ticket without a price, or the error of one that they name: doors are shown its name."""
    return ("price", NOT_SOLD) if guest.price else msgspec.structs.replace(guest, price=None)


def _is_priced(product: Product) -> bool:
    return _costs(product) or product.public is False


def total(amounts: Iterable[Amount | None]) -> list[Amount]:
    """Return the sum of amounts, one for each currency, without those that come to nothing."""
    sums: dict[str, int] = {}
    for amount in amounts:
        if amount is not None:
            sums[amount.currency] = sums.get(amount.currency, 0) + amount.minor
    return [Amount(minor, currency) for currency, minor in sums.items() if minor]


def amount_of_ticket(ticket: Ticket) -> Amount | None:
    """Return the price of a ticket when it was booked; None where that is not known."""
    return None if ticket.amount is None or ticket.currency is None else Amount(ticket.amount, ticket.currency)


def costs_nothing(event: Event, ticket: Ticket) -> bool:
    """Return whether a ticket is free: its price is nothing, or its product has no prices."""
    if ticket.amount is not None:
        return ticket.amount == 0
    product = next((each for each in event.products if each.name == ticket.product), None)
    return product is not None and not product.prices


def due_of(tickets: Iterable[Ticket]) -> list[Amount]:
    """Return the sum that is still to be paid for tickets, by currency."""
    return total(amount_of_ticket(ticket) for ticket in tickets if ticket.status == "unpaid")


def pay_until(event: Event, ticket: Ticket) -> datetime | None:
    """Return the moment until which an unpaid ticket holds its seat; None where it does until it is paid."""
    if ticket.status != "unpaid" or event.hold_minutes is None or event.pay_at == "door":
        return None
    return (ticket.held_from or ticket.created_at) + timedelta(minutes=event.hold_minutes)


def to_pay(tickets: Sequence[Ticket], event: Event, language: Language) -> str:
    """Payment due of a guest for tickets: sums, place, deadline; for paid ones, too, whose page hides it."""
    amounts = total(map(amount_of_ticket, tickets))
    until = min((each for ticket in tickets if (each := pay_until(event, ticket)) is not None), default=None)
    kind = "at-door" if event.pay_at == "door" else "until" if until else "before"
    where = event.pay_where or ("" if kind == "at-door" else language.say("unpaid-not-let-in"))
    known: dict[str, str | int] = {"where": where}
    if until:
        known |= {"until": moment(in_zone(until, ZoneInfo(event.timezone)), language), "count": len(tickets)}
    if amounts:
        amount = " + ".join(each.in_words(language) for each in amounts)
        return language.say(f"unpaid-{kind}", amount=amount, **known).strip()
    return language.say(f"unpaid-{kind}-unknown", **known).strip()


def how_to_pay(event: Event, language: Language) -> str:
    """Payment terms of an event's tickets, place and time, as a guest reads them before booking."""
    where = event.pay_where or ""
    if event.pay_at == "door":
        return language.say("pay-at-door", where=where).strip()
    where = where or language.say("pay-ask")
    if event.hold_minutes is None:
        return language.say("pay-before", where=where)
    return language.say("pay-within", time=duration(event.hold_minutes, language), where=where)
