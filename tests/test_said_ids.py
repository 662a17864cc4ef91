"""Ids that scripts say are found, and those that they build are held to the list beside the call."""

import pytest

from tests.said_ids import said_in


@pytest.mark.parametrize(
    ("script", "ids"),
    [
        ('say("a-b", { x: say("c") })', {"a-b", "c"}),
        ("say(isOut ? 'a' : late?.isOver ?? false ? \"b\" : `c`)", {"a", "b", "c"}),
        ('const text = say(\n  "a",\n  { n: 1 },\n);', {"a"}),
        ("// says: pay-{cash, card}, free\nsay(word)", {"pay-cash", "pay-card", "free"}),
        ("// says: reason-*\nreturn say(`reason-${code}`) || say('other');", {"reason-*", "other"}),
        ("export function say(id, values = {}) {}\nthis.say(x); essay(y);", set()),
    ],
)
def test_what_a_script_says_is_found(script: str, ids: set[str]) -> None:
    found = list(said_in(script))
    assert {each for said in found for each in said.ids} == ids
    assert not any(said.wrong for said in found)


@pytest.mark.parametrize(
    "script",
    [
        "say(word)",
        "say(`pay-${method}`)",
        "say(isFree ? 'free' : word)",
        "say(is ? `pay-${method}` : 'free')",
        "// says: pay-{cash, card}\n\n\n\n\nsay(`pay-${method}`)",
        "// says: take-{cash, card}\nsay(`pay-${method}`)",
    ],
)
def test_a_built_id_without_a_list_that_it_fits_is_wrong(script: str) -> None:
    assert [said.wrong for said in said_in(script) if said.wrong]
