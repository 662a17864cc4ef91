"""Rate limits of logins: guessing passwords is slow, and no stranger locks a user out.

Tries are counted for an account and an address together. A browser that has logged in to the account before carries
the proof of it, and counts for itself alone: strangers who share its address take nothing from it. Where an account is
tried from many addresses at once, no try is refused for that, but browsers that it does not know wait.
(Source: OWASP, Slow Down Online Guessing Attacks with Device Cookies.)
"""

from collections.abc import Callable, Sequence

from hub.errors import SlowDown
from hub.rate_limit import Buckets, RateLimiter
from hub.secrets import is_same, new_token
from hub.settings import Settings
from hub.vault import TokenKey

LONGEST_WAIT_S = 5.0


class Try:
    """Login attempt: counted as failed until that is taken back; its password is looked at after `wait_s` seconds.

    `is_known`: it comes from a browser that has logged in to the account before.
    """

    def __init__(self) -> None:
        self.wait_s = 0.0
        self.is_known = False
        self._counted: list[tuple[RateLimiter, str]] = []

    def count(self, limiter: RateLimiter, who: str) -> None:
        """Count it against `who`."""
        limiter.count(who)
        self._counted.append((limiter, who))

    def take_back(self) -> None:
        """Take the count back: one with the right password is no failure, and one that was not looked at neither."""
        for limiter, who in self._counted:
            limiter.give_back(who)


class LoginLimits:
    """Rate limiter of logins, and signer of the proofs that browsers keep, under `key`."""

    def __init__(
        self, settings: Settings, key: TokenKey, monotonic: Callable[[], float], buckets: Buckets | None = None
    ) -> None:
        def limiter(name: str, most: int) -> RateLimiter:
            return RateLimiter(most, monotonic, buckets=buckets, name=f"login {name}")

        self.of_address = limiter("address", settings.failed_logins_per_address_per_min)
        self.of_account = limiter("account", settings.failed_logins_per_account_per_min)
        self.from_everywhere = limiter("everywhere", settings.failed_logins_from_everywhere_per_min)
        self._key = key

    def begin(self, account: str, address: str, proof: str) -> Try:
        """Count a try before it is made, so that many at once are as limited as one by one. Raises `SlowDown`.

        `proof` is what the browser keeps from its last login, empty where it keeps none.
        """
        if self._is_known(account, proof):
            tried = _counted([(self.of_account, f"{account} {proof}")])
            tried.is_known = True
            return tried
        tried = _counted([(self.of_address, address), (self.of_account, f"{account} {address}")])
        return self._slowed(tried, account)

    def new_proof(self, account: str) -> str:
        """Return the proof that a browser which has logged in to `account` shows next time."""
        name = new_token()
        return f"{name}.{self._key.sign(_proof_of(account, name)).hex()}"

    def _slowed(self, tried: Try, account: str) -> Try:
        """Have the try wait where the account is tried from everywhere."""
        try:
            self.from_everywhere.check(account)
        except SlowDown as slow:
            tried.wait_s = min(slow.after_s, LONGEST_WAIT_S)
        tried.count(self.from_everywhere, account)
        return tried

    def _is_known(self, account: str, proof: str) -> bool:
        name, _, signature = proof.partition(".")
        good = self._key.signatures(_proof_of(account, name))
        return any(is_same(signature, each.hex()) for each in good)


def _proof_of(account: str, name: str) -> bytes:
    return f"{name} {account}".encode("utf-8", "backslashreplace")


def _counted(limits: Sequence[tuple[RateLimiter, str]]) -> Try:
    """Count a try against each, or none of them. Raises `SlowDown` where one has nothing left."""
    for limiter, who in limits:
        limiter.check(who)
    tried = Try()
    for limiter, who in limits:
        tried.count(limiter, who)
    return tried
