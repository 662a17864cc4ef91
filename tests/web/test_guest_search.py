"""A phone that is alone finds the same guests by names and answers as the hub does."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hub.formats.name_search import answer_words, words_of
from hub.formats.phone import phone_words, typed_phone
from tests.web.node import asking, needs_node

pytestmark = needs_node

Finds = Callable[[dict[str, Any], str], bool]
TEXT = st.text("aeoAEOéÉøØłßẞæŒİςΣñ'- ,/1\u200c\u200d\u00adكتшй李", min_size=1, max_size=12)


@pytest.fixture(scope="module")
def finds() -> Iterator[Finds]:
    """Whether a phone finds a guest by a text."""
    with asking("guest_search.mjs") as ask:
        yield lambda guest, text: json.loads(ask({"guest": guest, "text": text})) is True


def begins(typed: str, words: list[str]) -> bool:
    """Whether the hub's search would find these words."""
    asked = words_of(typed)
    return bool(asked) and all(any(word.startswith(each) for word in words) for each in asked)


@settings(max_examples=400, deadline=None)
@given(name=TEXT, typed=TEXT)
@example(name="Søren Groß", typed="soren gross")
@example(name="كت\u200cبي", typed="كتبي")
@example(name="O'Brien-Łukasz", typed="luk bri")
def test_a_name_is_found_by_the_same_texts_on_the_phone_and_in_the_hub(finds: Finds, name: str, typed: str) -> None:
    assert finds({"first_name": name, "last_name": ""}, typed) == begins(typed, words_of(name))


@settings(max_examples=300, deadline=None)
@given(answers=st.lists(TEXT, min_size=1, max_size=3), typed=TEXT)
@example(answers=["Végétarien 🥕", "M"], typed="vegetar m")
@example(answers=["vegan"], typed="gan")
def test_answers_are_found_by_the_same_texts_on_the_phone_and_in_the_hub(
    finds: Finds, answers: list[str], typed: str
) -> None:
    fields = {str(n): answer for n, answer in enumerate(answers)}
    assert finds({"fields": fields}, typed) == begins(typed, answer_words(answers))


WRITINGS = [
    "+33 6 12 34 56 78",
    "+33 (0)6 12-34.56/78",
    "0033612345678",
    "33612345678",
    "06 12 34 56 78",
    "06.12.34.56.78",
    "tel:+33612345678",
    "\uff0b33\u20116\u201112\u201134\u201156\u201178",
]


@pytest.fixture(scope="module")
def looked_for() -> Iterator[Callable[[str], str | None]]:
    """The digits or the address by which a phone that is alone looks for a guest."""
    with asking("guest_search.mjs") as ask:
        yield lambda text: json.loads(ask({"text": text}))


@pytest.mark.parametrize("text", WRITINGS)
@pytest.mark.parametrize("booked", ["+33 6 12 34 56 78", "06 12 34 56 78", "0033 612345678"])
def test_a_phone_number_is_found_by_any_writing_on_the_phone_and_in_the_hub(
    looked_for: Callable[[str], str | None], text: str, booked: str
) -> None:
    words = phone_words(booked, "FR")
    assert typed_phone(text) in words
    assert looked_for(text) in words


@settings(max_examples=200, deadline=None)
@given(text=st.text("0123456789 -./()", min_size=1, max_size=24))
def test_digits_with_signs_between_are_the_same_number_on_the_phone_and_in_the_hub(
    looked_for: Callable[[str], str | None], text: str
) -> None:
    typed = typed_phone(text)
    if typed is not None and not text.strip().startswith("00"):
        assert looked_for(text) == typed
