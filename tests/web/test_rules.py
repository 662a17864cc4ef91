"""A phone that is alone decides as the hub would: held to the same table, and to tickets made at random."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.door.manifest_answer import manifest_head
from hub.door.manifest_tickets import TicketEncoder
from hub.door.response import question_of
from hub.door.rules import Ask, judge
from hub.door.ticket_state import difference, fold, rule_of, with_scan
from hub.model.event import Door, Event, Product
from hub.model.journal import Stream
from hub.model.ticket import Scan, Ticket
from tests.hub.door.test_rules import CASES, EVENT, NOW, STREAM, TICKET
from tests.web.node import asking, needs_node

pytestmark = needs_node

Phone = Callable[..., str]


@pytest.fixture(scope="module")
def phone() -> Iterator[Phone]:
    """A phone that holds a manifest of one ticket, as the hub writes it, and decides."""
    with asking("rules.mjs") as ask:
        yield lambda *case, confirmed=False: ask(case_of(*case, confirmed=confirmed))


def case_of(ticket: Ticket, event: Event, stream: Stream, ask: Ask, *, confirmed: bool) -> dict[str, Any]:
    asked = msgspec.to_builtins(ask) | {"door": ask.door.id if ask.door else None, "confirmed": confirmed}
    return {
        "ticket": TicketEncoder(event, b"", with_names=False).view(ticket),
        "rules": manifest_head(event, stream, b""),
        "counts": {"inside": stream.inside, "zones": stream.zones},
        "ask": {**asked, "overLimit": ask.over_limit},
    }


OF_ITS_EVENT = [case for case in CASES if case[2] != "wrong_event"]
"""A manifest holds tickets of its own event only: a code of another is told by its key."""


@pytest.mark.parametrize(("why", "case", "code"), OF_ITS_EVENT, ids=[why for why, _, _ in OF_ITS_EVENT])
def test_the_phone_decides_as_the_table_says(phone: Phone, why: str, case: dict[str, Any], code: str) -> None:
    door = next(d for d in EVENT.doors if d.id == case.get("door", "d1"))
    asked = Ask(at=NOW, device="b", door=door, events=frozenset({"e"}))
    ticket = msgspec.structs.replace(TICKET, **case.get("ticket", {}))
    event = msgspec.structs.replace(EVENT, **case.get("event", {}))
    stream = msgspec.structs.replace(STREAM, **case.get("stream", {}))
    ask = msgspec.structs.replace(asked, **case.get("ask", {}))
    assert phone(ticket, event, stream, ask) == code


# --- and whatever else may be ------------------------------------------------------------------------------------

NEAR = st.integers(-60 * 40, 60 * 10).map(lambda minutes: NOW + timedelta(minutes=minutes))
RULES = st.sampled_from(["single", "reentry", "multi:1", "multi:2", "daily"])
ZONES = st.sampled_from([None, "z1", "z2"])


def hub_says(ticket: Ticket, event: Event, stream: Stream, ask: Ask, *, confirmed: bool) -> str:
    """Return the code of the hub's verdict, or the question that it puts before somebody comes in from outside."""
    code = judge(ticket, event, stream, ask).code
    door = ask.door or Door(id="", name="")
    scan = Scan(at=ask.at, seq=99, direction=ask.direction, into=door.into, out_of=door.out_of)
    rule = rule_of(ticket, event)
    enters = difference(fold(ticket, rule), fold(with_scan(ticket, scan), rule)).get("inside", 0) > 0
    return (code == "admitted" and enters and not confirmed and question_of(ticket, event)) or code


def decided(scans: list[tuple[datetime, str, str | None, str | None]]) -> list[Scan]:
    return [
        Scan(at=at, seq=seq, direction="out" if way == "out" else "in", device="a", door="d1", into=into, out_of=out_of)
        for seq, (at, way, into, out_of) in enumerate(sorted(scans, key=lambda scan: scan[0]), 1)
    ]


PASSAGES = st.tuples(NEAR, st.sampled_from(["in", "in", "out"]), ZONES, ZONES)
DOORS = st.builds(
    Door,
    id=st.just("d1"),
    name=st.just("Door"),
    into=ZONES,
    out_of=ZONES,
    products=st.none() | st.lists(st.sampled_from(["Standard", "VIP"])),
    opens_at=st.none() | NEAR,
    closes_at=st.none() | NEAR,
)
CHANGES = st.fixed_dictionaries(
    {
        "status": st.sampled_from(["valid"] * 5 + ["unpaid", "canceled", "blocked"]),
        "expired": st.sampled_from([False] * 5 + [True]),
        "issue": st.sampled_from([1, 1, 1, 2]),
        "issued_at": st.none() | NEAR,
        "product": st.sampled_from([None, "Standard", "VIP"]),
        "scans": st.lists(PASSAGES, max_size=6).map(decided),
    }
)


@settings(max_examples=300, deadline=None)
@given(
    changes=CHANGES,
    door=DOORS,
    rules=st.tuples(RULES, st.none() | RULES),
    minutes=st.tuples(st.none() | st.integers(0, 60), st.none() | st.integers(0, 60)),
    most=st.none() | st.integers(1, 3),
    asked=st.tuples(
        NEAR, st.sampled_from(["in", "in", "out"]), st.booleans(), st.booleans(), st.sampled_from([1, None])
    ),
    inside=st.integers(0, 3),
    questions=st.tuples(st.none() | st.just("ID seen?"), st.none() | st.just("Of age?")),
    confirmed=st.sampled_from([False, False, True]),
)
def test_the_phone_and_the_hub_are_of_one_mind(
    phone: Phone,
    changes: dict[str, Any],
    door: Door,
    rules: tuple[str, str | None],
    minutes: tuple[int | None, int | None],
    most: int | None,
    asked: tuple[Any, ...],
    inside: int,
    questions: tuple[str | None, str | None],
    confirmed: bool,
) -> None:
    at, direction, force, over_limit, issue = asked
    ticket = msgspec.structs.replace(TICKET, **changes)
    event = msgspec.structs.replace(
        EVENT,
        reentry=rules[0],
        confirm=questions[0],
        products=[Product(name="VIP", reentry=rules[1], confirm=questions[1])],
        admit_before_min=minutes[0],
        admit_after_min=minutes[1],
        max_inside=most,
        doors=[door],
    )
    stream = msgspec.structs.replace(STREAM, inside=inside, zones={"z1": inside})
    ask = Ask(at=at, direction=direction, device="a", door=door, issue=issue, force=force, over_limit=over_limit)
    said = phone(ticket, event, stream, ask, confirmed=confirmed)
    assert said == hub_says(ticket, event, stream, ask, confirmed=confirmed)
