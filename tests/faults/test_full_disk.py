"""A full disk under the hub's own folder: doors scan on, and each part that lacks its file says so in one line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hub.app import Hub
from hub.door.retry_nonces import RetryNonces
from hub.telemetry import files
from store.journal.host_lock import FairHostLock
from tests.api import Api
from tests.eventually import PATIENCE_S
from tests.faults.full_disk import full_disk
from tests.hub.door.test_retry_nonces import WHAT, try_in_vain


def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.msg["event"] for record in caplog.records if isinstance(record.msg, dict)]


@pytest.mark.gen_test
async def test_doors_of_an_event_that_was_never_scanned_before_scan_on(
    api: Api, hub: Hub, caplog: pytest.LogCaptureFixture
) -> None:
    event = await api.make_event()
    gate, tickets = await api.make_device(event), await api.book(event, 3)
    for lock in (hub.settings.data / "locks").rglob("*.turn"):
        lock.write_bytes(b"")
    caplog.clear()
    with full_disk():
        answers = [await gate.scan(ticket["code"]) for ticket in (*tickets, tickets[0])]
    assert [answer.body["code"] for answer in answers] == ["admitted"] * 3 + ["already_scanned"]
    assert said(caplog) == ["sessions of writers are not recorded"]


def test_nonces_of_unanswered_scans_are_known_to_this_process_until_they_can_be_written(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    nonces = RetryNonces(tmp_path)
    with full_disk():
        first = try_in_vain(nonces)
        assert try_in_vain(nonces) == first
        assert os.listdir(tmp_path) == [], "no half of a file is left"
        with nonces.nonce(WHAT, None) as again:
            assert again == first
        with nonces.nonce(WHAT, None) as after_an_answer:
            assert after_an_answer != first
        try_in_vain(nonces, ("device", "other", "in"))
    assert said(caplog) == ["nonces of unanswered scans cannot be written: other processes do not know them"]
    kept = try_in_vain(nonces)
    assert try_in_vain(RetryNonces(tmp_path)) == kept


@pytest.mark.parametrize("has_memory_files", [True, False], ids=["Linux", "macOS"])
def test_a_lock_without_a_file_is_held_and_let_go_all_the_same(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, has_memory_files: bool
) -> None:
    if not has_memory_files:
        monkeypatch.delattr(os, "memfd_create")
    (tmp_path / "file").write_text("no folder")
    lock = FairHostLock(tmp_path / "file" / "locks", "an event")
    with lock.held():
        lock.record_holder(b"s" * 16)
        assert lock.unfinished() == [b"s" * 16]
        lock.clear_holder()
    lock.close()
    assert said(caplog) == ["no lock between the processes of this host"] * 2, "its gate and its turn"


def test_workers_keep_no_metrics_in_files_that_would_end_them(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with full_disk():
        assert not files.has_room(tmp_path)
    assert said(caplog) == ["no room for metrics: a worker answers with its own alone"]
    assert files.has_room(tmp_path) and os.listdir(tmp_path) == []


COUNTS = """
from hub.telemetry.metrics import Metrics
from tests.faults.full_disk import full_disk
metrics = Metrics()
with full_disk():
    for route in range(100):
        metrics.requests(f"/a/route/of/the/hub/{route}", 200).observe(0.1)
    metrics.scans("admitted").inc()
print(metrics.exposition().count(b"scanhub_request_seconds_count"))
"""


def test_counts_have_their_room_from_the_start_and_are_added_up_over_processes(tmp_path: Path) -> None:
    environ = {**os.environ, files.FOLDER_VARIABLE: str(tmp_path)}
    ended = subprocess.run([sys.executable, "-c", COUNTS], env=environ, capture_output=True, timeout=PATIENCE_S)
    assert ended.stdout == b"100\n", ended.stderr
    sizes = {file.name.rpartition("_")[0]: file.stat().st_size for file in tmp_path.iterdir()}
    assert set(sizes) == set(files.FILES), "each file that the library makes is reserved"
