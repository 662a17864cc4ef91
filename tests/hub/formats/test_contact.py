"""Names as people write them: any script, joiners, spaces, emoji of any age; nothing that steers a page."""

import unicodedata

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hub.formats.contact import INVISIBLE, UNSEEN, clean, is_name, is_printable, printable
from hub.validation import Name


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
NONE += ["\u0301", "\u0301\u20dd\u0345", "\ufff9\ufffa\ufffb", "\u3164\u115f\u1160\uffa0", " \u0308 ", "\U0001d159"]
NONE += ["\U00013430", "\u17b4", "\u0e31", "\U00011001"]


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


SEEN = st.characters(codec="utf-8", categories=("L", "N", "P", "S"), exclude_characters=INVISIBLE)
BLANK = st.characters(codec="utf-8", categories=("Mn", "Me", "Zs")) | st.sampled_from(UNSEEN)


@example("", "0", "\x1f")
@given(st.text(SEEN | BLANK, max_size=40), SEEN, st.text(SEEN | BLANK, max_size=40))
def test_what_holds_a_letter_a_number_or_a_sign_is_a_name(before: str, seen: str, after: str) -> None:
    cleaned = clean(before + seen + after)
    assert is_name(cleaned) or not is_printable(cleaned) or len(cleaned) > 100
    assert is_visible(seen + after) or not is_printable(seen + after) or OVERRIDES.intersection(after)


@given(st.text(BLANK, max_size=60))
def test_what_holds_blanks_and_marks_alone_is_none(text: str) -> None:
    assert not is_name(clean(text))
    assert not is_visible(text)


@pytest.mark.parametrize(
    "name", ["👩‍👩‍👧‍👦", "1️⃣", "❤️", "e\u0301", "நி", "कि", "👍🏽", "🏳️‍🌈", "ก\u0e31", "\U0001fae9", "ﷺ"]
)
def test_emoji_and_letters_with_marks_are_seen(name: str) -> None:
    assert is_name(clean(name))
    assert is_visible(name)


@pytest.mark.parametrize("name", [each for each in NONE if len(each) <= 100])
def test_no_thing_has_a_name_that_shows_nothing(name: str) -> None:
    assert not is_visible(name)


OVERRIDES = {chr(each) for each in [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]}


def is_visible(name: str) -> bool:
    """Whether an organiser may name a thing so."""
    try:
        msgspec.convert(name, Name)
    except msgspec.ValidationError:
        return False
    return True
