"""Wallet offer: stable sides, and waves that take no guest out."""

from collections import Counter
from uuid import uuid4

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.errors import NotAllowed, NotFound
from hub.model.event import WalletOffer
from hub.tickets.wallet_offer import check_offered, is_chosen, is_offered, percent_of, side_of
from tests.builders import a_ticket, an_event

IDS = st.uuids().map(str) | st.text(max_size=40)
PERCENTS = st.integers(0, 100)


@pytest.mark.parametrize(
    ("event", "reservation", "side"),
    [("e1", "r1", 40), ("e1", "r2", 49), ("e2", "r1", 43), ("", "", 15), ("é", "語", 77)],
)
def test_a_side_is_the_same_in_every_process_and_version(event: str, reservation: str, side: int) -> None:
    assert side_of(event, reservation) == side


@given(IDS, IDS, PERCENTS, PERCENTS, st.booleans())
def test_a_higher_percent_takes_nobody_out(event: str, reservation: str, one: int, other: int, invited: bool) -> None:
    low, high = (an_event(event, wallet="percent", wallet_percent=each) for each in sorted((one, other)))
    assert is_chosen(low, reservation, invited=invited) <= is_chosen(high, reservation, invited=invited)


@given(IDS, IDS)
def test_nobody_is_on_the_side_of_nothing_and_everybody_on_that_of_all(event: str, reservation: str) -> None:
    none, everybody = (an_event(event, wallet="percent", wallet_percent=each) for each in (0, 100))
    assert not is_chosen(none, reservation, invited=False)
    assert is_chosen(everybody, reservation, invited=False)


@given(IDS, IDS, st.sampled_from(["off", "invited", "percent", "on"]), PERCENTS, st.booleans())
def test_all_tickets_of_a_reservation_are_on_one_side_whatever_else_differs(
    event: str, reservation: str, wallet: WalletOffer, percent: int, invited: bool
) -> None:
    shown = an_event(event, wallet=wallet, wallet_percent=percent)
    one = a_ticket("t1", event=event, reservation=reservation, invited=invited)
    other = msgspec.structs.replace(one, id="t2", name="Bob", issue=3, status="blocked")
    assert is_offered(shown, one) == is_offered(shown, other)
    if wallet == "off":
        assert not is_offered(shown, one)
    if wallet == "on" or (invited and wallet != "off"):
        assert is_offered(shown, one)


def test_sides_are_even() -> None:
    counts = Counter(side_of("e1", str(uuid4())) for _ in range(50_000))
    assert set(counts) == set(range(100))
    assert all(350 < count < 650 for count in counts.values())


def test_two_events_choose_different_guests() -> None:
    ids = [str(uuid4()) for _ in range(2000)]
    both = sum(side_of("e1", each) < 50 and side_of("e2", each) < 50 for each in ids)
    assert 380 < both < 620


@pytest.mark.parametrize(
    ("wallet", "kept", "percent"), [("on", 0, 100), ("invited", 40, 0), ("percent", 40, 40), ("off", 40, 40)]
)
def test_the_share_is_what_the_offer_says(wallet: WalletOffer, kept: int, percent: int) -> None:
    assert percent_of(an_event(wallet=wallet, wallet_percent=kept)) == percent


def test_the_refusal_says_why() -> None:
    ticket = a_ticket()
    with pytest.raises(NotFound) as off:
        check_offered(an_event(wallet="off"), ticket)
    with pytest.raises(NotAllowed) as not_yet:
        check_offered(an_event(wallet="percent", wallet_percent=0), ticket)
    assert (off.value.code, not_yet.value.code) == ("wallet_off", "not_invited")
