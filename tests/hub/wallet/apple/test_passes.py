import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from hub.app import Hub
from hub.clock import SettableClock
from hub.settings import Settings
from hub.wallet.apple.passes import PassesUnavailable
from tests.hub.wallet.authority import PASS_TYPE, Authority, issue, make_authority


@asynccontextmanager
async def hub_with(settings: Settings, clock: SettableClock, named: dict[str, Any]) -> AsyncIterator[Hub]:
    """A hub whose wallet is started, and nothing else of it."""
    hub = Hub(msgspec.structs.replace(settings, **named), clock)
    hub.wallet.start()
    yield hub
    await hub.wallet.stop()
    await hub.store.close()


@pytest.mark.gen_test
async def test_a_good_certificate_is_ready_and_needs_no_word(
    settings: Settings, clock: SettableClock, authority: Authority, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    clock.set(authority.leaf.certificate.not_valid_after_utc - timedelta(days=40))
    async with hub_with(settings, clock, authority.files(tmp_path)) as hub:
        assert hub.wallet.status().state == "ready"
        assert hub.wallet.has_button
        assert not caplog.records


@pytest.mark.gen_test
async def test_a_certificate_that_ends_soon_is_told_in_the_log_and_still_used(
    settings: Settings, clock: SettableClock, authority: Authority, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    clock.set(authority.leaf.certificate.not_valid_after_utc - timedelta(days=20))
    async with hub_with(settings, clock, authority.files(tmp_path)) as hub:
        assert hub.wallet.status().state == "expiring"
        hub.wallet.measure(hub.metrics)
        ends_at = authority.leaf.certificate.not_valid_after_utc.timestamp()
        told = re.search(r'certificate_end.*{state="expiring"} (\S+)', hub.metrics.exposition().decode())
        assert told is not None and float(told[1]) == ends_at
        assert hub.wallet.credentials.pass_type
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert "expires on" in caplog.text


@pytest.mark.gen_test
async def test_a_certificate_that_ends_while_the_hub_runs_signs_no_more(
    settings: Settings, clock: SettableClock, authority: Authority, tmp_path: Path
) -> None:
    clock.set(authority.leaf.certificate.not_valid_after_utc - timedelta(seconds=1))
    async with hub_with(settings, clock, authority.files(tmp_path)) as hub:
        assert hub.wallet.credentials
        clock.advance(timedelta(seconds=1))
        with pytest.raises(PassesUnavailable):
            _ = hub.wallet.credentials
        assert not hub.wallet.has_button


@pytest.mark.gen_test
async def test_a_wrong_certificate_is_told_and_the_hub_starts_all_the_same(
    settings: Settings, clock: SettableClock, authority: Authority, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    named = authority.files(tmp_path) | {"wallet_key": tmp_path / "nowhere"}
    async with hub_with(settings, clock, named) as hub:
        assert hub.wallet.status().state == "unusable"
        hub.wallet.measure(hub.metrics)
        assert 'end_timestamp_seconds{state="unusable"} 0.0' in hub.metrics.exposition().decode()
        with pytest.raises(PassesUnavailable, match="cannot be made") as refused:
            _ = hub.wallet.credentials
        assert "nowhere" in refused.value.reason
    assert "HUB_WALLET_KEY" in caplog.text


@pytest.mark.gen_test
async def test_without_settings_nothing_is_said_and_nothing_made_before_it_is_needed(
    settings: Settings, clock: SettableClock, caplog: pytest.LogCaptureFixture
) -> None:
    async with hub_with(settings, clock, {}) as hub:
        assert hub.wallet.status().state == "development"
        assert not (settings.data / "wallet-development").exists()
        assert hub.wallet.credentials.is_development
        assert not hub.wallet.has_button
        assert not caplog.records


def renewed(authority: Authority) -> Authority:
    """The authority with another certificate for the same pass type."""
    return authority._replace(leaf=issue(f"Pass Type ID: {PASS_TYPE}", authority.wwdr))


@pytest.mark.gen_test
async def test_a_renewed_certificate_signs_without_a_restart_and_half_of_one_does_not(
    settings: Settings, clock: SettableClock, authority: Authority, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    new = renewed(authority)
    clock.set(authority.leaf.certificate.not_valid_after_utc - timedelta(days=20))
    async with hub_with(settings, clock, authority.files(tmp_path)) as hub:
        before = hub.wallet.credentials
        await hub.wallet.look()
        assert hub.wallet.credentials is before
        (tmp_path / "pass.pem").write_bytes(new.leaf.certificate.public_bytes(Encoding.PEM))
        await hub.wallet.look()
        assert hub.wallet.credentials is before and "cannot be used" in caplog.text
        new.files(tmp_path)
        await hub.wallet.look()
        assert hub.wallet.credentials.certificate == new.leaf.certificate
        assert hub.wallet.credentials.pass_type == before.pass_type


@pytest.mark.gen_test
async def test_the_metric_of_a_renewed_certificate_keeps_no_end_of_the_one_before(
    settings: Settings, clock: SettableClock, tmp_path: Path
) -> None:
    ends_soon = make_authority(clock.now() + timedelta(days=20))
    async with hub_with(settings, clock, ends_soon.files(tmp_path)) as hub:
        hub.wallet.measure(hub.metrics)
        assert hub.wallet.status().state == "expiring"
        new = renewed(ends_soon)
        new.files(tmp_path)
        await hub.wallet.look()
        ends = re.findall(r"wallet_certificate_end.*{state=.*} (\S+)", hub.metrics.exposition().decode())
        assert {float(each) for each in ends} == {new.leaf.certificate.not_valid_after_utc.timestamp()}
