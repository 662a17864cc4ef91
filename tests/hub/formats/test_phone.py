"""Phone numbers as people write them: taken, and found and counted by any writing of the same number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.formats.name_search import words_of
from hub.formats.phone import country_of, is_phone, phone_digits, phone_words, typed_phone


@pytest.mark.parametrize(
    ("written", "country", "digits"),
    [
        ("0171/1234567", "DE", "491711234567"),
        ("\u202d+49 171 1234567\u202c", "FR", "491711234567"),
        ("01\u00a023\u00a045\u00a067\u00a089", "FR", "33123456789"),
        ("9876543210", "IN", "919876543210"),
        ("tel:+33-1-23-45-67-89", None, "33123456789"),
        ("+33 (0)1 23 45 67 89", "DE", "33123456789"),
        ("0033.1.23.45.67.89", "DE", "33123456789"),
        ("٠١٠٠ ١٢٣ ٤٥٦٧", "EG", "201001234567"),  # noqa: RUF001
        ("０３－１２３４－５６７８", "JP", "81312345678"),  # noqa: RUF001
        ("03–1234–5678", "JP", "81312345678"),  # noqa: RUF001
        ("+1 (555) 123-4567 ext. 12", "US", "15551234567"),
        ("555.123.4567 x12", "US", "15551234567"),
        ("030 1234567 Durchwahl 12", "DE", "49301234567"),
        ("+7 (912) 345-67-89 доб. 12", "RU", "79123456789"),
        ("22 123 45 67 wew. 8", "PL", "48221234567"),
        ("020 123 4567 toestel 31", "NL", "31201234567"),
        ("08-123 456 78 ankn. 9", "SE", "46812345678"),
        ("(11) 3123-4567 ramal 20", "BR", "551131234567"),
        ("03-1234-5678 内線 12", "JP", "81312345678"),
        ("☎ 01 23 45 67 89", "FR", "33123456789"),
        ("📞0171/1234567", "DE", "491711234567"),
        ("℡ 03-1234-5678", "JP", "81312345678"),
        ("06 12 34 56 78", "FR", "33612345678"),
        ("+44 (0)20 7946 0018", "GB", "442079460018"),
        ("۰۲۱ ۱۲۳۴ ۵۶۷۸", "IR", "982112345678"),
        ("8 912 345 67 89", "RU", "79123456789"),
        ("+98 21 1234 5678", "FR", "982112345678"),
        ("0123", None, "0123"),
        ("123", "FR", "123"),
    ],
)
def test_numbers_are_taken_as_people_write_them_and_brought_into_one_form(
    written: str, country: str | None, digits: str
) -> None:
    assert is_phone(written)
    assert phone_digits(written, country) == digits


@pytest.mark.parametrize(
    "text", ["", "12", "call me", "+33=cmd", "=1+1", "1" * 21, "123\n456", "a1234", "1234;drop", "+" * 50]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    assert not is_phone(text)


WRITINGS = [
    "01 23 45 67 89",
    "0123456789",
    "+33 1 23 45 67 89",
    "0033123456789",
    "01/23-45.67(89)",
    "０１２３４５６７８９",  # noqa: RUF001
]


@pytest.mark.parametrize("written", WRITINGS)
@pytest.mark.parametrize("typed", [*WRITINGS, "tel:+33123456789", "33123456789"])
def test_a_number_is_found_by_any_writing(written: str, typed: str) -> None:
    assert typed_phone(typed) in phone_words(written, "FR")


def test_names_with_joiners_are_found_with_them_without_them_and_by_their_parts() -> None:
    words = words_of("علی‌رضا نمونه")
    for typed in ("علی‌رضا", "علیرضا", "علی رضا", "رضا"):
        assert all(any(word.startswith(each) for word in words) for each in words_of(typed)), typed
    assert words_of("Mül\u00adler") == ["muller"]


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("Europe/Paris", "FR"),
        ("Europe/Kiev", "UA"),
        ("Asia/Calcutta", "IN"),
        ("US/Eastern", "US"),
        ("Europe/Oslo", "NO"),
        ("America/Argentina/Buenos_Aires", "AR"),
        ("UTC", None),
        ("Etc/GMT+3", None),
        ("Nowhere/At_all", None),
    ],
)
def test_an_events_country_is_its_time_zones(zone: str, country: str | None) -> None:
    assert country_of(zone) == country


@given(st.text(max_size=80), st.sampled_from([None, "FR", "DE", "US", "JP"]))
def test_whatever_is_written_digits_are_ascii_and_nothing_breaks(text: str, country: str | None) -> None:
    digits = phone_digits(text, country)
    assert digits == "" or (digits.isascii() and digits.isdecimal())
    assert (typed_phone(text) is None) == (not is_phone(text))


@given(
    st.integers(100_000_000, 799_999_999),
    st.lists(st.sampled_from([" ", "-", ".", "/", "\u00a0", "\u202f"]), min_size=10, max_size=10),
)
def test_signs_between_digits_make_no_other_number(number: int, signs: list[str]) -> None:
    plain = f"0{number}"
    written = "".join(digit + sign for digit, sign in zip(plain, signs, strict=True)).rstrip(" -./\u00a0\u202f")
    assert phone_digits(written, "FR") == phone_digits(plain, "FR")
