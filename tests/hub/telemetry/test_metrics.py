"""Metrics: named by Prometheus' conventions, and added up rightly over workers that come and go."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from hub.telemetry import files
from hub.telemetry.metrics import Metrics
from hub.telemetry.process import ProcessMeter
from tests.eventually import PATIENCE_S
from tests.hub.telemetry.samples import Samples, samples, value

WORKER = """
import sys, time
from hub.telemetry.metrics import Metrics
from hub.telemetry.process import ProcessMeter

metrics = Metrics()
meter = ProcessMeter(metrics)
while time.process_time() < float(sys.argv[1]):
    pass
meter.measure()
print("measured", flush=True)
for line in sys.stdin:
    meter.measure()
    sys.stdout.buffer.write(metrics.exposition() + b"# over\\n")
    sys.stdout.flush()
"""
PROMTOOL = shutil.which("promtool")


class Worker:
    """A process that measures itself, and answers for all that share its folder."""

    def __init__(self, folder: Path, cpu_s: float = 0.0) -> None:
        environ = {**os.environ, files.FOLDER_VARIABLE: str(folder)}
        command = [sys.executable, "-c", WORKER, str(cpu_s)]
        self._folder = folder
        self._process = subprocess.Popen(command, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self._process.stdout is not None and self._process.stdin is not None
        self._stdin, self._stdout = self._process.stdin, self._process.stdout
        assert self._stdout.readline() == b"measured\n"

    def exposition(self) -> bytes:
        self._stdin.write(b"\n")
        self._stdin.flush()
        return b"".join(iter(self._stdout.readline, b"# over\n"))

    def end(self) -> None:
        self._process.communicate(timeout=PATIENCE_S)
        files.forget_process(self._folder, self._process.pid)


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> Metrics:
    monkeypatch.delenv(files.FOLDER_VARIABLE, raising=False)
    return Metrics()


def test_what_a_worker_spent_stays_counted_when_it_ends_and_its_memory_does_not(tmp_path: Path) -> None:
    files.empty(tmp_path)
    first, second = Worker(tmp_path, cpu_s=1.0), Worker(tmp_path)
    both = second.exposition()
    assert value(both, "process_cpu_seconds_total") > 1.0
    assert value(both, "scanhub_worker_starts_total") == 2
    first.end()
    left = second.exposition()
    assert value(left, "process_cpu_seconds_total") >= value(both, "process_cpu_seconds_total")
    assert value(left, "process_resident_memory_bytes") < value(both, "process_resident_memory_bytes")
    assert 0 < value(left, "process_open_fds") < value(both, "process_open_fds")
    assert value(left, "process_max_fds") * 2 == value(both, "process_max_fds")
    third = Worker(tmp_path)
    assert value(third.exposition(), "scanhub_worker_starts_total") == 3
    second.end()
    third.end()


def test_start_of_several_workers_is_that_of_the_oldest(tmp_path: Path) -> None:
    files.empty(tmp_path)
    first = Worker(tmp_path)
    began = value(first.exposition(), "process_start_time_seconds")
    second = Worker(tmp_path)
    assert value(second.exposition(), "process_start_time_seconds") == began
    first.end()
    assert value(second.exposition(), "process_start_time_seconds") > began
    second.end()


def test_a_process_alone_measures_itself(alone: Metrics) -> None:
    meter = ProcessMeter(alone)
    assert 1_000_000_000 < value(alone.exposition(), "process_start_time_seconds") < time.time() + 1
    before = value(alone.exposition(), "process_cpu_seconds_total")
    meter.measure()
    told = alone.exposition()
    spent = sum(os.times()[:2])
    assert 0 < before <= value(told, "process_cpu_seconds_total") <= spent + 0.1
    assert value(told, "process_resident_memory_bytes") > 1_000_000


def test_names_follow_the_conventions(alone: Metrics) -> None:
    families = list(text_string_to_metric_families(alone.exposition().decode()))
    assert families
    for family in families:
        assert family.name.startswith(("scanhub_", "process_")), family.name
        assert family.documentation, family.name
        if family.type == "histogram":
            assert family.name.endswith(("_seconds", "_commands")), "a histogram's name ends with its unit"


@pytest.mark.skipif(PROMTOOL is None, reason="needs promtool: apt-get install prometheus")
def test_promtool_finds_nothing_wrong_with_the_names(alone: Metrics) -> None:
    checked = subprocess.run([PROMTOOL or "", "check", "metrics"], input=alone.exposition(), capture_output=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_metrics_without_labels_are_there_before_anything_happened(alone: Metrics) -> None:
    found: Samples = samples(alone.exposition())
    for name in ("scanhub_journal_entries_total", "scanhub_journal_conflicts_total", "scanhub_live_lag_seconds"):
        assert found[name, ()] == 0
