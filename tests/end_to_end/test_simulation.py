"""A small night played against real processes, once in peace and once while workers are killed."""

import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator

import pytest

from tests.api import ADMIN_KEY
from tests.end_to_end.site import ROOT, Site
from tests.eventually import PATIENCE_S, until
from tests.faults.processes import kill


@pytest.fixture(scope="module")
def pair_of_workers(tmp_path_factory: pytest.TempPathFactory, site_database: dict[str, str]) -> Iterator[Site]:
    """A hub that serves with two processes."""
    site = Site(tmp_path_factory.mktemp("night") / "data", HUB_PROCESSES="2", **site_database)
    yield site
    site.close()


def play(url: str, *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "run.py", "simulate", "--url", url, "--admin-key", ADMIN_KEY, *words]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def counted(site: Site, sample: str) -> float:
    """Return the sum of a metric's samples, as whichever worker is asked tells it."""
    request = urllib.request.Request(f"{site.url}/metrics", headers={"Authorization": f"Api-Key {ADMIN_KEY}"})
    with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
        lines = answer.read().decode().splitlines()
    return sum(float(line.rpartition(" ")[2]) for line in lines if line.startswith((f"{sample} ", f"{sample}{{")))


def verdicts(printed: str) -> int:
    """Return how many answers the doors got, as the table says."""
    return int(re.search(r"(\d+) verdicts", printed)[1])  # type: ignore[index]


def test_doors_journal_and_dashboard_agree(pair_of_workers: Site) -> None:
    with play(pair_of_workers.url, "--guests", "60", "--doors", "3", "--seconds", "1") as night:
        printed, _ = night.communicate(timeout=2 * PATIENCE_S)
    assert night.returncode == 0, printed
    assert "agree exactly" in printed
    assert re.search(rf"Watch: {re.escape(pair_of_workers.url)}/events/[0-9a-f-]{{36}}\n", printed)
    assert "wrong_door" in printed and "bad_signature" in printed and "p99" in printed
    assert counted(pair_of_workers, "scanhub_scans_total") >= verdicts(printed)


def test_they_agree_though_workers_are_killed_in_the_middle(pair_of_workers: Site) -> None:
    until(lambda: len(pair_of_workers.workers()) == 2, "both workers run")
    printed = ""
    with play(pair_of_workers.url, "--guests", "150", "--doors", "3", "--seconds", "0", "--seed", "2") as night:
        assert night.stdout is not None
        for line in night.stdout:
            printed += line
            if line.startswith(("[####..", "[####################..")):  # a tenth, and half of the scans
                kill(min(pair_of_workers.workers()))
    assert night.returncode == 0, printed
    assert "agree exactly" in printed
    until(lambda: counted(pair_of_workers, "scanhub_live_sockets") == 0, "no dead worker's sockets are counted")


def test_without_a_hub_it_says_so() -> None:
    with play("http://127.0.0.1:9", "--guests", "5") as night:
        printed, _ = night.communicate(timeout=2 * PATIENCE_S)
    assert night.returncode == 1
    assert "could not be played" in printed and "Traceback" not in printed
