"""The table of outcomes at the door, and all that must agree with it: the rules, the phone's rules, texts, the docs."""

import re
from pathlib import Path
from typing import get_args

import pytest

from hub.model.base import TicketStatus
from hub.model.refusals import (
    ERRORS,
    FORCEABLE,
    OUTCOMES,
    PASSED,
    PRACTICE_LABELS,
    REASONS,
    REFUSED,
    STATUS_LABELS,
    VERDICTS,
    may_force,
)
from tests.hub.door.test_rules import CASES

ROOT = Path(__file__).parents[3]
SCANNER = ROOT / "web/static/scanner"
NO_REFUSAL = {"forced", "forced-for", "twice", "already_paid", "oversold"}
"""Reasons of verdicts.ftl that are no refusal: how somebody was let in, and paid, of a conflict too."""
NOT_OF_THE_RULES = {"practice", "offline", "invalid_code", "bad_signature", "unknown_ticket"}
"""Verdicts found by reading the code, or by a phone that is alone."""


def strings(text: str) -> set[str]:
    return set(re.findall(r'"([a-z_]+)"', text))


def source(path: str) -> str:
    return (SCANNER / path).read_text()


def test_each_code_stands_once() -> None:
    assert len(OUTCOMES) == len(VERDICTS) + len(ERRORS)


def test_the_rules_give_every_verdict_that_is_theirs() -> None:
    given = {code for _, _, code in CASES}
    assert given == {outcome.code for outcome in VERDICTS} - NOT_OF_THE_RULES


def test_the_scanner_forces_what_the_hub_lets_be_forced() -> None:
    [listed] = re.findall(r"FORCEABLE = new Set\(\[(.*?)\]\)", source("offline/rules.js"))
    assert strings(listed) == FORCEABLE


def test_the_scanners_rules_know_every_verdict_but_those_that_a_phone_cannot_find_out() -> None:
    decided = strings(" ".join(re.findall(r"verdict\(([^;{]*?)[,)]", source("offline/rules.js"))))
    read = set(re.findall(r'refusal: "([a-z_]+)"', source("offline/resolve.js")))
    alone = set(re.findall(r'return \{ code: "([a-z_]+)"', source("offline/event_data.js")))
    by_status = {*get_args(TicketStatus)} - {"valid"}  # `ofStatus` answers with the ticket's status itself
    assert decided | read | alone | by_status == set(PASSED | REFUSED.keys()) - {"unknown_ticket"}


def test_the_scanner_knows_the_same_practice_codes_in_the_same_order() -> None:
    [listed] = re.findall(r"SHOWS = \[(.*?)\]", source("practice.js"), re.DOTALL)
    assert re.findall(r'"([a-z_]+)"', listed) == list(PRACTICE_LABELS)


def test_scanners_and_dashboards_have_the_words_of_every_reason_and_no_other() -> None:
    words = dict(
        re.findall(r"^reason-([\w-]+) = (.*)$", (ROOT / "web/locales/en/verdicts.ftl").read_text(), re.MULTILINE)
    )
    assert {code: text for code, text in words.items() if code not in NO_REFUSAL} == REASONS
    assert NO_REFUSAL < words.keys()


def test_the_scanner_has_words_for_every_label_of_a_ticket() -> None:
    [listed] = re.findall(r"const STATES = \{(.*?)\}", source("guest_query.js"), re.DOTALL)
    labels = set(re.findall(r'^  "?([\w ]+)"?: "\w+",$', listed, re.MULTILINE))
    assert labels == {*STATUS_LABELS.values(), "Valid and scanned", "Valid and not scanned"}


def test_the_history_of_a_ticket_says_why_of_every_refusal_that_names_a_ticket() -> None:
    said = set(
        re.findall(r"^history-why-(\w+) =", (ROOT / "web/locales/en/admin-history.ftl").read_text(), re.MULTILINE)
    )
    assert REFUSED.keys() - said == {"invalid_code", "bad_signature", "unknown_ticket", "practice"}


def test_every_refusal_has_words() -> None:
    assert REFUSED.keys() <= REASONS.keys()


def test_the_page_of_the_scan_api_lists_every_outcome_with_its_status() -> None:
    page = (ROOT / "docs/scan-api.md").read_text()
    rows = re.findall(r"^\| .*? \| (\d{3}) \| (true|false) \| `(\w+)` \| ", page, re.MULTILINE)
    listed = {(int(status), success == "true", code) for status, success, code in rows}
    not_of_a_scan = {"not_last", "unknown_scan", "offline"}
    assert listed == {
        (each.status, each.is_passed, code) for code, each in OUTCOMES.items() if code not in not_of_a_scan
    }
    assert all(f"`{code}`" in page for code in not_of_a_scan)


@pytest.mark.parametrize("code", OUTCOMES)
def test_force_never_overrides_identity_or_what_the_organiser_decided(code: str) -> None:
    assert may_force(code, over_limit=False) == (code in FORCEABLE)
    assert may_force(code, over_limit=True) == (code in FORCEABLE | {"full"})
    assert not may_force(code, over_limit=True) or OUTCOMES[code].status == 200
