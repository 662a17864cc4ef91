"""Nonces of scans that brought none and were answered 503."""

import os
from pathlib import Path

import pytest

from hub.door.retry_nonces import KEPT_S, RetryNonces
from hub.errors import Unavailable

WHAT = ("device", "ticket", "in")


class Time:
    """Seconds, as a test wants them."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


def try_in_vain(nonces: RetryNonces, what: tuple[str, str, str] = WHAT) -> str:
    tried: list[str] = []
    with pytest.raises(Unavailable), nonces.nonce(what, None) as nonce:
        tried.append(nonce)
        raise Unavailable
    return tried[0]


def test_the_next_try_has_the_same_nonce_on_another_process_too(tmp_path: Path) -> None:
    first = try_in_vain(RetryNonces(tmp_path / "kept"))
    other = RetryNonces(tmp_path / "kept")
    assert try_in_vain(other) == first
    with other.nonce(WHAT, None) as second:
        assert second == first
    with other.nonce(WHAT, None) as after_an_answer:
        assert after_an_answer != first


def test_another_ticket_device_or_direction_has_its_own(tmp_path: Path) -> None:
    nonces = RetryNonces(tmp_path)
    first = try_in_vain(nonces)
    for what in (("device", "ticket", "out"), ("device", "other", "in"), ("other", "ticket", "in")):
        with nonces.nonce(what, None) as nonce:
            assert nonce != first


def test_it_is_forgotten_after_a_minute(tmp_path: Path) -> None:
    time = Time()
    nonces = RetryNonces(tmp_path, time)
    first = try_in_vain(nonces)
    time.now += KEPT_S
    assert try_in_vain(nonces, ("device", "other", "in")) != first
    assert len(os.listdir(tmp_path)) == 1, "old ones are cleared away"
    with nonces.nonce(WHAT, None) as later:
        assert later != first


def test_a_nonce_that_is_given_is_taken(tmp_path: Path) -> None:
    with RetryNonces(tmp_path).nonce(WHAT, "mine") as nonce:
        assert nonce == "mine"
