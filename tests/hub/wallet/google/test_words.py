"""The languages of Google's passes: each text of ours in each language, and no English among the others."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from hub.language.catalogue import language
from hub.model.event import Contact
from hub.model.ticket import Seat
from hub.wallet.google.objects import event_class, ticket_object
from tests.builders import a_ticket, an_event
from tests.english import TRANSLATED, english_words_in

STARTS = datetime(2026, 12, 24, 19, 30, tzinfo=UTC)
EVENT = an_event(
    name="Kazoo",
    venue="Zorba",
    address="Quai Bleu",
    terms="Zorba",
    doors_open_min=60,
    contact=Contact(email="a@b.org", phone="12345", url="https://b.org"),
    starts_at=STARTS,
    ends_at=STARTS + timedelta(hours=5),
)
TICKET = a_ticket(name="Kazoo", product="Zorba", starts_at=STARTS, created_at=STARTS, seat=Seat(row="7", seat="12"))


def translated(part: Any, tag: str) -> Iterator[str]:
    """Yield the texts that a reader of the language is shown: those in it, of each localised string."""
    if isinstance(part, list):
        for each in part:
            yield from translated(each, tag)
    elif isinstance(part, dict) and "defaultValue" in part:
        values = [part["defaultValue"], *part.get("translatedValues", [])]
        by_tag = {each["language"]: each["value"] for each in values}
        yield by_tag.get(tag, part["defaultValue"]["value"])
    elif isinstance(part, dict):
        for each in part.values():
            yield from translated(each, tag)


@pytest.mark.parametrize("own", ["en", *TRANSLATED])
@pytest.mark.parametrize("tag", TRANSLATED)
def test_no_text_of_a_pass_is_english_for_a_reader_of_another_language(tag: str, own: str) -> None:
    theirs = language(own)
    objects = [
        event_class("1", "Zorba", EVENT, theirs, "https://b.org"),
        ticket_object("1", EVENT, TICKET, "code", STARTS, theirs),
    ]
    texts = list(translated(objects, tag))
    assert len(texts) >= 5
    assert english_words_in(tag, "\n".join(texts)) == set()
