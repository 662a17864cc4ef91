import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hub.formats.name_search import words_of


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (("Ada Lovelace",), ["ada", "lovelace"]),
        (("Zoé", "Müller-Lüdenscheidt"), ["zoe", "muller", "ludenscheidt"]),
        (("Søren Łukasz", None, ""), ["soren", "lukasz"]),
        (("Straße",), ["strasse"]),
        (("O'Brien, Jr.",), ["o", "brien", "jr"]),
        (("Ada ADA ada",), ["ada"]),
        (("李 小龍",), ["李", "小龍"]),
        (("...",), []),
    ],
)
def test_names_are_folded_into_words(names: tuple[str | None, ...], words: list[str]) -> None:
    assert words_of(*names) == words


@given(text=st.text(max_size=100))
@example(text="\U0001d468")
def test_words_are_letters_and_digits_and_stay_what_they_are(text: str) -> None:
    words = words_of(text)
    assert all(word.isalnum() for word in words)
    assert len(set(words)) == len(words)
    assert words_of(" ".join(words)) == words


@given(text=st.text(max_size=50))
def test_neither_case_nor_accents_matter(text: str) -> None:
    assert words_of(text.upper().lower()) == words_of(text.upper())
