"""The table of journal kinds: complete, the only list, and the only kinds that can be written."""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.live.visibility import VIEWS
from hub.model.alert import Alert
from hub.model.command import NewEntry
from hub.model.journal import Entry
from hub.model.kinds import ALERT_KINDS, ENDS, KINDS, SCAN_KINDS, SCANNER_KINDS, TABLE, Kind, kind_named
from store.mongo.documents import from_bson

ROOT = Path(__file__).parents[3]
CODE = [file for folder in ("hub", "store", "jobs", "handlers") for file in sorted((ROOT / folder).rglob("*.py"))]
PREFIXES = sorted({kind.partition(".")[0] for kind in KINDS if "." in kind})
NO_KINDS = {"key.kid", "key.sealed", "relay.html", "reservation.html", "ticket.html"}
"""Two paths of a field and three templates, which look like kinds."""


@cache
def trees() -> dict[Path, ast.Module]:
    """Return the hub's code, read when it is asked for: all runs collect these tests, few run them."""
    return {file: ast.parse(file.read_text()) for file in CODE}


def texts(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def written_kinds(call: ast.Call) -> ast.expr | None:
    """Return what a call of `NewEntry` is given as its kind."""
    return next((keyword.value for keyword in call.keywords if keyword.arg == "kind"), None)


def calls_of(name: str) -> Iterator[tuple[Path, ast.Call]]:
    for file, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                yield file, node


def test_every_kind_has_its_row_and_every_row_its_kind() -> None:
    assert list(TABLE) == list(get_args(Kind))


def test_a_new_entry_takes_the_kinds_of_the_table_alone() -> None:
    assert get_type_hints(NewEntry)["kind"] == Kind


def test_no_entry_is_written_around_the_type() -> None:
    calls = list(calls_of("NewEntry"))
    assert len(calls) > 20
    for file, call in calls:
        kind = written_kinds(call)
        assert kind is not None, f"{file}:{call.lineno}: `kind` is not named"
        assert not isinstance(kind, ast.JoinedStr | ast.BinOp), f"{file}:{call.lineno}: a kind is put together"
        assert "ignore" not in file.read_text().splitlines()[call.lineno - 1], f"{file}:{call.lineno}"


def test_each_kind_of_the_table_is_written_somewhere() -> None:
    writers = [
        tree for tree in trees().values() if any(getattr(node, "id", "") == "NewEntry" for node in ast.walk(tree))
    ]
    written = {text for tree in writers for text in texts(tree)}
    raised = {*ENDS, *ENDS.values()}
    assert raised == ALERT_KINDS
    assert written | raised >= KINDS


def test_no_kind_is_awaited_that_the_table_has_not() -> None:
    looks_like = re.compile(rf"({'|'.join(PREFIXES)})\.[a-z_]+")
    named = {text for tree in trees().values() for text in texts(tree) if looks_like.fullmatch(text)}
    assert named - NO_KINDS <= KINDS
    assert NO_KINDS <= named, "these are no longer named: take them off the list"


def test_an_alert_ends_by_another_alert_kind_once() -> None:
    assert len(set(ENDS.values())) == len(ENDS)
    assert not set(ENDS) & set(ENDS.values())


@given(st.text())
def test_a_name_is_a_kind_of_the_table_or_no_kind(name: str) -> None:
    with pytest.raises(LookupError):
        kind_named(f"{name}?")
    for kind in KINDS:
        assert kind_named(kind) == kind


@given(st.text(min_size=1).filter(lambda kind: kind not in KINDS))
def test_an_entry_of_an_unknown_kind_is_read_and_shown_to_organisers_alone(kind: str) -> None:
    stored = {"event": "e1", "seq": 1, "kind": kind, "at": datetime(2026, 6, 1, tzinfo=UTC), "batch": "b"}
    entry = from_bson(stored, Entry)
    assert entry.kind == kind
    assert [view.sees(kind) for view in VIEWS] == [view.all_kinds for view in VIEWS]


def test_scanners_see_all_that_happens_to_tickets_and_no_business_of_the_hub() -> None:
    assert {kind for kind in KINDS if kind.startswith("ticket.")} < SCANNER_KINDS
    assert {TABLE[kind_named(kind)].group for kind in SCANNER_KINDS} == {
        *("door", "tickets", "event", "import", "alerts"),
    }


def test_an_alerts_id_tells_pages_which_entry_begins_it_and_which_ends_it() -> None:
    for kind, end in ENDS.items():
        name = Alert.name("g1", kind)
        assert (name.endswith(f"/{kind}"), name.endswith(f"/{end}")) == (True, False)


def test_the_dashboard_has_a_sentence_for_each_alert() -> None:
    script = (ROOT / "web" / "static" / "dashboard" / "alert_text.js").read_text()
    assert sorted(re.findall(r'case "([a-z._]+)":', script)) == sorted(ENDS)


def test_the_history_of_a_ticket_has_words_for_each_kind_of_its_entries() -> None:
    words = (ROOT / "web" / "locales" / "en" / "admin-history.ftl").read_text()
    said = set(re.findall(r"^history-([a-z]+-[a-z]+) =", words, re.MULTILINE))
    of_a_ticket = {kind for kind in KINDS if kind.startswith(("ticket.", "payment."))}
    # A refusal is said by its reason; a deleted ticket has no history.
    assert {kind.replace(".", "-") for kind in of_a_ticket - {"ticket.denied", "ticket.deleted"}} - said == set()


def test_pages_count_the_same_kinds_as_scans() -> None:
    script = (ROOT / "web" / "static" / "live" / "event_state.js").read_text()
    scans = re.search(r"SCANS = new Set\(\[([^\]]+)\]", script)
    assert scans is not None
    assert tuple(re.findall(r'"([^"]+)"', scans[1])) == SCAN_KINDS
