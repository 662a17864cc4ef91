"""Rate limits of a hub of several workers: who guesses at each of them guesses no faster than at one."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from urllib.parse import urlencode

import pytest

from tests.end_to_end.site import USERNAME, Site
from tests.eventually import PATIENCE_S, until

A_MINUTE_S = 60.0
MOST = 6
TRIES = 40
NAMES = ("HUB_FAILED_PAIRINGS_PER_MIN", "HUB_BAD_KEYS_PER_MIN", "HUB_FAILED_LOGINS_PER_ACCOUNT_PER_MIN")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, site_database: dict[str, str]) -> Iterator[Site]:
    limits = dict.fromkeys([*NAMES, "HUB_UNKNOWN_BARCODES_PER_MIN", "HUB_MANUAL_CHECK_INS_PER_MIN"], str(MOST))
    site = Site(tmp_path_factory.mktemp("limits") / "data", HUB_PROCESSES="2", **limits, **site_database)
    yield site
    site.close()


def ask(site: Site, path: str, body: bytes | None = None, headers: Mapping[str, str] = MappingProxyType({})) -> int:
    """Ask on a connection of its own, which any worker may take; return the status."""
    request = urllib.request.Request(site.url + path, body, {"Accept": "application/json", **headers})
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        refused.close()
        return refused.code


def passed(guess: Callable[[int], int]) -> tuple[int, int]:
    """Guess; return how many were looked at, and how many may be in the time that it took."""
    began = time.monotonic()
    statuses = [guess(n) for n in range(TRIES)]
    return len([status for status in statuses if status != 429]), MOST + int(
        (time.monotonic() - began) / A_MINUTE_S * MOST
    )


@pytest.fixture(scope="module", autouse=True)
def keys(site: Site) -> Iterator[Mapping[str, str]]:
    """Headers of new phones, which have paired before anybody guesses: one for each test that takes one."""
    event = site.make_event()
    form = {"name": "Phone", "event": event["uuid"], "door": event["doors"][0]["id"]}
    made = [site.call("POST", "/api/devices", form) for _ in range(3)]
    paired = [site.call("GET", f"/scan/{each['pairing']['token']}/pair") for each in made]
    return iter([{"Authorization": f"Api-Key {each['api_key']}"} for each in paired])


def test_pairing_codes_are_guessed_no_faster_at_two_workers(site: Site) -> None:
    looked_at, most = passed(lambda n: ask(site, f"/scan/{'guess'}{n:019}/pair"))
    assert MOST <= looked_at <= most


def test_offers_of_pairing_codes_count_with_them(site: Site) -> None:
    passed(lambda n: ask(site, f"/scan/{'guess'}{n:019}/pair"))
    looked_at, most = passed(lambda n: ask(site, f"/scan/{'guess'}{n:019}/offer"))
    assert looked_at <= most - MOST + 1


def test_keys_are_guessed_no_faster_at_two_workers(site: Site) -> None:
    wrong = {"Authorization": f"Api-Key {'0' * 12}.{'x' * 43}"}
    looked_at, most = passed(lambda n: ask(site, "/api/events", headers=wrong))
    assert MOST <= looked_at <= most


def test_passwords_are_guessed_no_faster_at_two_workers(site: Site) -> None:
    def guess(n: int) -> int:
        return ask(
            site, "/login", urlencode({"username": USERNAME, "password": f"wrong {n}"}).encode(), {"Origin": site.url}
        )

    looked_at, most = passed(guess)
    assert MOST <= looked_at <= most


@pytest.mark.parametrize("path", ["/scan/ticket/", "/scan/check_ticket/"])
def test_barcodes_are_guessed_no_faster_at_two_workers(
    site: Site, keys: Iterator[Mapping[str, str]], path: str
) -> None:
    key = next(keys)
    looked_at, most = passed(lambda n: ask(site, path, json.dumps({"qrcode_data": f"4006381{n:06}"}).encode(), key))
    assert MOST <= looked_at <= most


def test_what_was_counted_outlives_the_workers(site: Site, keys: Iterator[Mapping[str, str]]) -> None:
    key = next(keys)
    guess = json.dumps({"qrcode_data": "4006381000000"}).encode()
    began = time.monotonic()
    passed(lambda n: ask(site, "/scan/ticket/", guess, key))
    served = site.serving()
    site.kill_workers()
    until(lambda: site.serving() >= served + 2 and site.is_ready(), "new workers serve")
    looked_at, _ = passed(lambda n: ask(site, "/scan/ticket/", guess, key))
    assert looked_at <= int((time.monotonic() - began) / A_MINUTE_S * MOST) + 1
