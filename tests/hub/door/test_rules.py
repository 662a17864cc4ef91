"""Admission rules: a table of cases, one for each reason, and the order in which reasons win."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from hub.door.rules import Ask, judge, status_label
from hub.door.ticket_state import State, fold, rule_of
from hub.model.event import Door, Product, Zone
from hub.model.ticket import Scan
from tests.builders import a_stream, a_ticket, an_event

NOW = datetime(2026, 12, 24, 19, 0, tzinfo=UTC)
EVENT = an_event(
    timezone="Europe/Paris",
    starts_at=NOW,
    ends_at=NOW + timedelta(hours=6),
    zones=[Zone(id="z1", name="Hall", max_inside=2)],
    doors=[
        Door(id="d1", name="North door"),
        Door(id="d2", name="Hall door", into="z1"),
        Door(id="d3", name="VIP door", products=["VIP"]),
        Door(id="d4", name="Late door", opens_at=NOW + timedelta(hours=1), closes_at=NOW + timedelta(hours=2)),
    ],
    products=[Product(name="Standard"), Product(name="VIP")],
)
TICKET = a_ticket(product="Standard", starts_at=NOW + timedelta(minutes=30), expires_at=NOW + timedelta(hours=8))
STREAM = a_stream()
ENTERED = [Scan(at=NOW - timedelta(minutes=5), seq=1, device="a", door="d1")]
LEFT = [*ENTERED, Scan(at=NOW - timedelta(minutes=1), seq=2, device="a", door="d1", direction="out")]
REISSUED_INSIDE = {"ticket": {"issue": 2, "issued_at": NOW - timedelta(minutes=2), "scans": ENTERED}}
REISSUED_OUTSIDE = {"ticket": {"issue": 2, "issued_at": NOW}}
CAME_IN_ANEW = {"ticket": {"issue": 2, "issued_at": NOW - timedelta(minutes=9), "scans": ENTERED}}


def verdict(
    *,
    ticket: dict[str, Any] | None = None,
    event: dict[str, Any] | None = None,
    ask: dict[str, Any] | None = None,
    stream: dict[str, Any] | None = None,
    door: str = "d1",
) -> Any:
    """Judge with changes to the usual case, in which everything is fine."""
    asked = Ask(at=NOW, device="b", door=next(d for d in EVENT.doors if d.id == door), events=frozenset({EVENT.id}))
    return judge(
        msgspec.structs.replace(TICKET, **(ticket or {})),
        msgspec.structs.replace(EVENT, **(event or {})),
        msgspec.structs.replace(STREAM, **(stream or {})),
        msgspec.structs.replace(asked, **(ask or {})),
    )


CASES: list[tuple[str, dict[str, Any], str]] = [
    ("all is fine", {}, "admitted"),
    ("it was cancelled", {"ticket": {"status": "canceled"}}, "canceled"),
    ("it was not paid", {"ticket": {"status": "unpaid"}}, "unpaid"),
    ("the organiser blocked it", {"ticket": {"status": "blocked"}}, "blocked"),
    ("the clock marked it expired", {"ticket": {"expired": True}}, "expired"),
    ("it is due to expire", {"ticket": {"expires_at": NOW}}, "expired"),
    ("another event is named", {"ask": {"events": frozenset({"x"})}}, "wrong_event"),
    ("one of two named events is another", {"ask": {"events": frozenset({EVENT.id, "x"})}}, "wrong_event"),
    ("no event is named", {"ask": {"events": frozenset()}}, "admitted"),
    ("the code is of an old issue", {"ticket": {"issue": 2}}, "replaced"),
    ("in again with the code of before", REISSUED_INSIDE, "replaced"),
    ("out with the code that they came in by", {**REISSUED_INSIDE, "ask": {"direction": "out"}}, "exited"),
    ("out with an old code, in by the new one", {**CAME_IN_ANEW, "ask": {"direction": "out"}}, "replaced"),
    ("out with an old code, outside", {**REISSUED_OUTSIDE, "ask": {"direction": "out"}}, "replaced"),
    ("the code does not tell its issue", {"ticket": {"issue": 2}, "ask": {"issue": None}}, "admitted"),
    ("admission begins in ten minutes", {"event": {"admit_before_min": 20}}, "too_early"),
    ("admission begins just now", {"event": {"admit_before_min": 30}}, "admitted"),
    ("admission ended", {"event": {"admit_after_min": 0}, "ask": {"at": NOW + timedelta(minutes=31)}}, "too_late"),
    ("the door is not open yet", {"door": "d4"}, "too_early"),
    ("the door is open", {"door": "d4", "ask": {"at": NOW + timedelta(minutes=90)}}, "admitted"),
    ("the door has closed", {"door": "d4", "ask": {"at": NOW + timedelta(hours=2)}}, "too_late"),
    ("the door takes another product", {"door": "d3"}, "wrong_door"),
    ("the door takes this product", {"door": "d3", "ticket": {"product": "VIP"}}, "admitted"),
    ("it was let in before", {"ticket": {"scans": ENTERED}}, "already_scanned"),
    ("it came and left, entry is single", {"ticket": {"scans": LEFT}}, "already_scanned"),
    ("it came and left, re-entry is allowed", {"ticket": {"scans": LEFT}, "event": {"reentry": "reentry"}}, "admitted"),
    ("inside, re-entry allowed", {"ticket": {"scans": ENTERED}, "event": {"reentry": "reentry"}}, "already_scanned"),
    ("one of three entries is left", {"ticket": {"scans": ENTERED * 2}, "event": {"reentry": "multi:3"}}, "admitted"),
    ("no entry is left", {"ticket": {"scans": ENTERED * 3}, "event": {"reentry": "multi:3"}}, "already_scanned"),
    ("it came today", {"ticket": {"scans": LEFT}, "event": {"reentry": "daily"}}, "already_scanned"),
    ("its product has a rule of its own", {
        "ticket": {"scans": LEFT}, "event": {"products": [Product(name="Standard", reentry="reentry")]}
    }, "admitted"),
    ("the house is full", {"event": {"max_inside": 5}, "stream": {"inside": 5}}, "full"),
    ("one place is left", {"event": {"max_inside": 5}, "stream": {"inside": 4}}, "admitted"),
    ("the zone is full", {"door": "d2", "stream": {"zones": {"z1": 2}}}, "full"),
    ("somebody in the house moves to the zone", {"door": "d2", "ticket": {"scans": ENTERED}}, "admitted"),
    ("the full house does not stop a move", {
        "door": "d2", "ticket": {"scans": ENTERED}, "event": {"max_inside": 1}, "stream": {"inside": 1}
    }, "admitted"),
    ("somebody leaves who is inside", {"ticket": {"scans": ENTERED}, "ask": {"direction": "out"}}, "exited"),
    ("somebody leaves who is not inside", {"ask": {"direction": "out"}}, "not_inside"),
    ("a cancelled one may leave", {
        "ticket": {"scans": ENTERED, "status": "canceled"}, "ask": {"direction": "out"}
    }, "exited"),
    ("an expired one may leave by a closed door of another product", {
        "ticket": {"scans": ENTERED, "expired": True}, "ask": {"direction": "out"}, "door": "d4"
    }, "exited"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "case", "code"), CASES, ids=[why for why, _, _ in CASES])
def test_the_door_decides(why: str, case: dict[str, Any], code: str) -> None:
    assert verdict(**case).code == code


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("wrong_event", {"ask": {"events": frozenset({"x"})}}),
    ("replaced", {"ticket": {"issue": 2}}),
    ("canceled", {"ticket": {"status": "canceled"}}),
    ("expired", {"ticket": {"expired": True}}),
    ("too_early", {"event": {"admit_before_min": 1}}),
    ("wrong_door", {"ticket": {"product": None}}),
    ("already_scanned", {"ticket": {"scans": ENTERED}}),
    ("full", {"event": {"max_inside": 1}, "stream": {"inside": 1}}),
]


@pytest.mark.parametrize("first", range(len(WRONG)), ids=[code for code, _ in WRONG])
def test_where_several_things_are_wrong_the_first_in_the_contracts_order_is_the_answer(first: int) -> None:
    everything: dict[str, Any] = {"door": "d3"}
    for _, case in WRONG[first:]:
        for part, change in case.items():
            everything[part] = {**everything.get(part, {}), **change}
    expected = WRONG[first][0]
    if expected in ("already_scanned", "full"):
        everything["door"] = "d1"
    assert verdict(**everything).code == expected


FORCED = {"unpaid", "too_early", "too_late", "wrong_door", "already_scanned"}


@pytest.mark.parametrize(("why", "case", "code"), CASES, ids=[why for why, _, _ in CASES])
def test_force_overrides_only_what_may_be_overridden(why: str, case: dict[str, Any], code: str) -> None:
    forced = verdict(**{**case, "ask": {**case.get("ask", {}), "force": True}}).code
    assert forced == ("admitted" if code in FORCED else code)
    strong = verdict(**{**case, "ask": {**case.get("ask", {}), "force": True, "over_limit": True}}).code
    assert strong == ("admitted" if code in FORCED | {"full"} else code)


@pytest.mark.parametrize(
    ("ticket", "label"),
    [
        ({}, "Valid and not scanned"),
        ({"scans": ENTERED}, "Valid and scanned"),
        ({"status": "unpaid"}, "Not paid"),
        ({"status": "canceled", "scans": ENTERED}, "Canceled"),
        ({"status": "blocked"}, "Blocked"),
        ({"expired": True}, "Expired"),
    ],
)
def test_the_label_is_the_one_that_tibillets_phone_knows(ticket: dict[str, Any], label: str) -> None:
    held = msgspec.structs.replace(TICKET, **ticket)
    state: State = fold(held, rule_of(held, EVENT))
    assert status_label(held, state, NOW) == label
