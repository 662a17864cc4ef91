"""Time of a login that fails: one hash of the same cost, whoever it was tried for."""

from collections.abc import Iterator

import pytest
from argon2 import low_level
from argon2.low_level import Type

from hub.app import Hub
from hub.errors import NotAllowed
from tests.api import Api
from tests.handlers.account.people import make_user


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[int, ...]]]:
    """The cost of each hash that is computed: of a password that is checked, and of one that is only hashed."""
    costs: list[tuple[int, ...]] = []
    hash_secret, verify_secret = low_level.hash_secret, low_level.verify_secret

    def count_hash(secret: bytes, salt: bytes, *, type: Type, **cost: int) -> bytes:
        made: bytes = hash_secret(secret, salt, type=type, **cost)
        costs.append(cost_of(made))
        return made

    def count_check(stored: bytes, secret: bytes, type: Type) -> bool:
        costs.append(cost_of(stored))
        return verify_secret(stored, secret, type)

    monkeypatch.setattr("argon2._password_hasher.hash_secret", count_hash)
    monkeypatch.setattr("argon2._password_hasher.verify_secret", count_check)
    yield costs


def cost_of(made: bytes) -> tuple[int, ...]:
    """Return memory, time and lanes of a hash, by its text."""
    return tuple(int(part.partition(b"=")[2]) for part in made.split(b"$")[3].split(b","))


@pytest.mark.gen_test
async def test_a_login_that_fails_costs_the_same_for_a_user_that_there_is_and_one_that_there_is_not(
    api: Api, hub: Hub, hashed: list[tuple[int, ...]]
) -> None:
    await make_user(api, "grace", "viewer")
    tried = []
    for name in ("grace", "organiser", "no such user", ""):
        hashed.clear()
        with pytest.raises(NotAllowed):
            await hub.logins.check(name, "a wrong password")
        tried.append(list(hashed))
    assert len(tried[0]) == 1
    assert tried == [tried[0]] * len(tried)
