"""Rates of requests over the socket: storms get `slow_down` with a time to retry, usual traffic never does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.errors import SlowDown
from hub.live.rates import RequestRates
from hub.live_limits import LiveLimits
from hub.model.access import Principal
from tests.hub.live.small_hub import EVENT, FAST, GUEST, ORGANISER, OTHER, SCANNER, USER, SmallHub, settle

LIMITS = LiveLimits(subscribes_per_minute=6, checks_per_minute=4)
FEW = LiveLimits(tick_s=0.02, close_s=0.3, subscribes_per_minute=6, checks_per_minute=4)


class Time:
    """A clock of seconds that a test moves."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def taken(rates: RequestRates, verb: str, principal: Principal, sockets: int = 1, tries: int = 50) -> int:
    """Return how many of `tries` requests in turn over `sockets` sockets get through."""
    through = 0
    for number in range(tries):
        try:
            rates.take(verb, principal, str(number % sockets))
        except SlowDown as slow:
            assert 0 < slow.after_s <= 60
        else:
            through += 1
    return through


@pytest.mark.parametrize("principal", [SCANNER, GUEST])
def test_a_device_has_one_rate_whatever_sockets_it_opens(principal: Principal) -> None:
    assert taken(RequestRates(LIMITS, Time()), "subscribe", principal, sockets=10) == 6
    assert taken(RequestRates(LIMITS, Time()), "check", principal, sockets=10) == 4


@pytest.mark.parametrize("principal", [ORGANISER, USER])
def test_dashboards_that_share_a_key_have_a_rate_each(principal: Principal) -> None:
    assert taken(RequestRates(LIMITS, Time()), "subscribe", principal, sockets=5) == 30


def test_one_device_in_a_storm_takes_nothing_from_another() -> None:
    rates = RequestRates(LIMITS, Time())
    taken(rates, "check", SCANNER, tries=500)
    assert taken(rates, "check", Principal(kind="device", id="d7", name="", event=EVENT)) == 4


def test_scans_and_undos_have_no_rate() -> None:
    rates = RequestRates(LIMITS, Time())
    assert taken(rates, "scan", SCANNER, tries=1000) == taken(rates, "undo", SCANNER, tries=1000) == 1000


@given(st.lists(st.floats(0, 30), max_size=60))
def test_no_minute_ever_holds_more_than_twice_the_rate(pauses: list[float]) -> None:
    time = Time()
    rates = RequestRates(LIMITS, time)
    through: list[float] = []
    for pause in pauses:
        time.now += pause
        if taken(rates, "subscribe", SCANNER, tries=1):
            through.append(time.now)
    for begun in through:
        assert sum(begun <= at < begun + 60 for at in through) <= 12


@pytest.mark.parametrize("small_hub", [FEW], indirect=True)
@pytest.mark.gen_test
async def test_a_storm_of_subscribes_gets_a_reply_each_and_a_time_to_come_again(small_hub: SmallHub) -> None:
    client, other = small_hub.connect("scanner"), small_hub.connect("organiser")
    for number in range(1, 31):
        client.say("subscribe", id=number, event=EVENT)
    await client.until("error", 29)
    refused = [frame for frame in client.all("error") if frame["code"] == "slow_down"]
    assert len(refused) == 24
    assert all(frame["retry"] and 0 < frame["after"] <= 60 for frame in refused)
    await client.until("snapshot")  # the last that was let through goes on
    assert sorted(frame["id"] for frame in client.frames if "id" in frame) == list(range(1, 31))
    other.say("subscribe", id=1, event=EVENT)
    await other.until("snapshot")
    assert client.closed is None


@pytest.mark.parametrize("small_hub", [FEW], indirect=True)
@pytest.mark.gen_test
async def test_a_storm_of_checks_keeps_no_scan_from_its_place(small_hub: SmallHub) -> None:
    client = small_hub.connect("scanner")
    await client.until("welcome")
    for number in range(1, 101):
        client.say("check", id=number)
    await client.until("result", 4)
    await client.until("error", 96)
    client.say("scan", id=200)
    assert (await client.until("result", 5))["id"] == 200


@pytest.mark.gen_test
async def test_usual_use_is_never_slowed_down(small_hub: SmallHub) -> None:
    """A phone on a bad network: comes back and subscribes every three seconds, and checks a code each second."""
    limits = FAST
    assert limits.subscribes_per_minute >= 20 * 10 and limits.checks_per_minute >= 60 * 10
    client = small_hub.connect("organiser")
    for number in range(1, 17):
        client.say("subscribe", id=number, event=EVENT if number % 2 else OTHER)
    await settle()
    assert [frame["code"] for frame in client.all("error") if frame["code"] == "slow_down"] == []
