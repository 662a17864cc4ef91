"""Accept-Language: its weights, and whatever a stranger sends in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.language.negotiation import best_language, wanted_languages

KNOWN = ("en", "de", "es", "fr")


@pytest.mark.parametrize(
    ("header", "best"),
    [
        ("fr-FR,fr;q=0.9,en;q=0.8", "fr"),
        ("en;q=0.3, de;q=0.7, fr;q=0.5", "de"),
        ("de-CH-1996", "de"),
        ("DE-at", "de"),
        ("fr;q=0, es", "es"),
        ("fr;q=0", None),
        ("*", None),
        ("it, *;q=0.5", None),
        ("nl, pt;q=0.9, es;q=0.1", "es"),
        ("es;q=0.8, fr;q=0.8", "es"),
        ("fr;q=1.5, de;q=0.1", "de"),
        ("fr; q=0.5 , es ;q=0.4", "fr"),
        ("zh-Hant-fr", None),
        ("", None),
        (";;;,,q=1", None),
    ],
)
def test_the_language_that_is_wanted_most_and_known_is_taken(header: str, best: str | None) -> None:
    assert best_language(header, KNOWN) == best


def test_one_header_of_thousands_of_languages_is_not_read_to_its_end() -> None:
    assert best_language("xx," * 100_000 + "fr", KNOWN) is None
    assert len(wanted_languages("aa," * 100_000)) == 30


@given(st.text(max_size=300))
def test_any_header_gives_a_known_language_or_none(header: str) -> None:
    assert best_language(header, KNOWN) in {*KNOWN, None}


@given(st.lists(st.tuples(st.sampled_from(KNOWN), st.integers(0, 1000)), min_size=1, max_size=10))
def test_none_with_a_greater_weight_is_passed_over(wanted: list[tuple[str, int]]) -> None:
    header = ", ".join(f"{tag};q={weight / 1000:.3f}" for tag, weight in wanted)
    best = best_language(header, KNOWN)
    most = max(weight for _, weight in wanted)
    assert best == (next(tag for tag, weight in wanted if weight == most) if most else None)
