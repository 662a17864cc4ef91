"""Names as people write them: any script, joiners, spaces, emoji of any age; nothing that steers a page."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.formats.contact import INVISIBLE, VARIATION, clean, is_name, is_printable, printable


@pytest.mark.parametrize(
    "name",
    [
        "山田　太郎",
        "علی‌رضا نمونه",
        "Zoé Exemple",
        "Jean\u00a0Paul Exemple",
        "10\u202f000 Maniacs",
        "Konstan\u00adtinopel",
        "ශ්‍රී ලංකා",
        "👩‍👩‍👧‍👦 family",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "\U0001fae9 new",
        "ໃຊ້ ທົດສອບ",
        "Nguyễn Văn Ả",
        "O'Brien-Σωκράτης",
        "अनुष्का",
    ],
)
def test_names_of_every_script_are_kept_as_they_are_written(name: str) -> None:
    assert clean(name) == unicodedata.normalize("NFC", name)
    assert is_name(clean(name))


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (" \u200bZoé\u00ad ", "Zoé"),
        ("Zoe\u0301", "Zoé"),
        ("\u202aAda\u202c \u2066Lovelace\u2069", "Ada Lovelace"),
        ("\ufeffAda\u200f", "Ada"),
        ("\u3000太郎\u3000", "太郎"),
        ("\u200d\u200c Ada", "Ada"),
        ("❤️", "❤️"),
        ("葛\U000e0100城\U000e0101", "葛\U000e0100城\U000e0101"),
        ("\u2800Ada\u2800", "Ada"),
        ("Ada\U000e0041\U000e0001\U000e007f", "Ada"),
        ("\U0001f3f4\U000e0067\U000e0062\U000e007f\U000e0069", "\U0001f3f4\U000e0067\U000e0062\U000e007f"),
        ("Ada \u202eecaleveL\u202c", "Ada ecaleveL"),
    ],
)
def test_marks_of_direction_and_what_is_invisible_at_the_ends_go(written: str, kept: str) -> None:
    assert clean(written) == kept


NONE = ["", "\u200d\u3164", "\ufe0f", "Ada\nLovelace", "Ada\x00", "a\u2028b", "a\u0085b", "\x1b[31m", "x" * 101]
NONE += ["\u2800", "\u2800 \u2800", "\u200f\u202e", "\U000e0041\U000e0042", "\U000e0100", "\ufe00", "\U0001d173"]


@pytest.mark.parametrize("name", [*NONE, "\ud800", "\uffff"])
def test_controls_and_names_that_show_nothing_are_refused(name: str) -> None:
    assert not is_name(clean(name))


@given(st.text(max_size=120))
def test_cleaning_twice_is_cleaning_once_and_a_name_never_steers(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    if is_name(once):
        assert not any(unicodedata.category(each) in ("Cc", "Zl", "Zp", "Cs") for each in once)
    assert is_printable(printable(once))
    assert clean(printable(once)) == "" or is_printable(clean(printable(once)))


@given(st.text(alphabet=st.characters(codec="utf-8", categories=("L", "M", "N", "P", "S")), min_size=1, max_size=100))
def test_whatever_is_made_of_letters_marks_numbers_and_signs_is_a_name(text: str) -> None:
    cleaned = clean(text)
    assert is_name(cleaned) or not cleaned.strip(INVISIBLE + VARIATION) or len(cleaned) > 100
