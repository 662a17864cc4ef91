"""Checks that a hub makes of itself: one run a minute however many ask, and a sentence for each result."""

import asyncio
import re
import socket
from pathlib import Path

import pytest
from msgspec.structs import replace

from hub import checks as parts
from hub.app import Hub
from hub.checks.recent import KEPT_S, RecentChecks
from hub.clock import SettableClock
from hub.language.catalogue import language, message_ids
from hub.settings import Settings
from hub.wallet.apple import certificates

CODES = re.compile(r'\b(?:(?:ok|warn|fail)\(\s*[\w" ]+,|CertificateError\()\s*"([a-z-]+)"')


def test_every_result_has_its_sentence_and_every_sentence_its_result() -> None:
    files = [*Path(str(parts.__file__)).parent.glob("*.py"), Path(certificates.__file__)]
    codes = {code for file in files for code in CODES.findall(file.read_text())}
    said = {each.removeprefix("check-") for each in message_ids("checks") if each.startswith("check-")}
    assert codes == said
    assert len(codes) > 40


@pytest.mark.gen_test
async def test_results_are_kept_for_a_minute_and_requests_at_once_share_a_run(
    settings: Settings, clock: SettableClock
) -> None:
    passed = [0.0]
    recent = RecentChecks(settings, clock, lambda: passed[0])
    first, second = await asyncio.gather(recent.get(), recent.get())
    assert first is second
    passed[0] = KEPT_S - 1
    assert await recent.get() is first
    passed[0] = KEPT_S
    assert await recent.get() is not first


@pytest.mark.gen_test
async def test_database_that_hangs_makes_its_own_check_late_and_no_other(
    settings: Settings, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hub.checks.checks.OWN_WITHIN_S", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:  # it takes connections, and answers nothing
        port = silent.getsockname()[1]
        hanging = replace(settings, mongodb_uri=f"mongodb://127.0.0.1:{port}/?replicaSet=x")
        checks = {each.name: each for each in (await RecentChecks(hanging, clock, lambda: 0.0).get()).checks}
    assert (checks["database"].level, checks["database"].code) == ("warn", "late")
    assert checks["disk"].code.startswith("disk-")


@pytest.mark.gen_test
async def test_page_says_in_every_language_what_the_terminal_says_in_english(hub: Hub) -> None:
    for check in (await hub.checks.get()).checks:
        assert language("en").say(f"check-{check.code}", **check.values) == check.text
        assert f"aspect-{check.name.replace(' ', '-')}" in message_ids("checks")
