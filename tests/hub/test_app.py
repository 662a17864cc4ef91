"""The hub, begun and ended: what fails on the way leaves nothing open."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace

from handlers.server import serve_worker
from hub.app import Hub
from hub.clock import SettableClock
from hub.process.bootstrap import prepare
from hub.settings import Settings
from hub.tls import UnusableCertificate
from tests.ports import free_port

pytestmark = pytest.mark.gen_test


class Broken(Exception):
    """Error that a part of the hub raises here."""


async def break_down(*_: object) -> None:
    raise Broken


@contextmanager
def nothing_left_open() -> Iterator[None]:
    """Check that no task and no thread of a hub outlives the block."""
    tasks, threads = asyncio.all_tasks(), set(threading.enumerate())
    yield
    assert asyncio.all_tasks() == tasks
    for thread in set(threading.enumerate()) - threads:
        if thread.name.startswith(("pictures", "wallet", "pymongo")):
            thread.join(30)
            assert not thread.is_alive(), thread.name


PARTS = ["importer", "outbox", "live", "online", "tail", "last_seen", "wallet", "qr_images"]


@pytest.mark.parametrize("part", PARTS)
async def test_a_part_that_fails_to_stop_leaves_no_other_open(
    settings: Settings, clock: SettableClock, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await prepare(settings)
    with nothing_left_open():
        hub = Hub(settings, clock)
        stop = getattr(hub, part).stop

        async def stop_and_fail() -> None:
            await stop()
            raise Broken

        monkeypatch.setattr(getattr(hub, part), "stop", stop_and_fail)
        await hub.start()
        with pytest.raises(Broken):
            await hub.stop()


@pytest.mark.parametrize(("part", "method"), [("events", "all"), ("tail", "start")])
async def test_a_start_that_fails_half_way_closes_what_it_opened(
    settings: Settings, clock: SettableClock, part: str, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await prepare(settings)
    with nothing_left_open():
        hub = Hub(settings, clock)
        monkeypatch.setattr(getattr(hub, part), method, break_down)
        with pytest.raises(Broken):
            await hub.start()


async def test_the_database_is_let_go_of_although_the_journal_does_not_stop(
    settings: Settings, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with nothing_left_open():
        hub = Hub(settings, clock)
        await hub.store.ping()
        stop = hub.store.journal.stop

        async def stop_and_fail() -> None:
            await stop()
            raise Broken

        monkeypatch.setattr(hub.store.journal, "stop", stop_and_fail)
        with pytest.raises(Broken):
            await hub.store.close()


async def test_stopped_twice_a_hub_stays_stopped(settings: Settings, clock: SettableClock) -> None:
    await prepare(settings)
    with nothing_left_open():
        hub = Hub(settings, clock)
        await hub.start()
        await hub.stop()
        await hub.stop()


async def test_a_worker_whose_certificate_is_gone_closes_all_it_opened(settings: Settings, tmp_path: Path) -> None:
    await prepare(settings)
    nowhere = replace(settings, tls_cert=tmp_path / "no.pem", tls_key=tmp_path / "no.pem")
    with nothing_left_open(), pytest.raises(UnusableCertificate):
        await serve_worker(nowhere, asyncio.Event())


async def test_a_worker_that_is_stopped_closes_all_it_opened(settings: Settings) -> None:
    await prepare(settings)
    stop = asyncio.Event()
    stop.set()
    with nothing_left_open():
        await serve_worker(replace(settings, port=free_port()), stop)
