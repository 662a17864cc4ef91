"""Logins: their hashes give way to the doors, and strangers to those who are known."""

import asyncio
import os
import threading

import pytest

from hub.access import logins
from hub.access.logins import HASHES_AT_ONCE, MOST_HASHES, MOST_HASHES_OF_STRANGERS, NICENESS
from hub.app import Hub
from hub.errors import NotAllowed, SlowDown, Unavailable
from hub.model.access import User
from tests.api import Api
from tests.eventually import PATIENCE_S, eventually
from tests.handlers.account.people import log_in_status, make_user
from tests.handlers.credentials import PASSWORD


def niceness(*_: object) -> int:
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())


@pytest.mark.gen_test
async def test_hashes_run_in_threads_that_give_way_to_the_loop(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logins, "password_fits", niceness)
    before = niceness()
    assert await hub.logins.fits(None, "any") == max(before, NICENESS)
    assert niceness() == before


class HeldHashes:
    """Hashes that end when the test lets them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.may_end = threading.Event()
        self.begun = 0
        monkeypatch.setattr(logins, "password_fits", self._hash)

    def _hash(self, *_: object) -> bool:
        self.begun += 1
        return self.may_end.wait(PATIENCE_S)


@pytest.mark.gen_test
async def test_a_flood_of_guesses_is_refused_beyond_a_queue_and_served_again_after_it(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = HeldHashes(monkeypatch)
    waiting = [asyncio.create_task(hub.logins.fits(None, "guess")) for _ in range(MOST_HASHES)]
    await asyncio.sleep(0)
    with pytest.raises(SlowDown):
        await hub.logins.fits(None, "one too many")
    waiting[0].cancel()
    with pytest.raises(SlowDown):
        await hub.logins.fits(None, "the hash of who went is still under way")
    held.may_end.set()
    await asyncio.gather(*waiting, return_exceptions=True)
    await eventually(lambda: not hub.logins.hashes)
    assert await hub.logins.fits(None, "later")


@pytest.mark.gen_test
async def test_guesses_leave_room_for_browsers_that_have_logged_in_before(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = HeldHashes(monkeypatch)
    strangers = [asyncio.create_task(hub.logins.check("a", "guess")) for _ in range(MOST_HASHES_OF_STRANGERS)]
    await eventually(lambda: hub.logins.hashes == MOST_HASHES_OF_STRANGERS)
    with pytest.raises(SlowDown):
        await hub.logins.check("a", "one too many")
    known = asyncio.create_task(hub.logins.check("a", "guess", is_known=True))
    await eventually(lambda: hub.logins.hashes == MOST_HASHES_OF_STRANGERS + 1)
    held.may_end.set()
    results = await asyncio.gather(known, *strangers, return_exceptions=True)
    assert {type(each) for each in results} == {NotAllowed}


@pytest.mark.gen_test
async def test_a_try_whose_password_was_not_looked_at_is_not_counted(
    hub: Hub, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    await make_user(api, "patient")

    async def busy(*_: object, **__: object) -> User:
        raise SlowDown("Too many requests: try again later", after_s=1.0)

    with monkeypatch.context() as patched:
        patched.setattr(hub.logins, "check", busy)
        for _ in range(hub.settings.failed_logins_per_account_per_min + 1):
            assert await log_in_status(api, "patient", PASSWORD) == 429
    assert await log_in_status(api, "patient", PASSWORD) == 303


@pytest.mark.gen_test
async def test_a_stop_answers_the_hashes_that_wait_and_takes_no_more(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    held = HeldHashes(monkeypatch)
    waiting = [asyncio.create_task(hub.logins.fits(None, "guess")) for _ in range(HASHES_AT_ONCE + 3)]
    await eventually(lambda: held.begun == HASHES_AT_ONCE)
    hub.logins.close()
    ended = await asyncio.gather(*waiting[HASHES_AT_ONCE:], return_exceptions=True)
    assert [type(each) for each in ended] == [Unavailable] * 3
    with pytest.raises(Unavailable):
        await hub.logins.fits(None, "later")
    held.may_end.set()
    assert all(await asyncio.gather(*waiting[:HASHES_AT_ONCE]))
