"""Metrics of a worker that has no file descriptor free: it counts on, and is asked later for all numbers."""

import os
import subprocess
import sys
from pathlib import Path

from hub.telemetry import files
from tests.eventually import PATIENCE_S

COUNTS = """
from hub.errors import Unavailable
from hub.telemetry.metrics import Metrics
from tests.handlers.http.test_accept import no_descriptor_free
metrics = Metrics()
with no_descriptor_free():
    metrics.scans("already_scanned").inc()
    metrics.requests("/healthz", 200).observe(0.1)
    metrics.job_seconds("expiry").set(2)
    metrics.sockets.inc()
    try:
        metrics.exposition()
    except Unavailable:
        print("unavailable")
print(metrics.exposition().decode())
"""


def test_a_worker_without_a_free_descriptor_counts_on_and_is_asked_again_for_all_numbers(tmp_path: Path) -> None:
    environ = {**os.environ, files.FOLDER_VARIABLE: str(tmp_path)}
    ended = subprocess.run([sys.executable, "-c", COUNTS], env=environ, capture_output=True, timeout=PATIENCE_S)
    first, *lines = ended.stdout.decode().splitlines()
    assert first == "unavailable", ended.stderr
    counted = {line.partition("{pid=")[0] for line in lines if line.startswith("scanhub_") and "_bucket" not in line}
    assert 'scanhub_scans_total{code="already_scanned"} 1.0' in counted
    assert 'scanhub_request_seconds_count{route="/healthz",status="200"} 1.0' in counted
    assert 'scanhub_job_last_seconds{job="expiry"} 2.0' in counted
    assert not [line for line in lines if 'job=""' in line], "what was opened only is not shown"
