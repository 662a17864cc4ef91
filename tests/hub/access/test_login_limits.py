"""Login limits: guessing is slow from anywhere, and locks no other out."""

import pytest

from hub.access.login_limits import LONGEST_WAIT_S, LoginLimits
from hub.errors import SlowDown
from hub.settings import Settings
from hub.vault import TokenPurpose, Vault


@pytest.fixture
def limits() -> LoginLimits:
    key = Vault("a secret of the tests, long enough").token_key(TokenPurpose.BROWSER)
    return LoginLimits(Settings(), key, lambda: 0.0)


def test_account_that_is_tried_from_everywhere_makes_strangers_wait_and_refuses_none(limits: LoginLimits) -> None:
    most = Settings().failed_logins_from_everywhere_per_min
    waits = [limits.begin("ada", f"192.0.2.{n}", "").wait_s for n in range(2 * most)]
    assert waits[:most] == [0.0] * most
    assert all(0 < wait <= LONGEST_WAIT_S for wait in waits[most:])
    assert limits.begin("grace", "192.0.2.1", "").wait_s == 0


def test_known_browser_never_waits_for_strangers_and_takes_nothing_from_them(limits: LoginLimits) -> None:
    proof = limits.new_proof("ada")
    for n in range(100):
        limits.begin("ada", f"192.0.2.{n}", "")
    for _ in range(Settings().failed_logins_per_account_per_min):
        assert limits.begin("ada", "192.0.2.1", proof).wait_s == 0
    with pytest.raises(SlowDown):
        limits.begin("ada", "192.0.2.1", proof)
    limits.begin("ada", "192.0.2.1", "")


def test_try_that_is_refused_counts_for_nothing(limits: LoginLimits) -> None:
    for n in range(Settings().failed_logins_per_address_per_min):
        limits.begin(f"user{n}", "192.0.2.1", "")
    with pytest.raises(SlowDown):
        limits.begin("ada", "192.0.2.1", "")
    assert not limits.from_everywhere.is_counted("ada")


@pytest.mark.parametrize("proof", ["", ".", "x", "x.y", "é.é", "x." + "0" * 64, "\ud800.\ud800"])
def test_made_up_proof_is_none(limits: LoginLimits, proof: str) -> None:
    limits.begin("ada", "192.0.2.1", proof)
    assert limits.of_account.is_counted("ada 192.0.2.1")


def test_proof_is_good_for_its_own_account_only(limits: LoginLimits) -> None:
    limits.begin("ada", "192.0.2.1", limits.new_proof("adam"))
    assert limits.of_account.is_counted("ada 192.0.2.1")
