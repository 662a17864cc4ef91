"""The rules and the dashboard of deploy/prometheus: promtool takes the rules, and all metrics that they name exist."""

import json
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from hub.model.outbox import Backlog
from hub.reports.gauges import database_gauges
from hub.telemetry.metrics import Metrics
from tests.end_to_end.site import ROOT

FOLDER = ROOT / "deploy" / "prometheus"
RULES, DASHBOARD = FOLDER / "alerts.yaml", FOLDER / "dashboard.json"
PROMTOOL = shutil.which("promtool")
SUFFIXES = re.compile(r"_(bucket|count|sum|total)$")


@pytest.mark.skipif(PROMTOOL is None, reason="needs promtool: apt-get install prometheus")
def test_promtool_takes_the_rules() -> None:
    checked = subprocess.run([PROMTOOL or "", "check", "rules", str(RULES)], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("file", [RULES, DASHBOARD], ids=lambda path: path.name)
def test_every_metric_that_is_named_exists(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PROMETHEUS_MULTIPROC_DIR", raising=False)
    exposed = Metrics().exposition() + database_gauges([], Backlog(), datetime.now(UTC))
    families = {family.name for family in text_string_to_metric_families(exposed.decode())}
    named = {SUFFIXES.sub("", name) for name in re.findall(r"\bscanhub_\w+", file.read_text())}
    assert named and named <= families


def test_dashboard_has_panels_that_do_not_overlap() -> None:
    panels = json.loads(DASHBOARD.read_text())["panels"]
    places = {(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in panels}
    assert len(places) == len(panels) == len({panel["id"] for panel in panels})
    assert all(target["expr"] for panel in panels for target in panel["targets"])
