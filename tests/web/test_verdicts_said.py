"""Every verdict and refusal at the door in each language, as the hub answers it and as a phone decides it alone."""

from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pytest

from hub.door.rules import Ask
from hub.model.refusals import ERRORS, OUTCOMES, PASSED, VERDICTS
from tests.english import TRANSLATED, english_words_in
from tests.hub.door.test_rules import EVENT, NOW, STREAM, TICKET
from tests.web.node import asking, needs_node
from tests.web.test_rules import OF_ITS_EVENT, case_of

pytestmark = needs_node

Show = Callable[[dict[str, Any]], dict[str, Any]]
TICKET_OF_ANSWER = {
    "first_name": "Zorba",
    "last_name": None,
    "product": "Wuxi",
    "date": "2026-11-29",
    "time": "20:30",
    "scanned_at": "2026-11-28T19:14:00+00:00",
    "seat": {"block": "7", "row": "7", "seat": "7"},
    "language": "it",
}
DETAILS: list[dict[str, Any]] = [
    {},
    {"ticket": TICKET_OF_ANSWER, "scanned_at_door": "Kazoo", "scanned_by_name": "Palko", "doors": ["Kazoo"]}
    | {"zone": "Kazoo", "due": {"amount": "20.00", "currency": "EUR"}, "fits": 2, "admitted_count": 2},
    {"ticket": TICKET_OF_ANSWER | {"date": "2026-11-27"}, "reservation": {"tickets_count": 3}},
    {"ticket": TICKET_OF_ANSWER | {"date": "2026-11-28"}, "opens_at": "2026-11-28T21:00:00Z", "place": "Kazoo"},
    {"ticket": TICKET_OF_ANSWER | {"date": "2026-11-28"}, "opens_at": "2026-11-28T21:00:00Z"},
    {"ticket": TICKET_OF_ANSWER | {"date": "2026-11-28"}, "closes_at": "2026-11-28T20:00:00Z", "place": "Kazoo"},
    {"ticket": TICKET_OF_ANSWER | {"date": "2026-11-28"}, "closes_at": "2026-11-28T20:00:00Z"},
]
"""What the answers hold beside their code: nothing, or all that there is, for other days and closed doors, too."""
NAMED = [*(door.name for door in EVENT.doors), *(zone.name for zone in EVENT.zones)]
NAMES = ["Zorba", "Wuxi", "Kazoo", "Palko", *NAMED, *(product.name for product in EVENT.products)]


@pytest.fixture(params=TRANSLATED)
def reader(request: pytest.FixtureRequest) -> Iterator[tuple[str, Show]]:
    """A language, and a phone that shows verdicts in it."""
    with asking("verdicts_said.mjs", f"language={request.param}") as ask:
        yield request.param, lambda question: msgspec.json.decode(ask(question))


def english_of(tag: str, shown: dict[str, Any]) -> set[str]:
    text = " ".join(shown["texts"])
    for name in NAMES:
        text = text.replace(name, " ")
    return english_words_in(tag, text)


def test_every_answer_of_the_hub_is_said_without_an_english_word(reader: tuple[str, Show]) -> None:
    tag, show = reader
    said = set()
    for outcome in (*VERDICTS, *ERRORS):
        for details in DETAILS:
            body = {"success": outcome.is_passed, "code": outcome.code, "message": outcome.message, **details}
            if outcome.code == "confirm":
                body["message"] = "Zorba?"  # the organiser's own question
            shown = show({"answer": {"status": outcome.status, "body": body}})
            assert english_of(tag, shown) == set(), (outcome.code, shown)
            assert shown["why"] or outcome.is_passed, outcome.code
            said.add(shown["code"])
    assert said == OUTCOMES.keys()


def test_everything_a_phone_decides_alone_is_said_without_an_english_word(reader: tuple[str, Show]) -> None:
    tag, show = reader
    said = set()
    for _, case, code in OF_ITS_EVENT:
        door = next(each for each in EVENT.doors if each.id == case.get("door", "d1"))
        replaced = msgspec.structs.replace
        asked = replaced(Ask(at=NOW, device="b", door=door, events=frozenset({"e"})), **case.get("ask", {}))
        event, stream = replaced(EVENT, **case.get("event", {})), replaced(STREAM, **case.get("stream", {}))
        ticket = replaced(TICKET, **case.get("ticket", {}))
        shown = show({"alone": case_of(ticket, event, stream, asked, confirmed=True)})
        assert english_of(tag, shown) == set(), (code, shown)
        assert shown["code"] == code and (shown["why"] or code in PASSED), shown
        said.add(code)
    elsewhere = {"wrong_event", "invalid_code", "bad_signature", "unknown_ticket", "practice", "offline"}
    assert said == {each.code for each in VERDICTS} - elsewhere


@pytest.mark.parametrize("tag", TRANSLATED)
def test_one_english_word_is_found_in_each_language(tag: str) -> None:
    with asking("verdicts_said.mjs", f"language={tag}") as ask:
        shown = msgspec.json.decode(ask({"answer": {"status": 200, "body": {"code": "blocked"}}}))
    assert english_of(tag, shown) == set()
    assert english_of(tag, {"texts": [*shown["texts"], "refused"]}) == {"refused"}
