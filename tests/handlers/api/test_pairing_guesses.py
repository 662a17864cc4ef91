"""Guesses of pairing codes: counted for their address, over both paths together; doors scan on beside them."""

import pytest
from msgspec.structs import replace

from hub.app import Hub
from hub.rate_limit import RateLimiter
from tests.api import Api

FEW = 3
GUESSER = {"X_Forwarded_For": "192.0.2.66"}


@pytest.fixture
def few_guesses(hub: Hub) -> None:
    """A few guesses while no time passes; the hub is behind a proxy that tells addresses."""
    hub.settings = replace(hub.settings, trusted_proxies=("127.0.0.1",))
    hub.limits.failed_pairings = RateLimiter(FEW, lambda: 0.0)


@pytest.mark.gen_test
async def test_an_address_that_guesses_pairing_codes_is_slowed_down_alone(api: Api, few_guesses: None) -> None:
    event = await api.make_event()
    gate, [ticket] = await api.make_device(event), await api.book(event)
    place = {"event": event["uuid"], "door": event["doors"][0]["id"]}
    offered = (await api.admin.post("/api/devices", {"name": "Gate 2", **place})).body["pairing"]["token"]
    guesses = [f"/scan/guess{number}/{path}" for number, path in enumerate(("pair", "offer", "pair"))]
    assert len(guesses) == FEW
    for guess in guesses:
        assert (await api.get(guess, **GUESSER)).status in (400, 404)
    for path in ("pair", "offer"):
        refused = await api.get(f"/scan/{offered}/{path}", **GUESSER)
        assert (refused.status, refused.body["code"]) == (429, "slow_down"), "a good code is one more guess"
        assert int(refused.headers["Retry-After"]) > 0
    scanned = await gate.post("/scan/ticket/", {"qrcode_data": ticket["code"]}, **GUESSER)
    assert scanned.body["code"] == "admitted", "a door behind the same address"
    assert (await api.get(f"/scan/{offered}/pair", X_Forwarded_For="192.0.2.1")).status == 200
