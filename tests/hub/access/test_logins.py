"""Logins: their hashes give way to the doors."""

import os
import threading

import pytest

from hub.access import logins
from hub.access.logins import NICENESS
from hub.app import Hub


def niceness(*_: object) -> int:
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())


@pytest.mark.gen_test
async def test_hashes_run_in_threads_that_give_way_to_the_loop(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logins, "password_fits", niceness)
    before = niceness()
    assert await hub.logins.fits(None, "any") == max(before, NICENESS)
    assert niceness() == before
