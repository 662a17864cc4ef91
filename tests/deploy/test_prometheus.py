"""The rules and the dashboard of deploy/prometheus: promtool takes the rules, and all metrics that they name exist."""

import json
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from hub.model.outbox import Backlog
from hub.reports.gauges import database_gauges
from hub.telemetry.metrics import Metrics
from tests.end_to_end.site import ROOT

FOLDER = ROOT / "deploy" / "prometheus"
RULES, DASHBOARD = FOLDER / "alerts.yaml", FOLDER / "dashboard.json"
RULES_TEST = Path(__file__).with_name("alerts_test.yaml")
PROMTOOL = shutil.which("promtool")
SUFFIXES = re.compile(r"_(bucket|count|sum|total|created)$")


def exposed_families() -> set[str]:
    """Return the names of all metrics, without the suffixes of their samples."""
    exposed = Metrics().exposition() + database_gauges([], Backlog(), datetime.now(UTC))
    return {SUFFIXES.sub("", family.name) for family in text_string_to_metric_families(exposed.decode())}


@pytest.mark.skipif(PROMTOOL is None, reason="needs promtool: apt-get install prometheus")
def test_promtool_takes_the_rules() -> None:
    checked = subprocess.run([PROMTOOL or "", "check", "rules", str(RULES)], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.skipif(PROMTOOL is None, reason="needs promtool: apt-get install prometheus")
def test_rules_alarm_in_trouble_and_keep_silent_without_it_or_when_a_restart_sets_counters_back(tmp_path: Path) -> None:
    for file in (RULES, RULES_TEST):
        shutil.copy(file, tmp_path)
    command = [PROMTOOL or "", "test", "rules", RULES_TEST.name]
    tested = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert tested.returncode == 0, tested.stdout + tested.stderr


def test_each_rule_is_tried_with_trouble_and_without() -> None:
    (group,) = yaml.safe_load(RULES.read_text())["groups"]
    quiet, troubled = yaml.safe_load(RULES_TEST.read_text())["tests"]
    rules = {rule["alert"] for rule in group["rules"]}
    assert {each["alertname"] for each in quiet["alert_rule_test"] if not each["exp_alerts"]} == rules
    assert {each["alertname"] for each in troubled["alert_rule_test"] if each["exp_alerts"]} == rules


@pytest.mark.parametrize("file", [RULES, DASHBOARD], ids=lambda path: path.name)
def test_every_metric_that_is_named_exists(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PROMETHEUS_MULTIPROC_DIR", raising=False)
    families = exposed_families()
    named = {SUFFIXES.sub("", name) for name in re.findall(r"\b(?:scanhub|process)_\w+", file.read_text())}
    assert named and named <= families


def test_docs_name_every_metric_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PROMETHEUS_MULTIPROC_DIR", raising=False)
    page = (ROOT / "docs" / "operating.md").read_text()
    _, _, section = page.partition("\n## Metrics\n")
    named = re.findall(r"`((?:scanhub|process)_\w*[a-z])`", section.partition("\n## ")[0])
    assert {SUFFIXES.sub("", name) for name in named} == exposed_families()


def test_dashboard_has_panels_that_do_not_overlap() -> None:
    panels = json.loads(DASHBOARD.read_text())["panels"]
    places = {(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in panels}
    assert len(places) == len(panels) == len({panel["id"] for panel in panels})
    assert all(target["expr"] for panel in panels for target in panel["targets"])
