"""Report of benchmarks: what is met, what is written, and the picture of it."""

from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest

from bench.plots import draw, times_asked
from bench.report import ROWS, Machine, Results, Row, print_rows, read, write

HERE = Machine(processor="x", cores=2, memory_gib=4, system="Linux", python="3.11", load=[0.1, 0.2, 0.3])


@pytest.mark.parametrize(
    ("key", "value", "is_met", "times"),
    [
        ("scans.bare", 0.55, True, 1.0),
        ("scans.bare", 0.275, False, 2.0),
        ("growth.scan", 1.1, True, 1.0),
        ("growth.scan", 2.2, False, 2.0),
        ("scans.worker_us", 220.0, None, None),
        ("growth.scan", 0.0, True, None),
    ],
)
def test_a_row_is_met_by_what_is_asked_at_most_or_at_least(
    key: str, value: float, is_met: bool | None, times: float | None
) -> None:
    row = Row(key=key, value=value)
    assert (row.is_met, times_asked(row)) == (is_met, times)


def test_rows_are_kept_with_commit_and_machine_and_read_again(tmp_path: Path) -> None:
    rows = [Row(key="growth.scan", value=1.05, note="3 and 4 ms"), Row(key="growth.list", value=1.2)]
    write("growth", [Row(key="growth.scan", value=9.0)], tmp_path)
    write("growth", rows, tmp_path)
    kept = read(tmp_path)
    assert [*kept] == ["growth"] and kept["growth"].rows == rows
    assert kept["growth"].commit and kept["growth"].machine.cores > 0 and len(kept["growth"].machine.load) == 3
    assert "note" not in msgspec.json.decode((tmp_path / "growth.json").read_bytes())["rows"][1]


def test_the_table_has_the_rows_in_their_order_whatever_order_they_come_in(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows([Row(key="growth.scan", value=2.0), Row(key="scans.bare", value=0.6)])
    _, first, second = capsys.readouterr().out.splitlines()
    assert first.split("  ")[0] == ROWS["scans.bare"].what and first.endswith("met")
    assert second.startswith(ROWS["growth.scan"].what) and "NOT met" in second


def test_results_in_the_repository_are_of_rows_that_there_are() -> None:
    for name, results in read().items():
        assert {row.key for row in results.rows} <= ROWS.keys(), name
        assert results.rows and all(row.value > 0 for row in results.rows)


def test_the_picture_has_a_bar_for_each_row_that_something_is_asked_of() -> None:
    rows = [Row(key=key, value=1000.0) for key in ROWS]
    picture = ElementTree.fromstring(draw({"all": Results(commit="c", at="now", machine=HERE, rows=rows)}))
    bars = picture.findall(".//{http://www.w3.org/2000/svg}rect")
    asked = [each for each in ROWS.values() if each.most is not None or each.least is not None]
    assert len(bars) == len(asked)
    assert {each.get("class") for each in bars} == {"met", "missed"}
    assert all(float(each.get("x", "0")) + float(each.get("width", "0")) <= 960 for each in bars)
