"""Messages in each language: plurals, markup, what is missing, and the pseudo-languages that pages are looked at in."""

from datetime import UTC, datetime

import pytest
from fluent.runtime import FluentResource
from fluent.syntax import FluentParser
from fluent.syntax.ast import Message, Resource

from hub.access.users import USERNAME_WORDS
from hub.formats.dates import clock, day, duration
from hub.formats.money import decimal_in, money_in
from hub.language import catalogue
from hub.language.catalogue import ENTRY, Language, every_language, first_known, language, tags, texts_of
from hub.language.problems import problem_of, problem_text
from tests.english import TRANSLATED

EVENING = datetime(2026, 12, 24, 20, 30, tzinfo=UTC)


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\xa0", " ")


def test_each_language_is_called_by_its_own_name_and_english_stands_first() -> None:
    names = {each.tag: each.name for each in every_language()}
    assert next(iter(names)) == "en"
    assert names.items() >= {"en": "English", "de": "Deutsch", "es": "Español", "fr": "Français"}.items()
    assert {language(tag).direction for tag in ("en", "de", "es", "fr")} == {"ltr"}


@pytest.mark.parametrize(
    ("tag", "one", "several", "none"),
    [
        ("en", "Your ticket", "Your 2 tickets", "Your 0 tickets"),
        ("fr", "Votre billet", "Vos 2 billets", "Votre billet"),
        ("de", "Ihr Ticket", "Ihre 2 Tickets", "Ihre 0 Tickets"),
        ("es", "Su entrada", "Sus 2 entradas", "Sus 0 entradas"),
    ],
)
def test_plurals_are_those_of_the_language(tag: str, one: str, several: str, none: str) -> None:
    assert [language(tag).say("reservation-heading", count=count) for count in (1, 2, 0)] == [one, several, none]


def test_a_million_is_a_plural_of_its_own_in_french_and_numbers_are_grouped_as_the_language_does() -> None:
    assert plain(language("fr").say("mail-tickets-link", count=1_000_000)) == "Vos 1 000 000 billets :"
    assert language("de").say("mail-tickets-link", count=1234) == "Ihre 1.234 Tickets:"


def test_a_language_without_a_message_says_it_in_english() -> None:
    young = Language("nl", ["feedback-yes = Ja\n"], language("en"))
    assert (young.say("feedback-yes"), young.say("feedback-no")) == ("Ja", "No")
    assert young.rich("ticket-number", number="<1>") == 'Ticket number <b class="number">&lt;1&gt;</b>'
    with pytest.raises(KeyError):
        young.say("there-is-none")


def test_a_file_is_parsed_when_one_of_its_messages_is_wanted_with_what_it_refers_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    parsed = list[str]()

    def noted(text: str) -> Resource:
        parsed.append(text)
        return FluentResource(text)

    monkeypatch.setattr(catalogue, "FluentResource", noted)
    files = ["door = Door { -place }\nexit = Way out\n", "-place = North\n", "rain = Rain\n"]
    spoken = Language("en", files)
    assert spoken.has("rain") and parsed == []
    assert (spoken.say("exit"), spoken.say("door"), parsed) == ("Way out", "Door North", files[:2])


@pytest.mark.parametrize("tag", tags())
def test_a_message_is_found_in_its_file_without_parsing_it(tag: str) -> None:
    for text in texts_of(tag).values():
        body = FluentParser(with_spans=False).parse(text).body
        assert ENTRY.findall(text) == [entry.id.name for entry in body if isinstance(entry, Message)]


def test_of_several_tags_the_first_known_counts_and_else_it_is_english() -> None:
    assert first_known(None, "xx", "de", "fr").tag == "de"
    assert first_known("../../etc", "").tag == "en"
    with pytest.raises(KeyError):
        language("..")


@pytest.mark.parametrize(
    ("tag", "said_day", "time", "money", "lasts"),
    [
        ("en", "Thursday 24 December 2026", "20:30", "€1,234.50", "3 days"),
        ("fr", "jeudi 24 décembre 2026", "20:30", "1 234,50 €", "3 jours"),
        ("de", "Donnerstag, 24. Dezember 2026", "20:30", "1.234,50 €", "3 Tage"),
        ("es", "jueves, 24 de diciembre de 2026", "20:30", "1.234,50 €", "3 días"),
    ],
)
def test_days_times_money_and_durations_are_written_as_the_language_does(
    tag: str, said_day: str, time: str, money: str, lasts: str
) -> None:
    own = language(tag)
    assert (day(EVENING, own), clock(EVENING, own)) == (said_day, time)
    assert (plain(money_in(own, 123_450, "EUR")), plain(duration(3 * 24 * 60, own))) == (money, lasts)


def test_money_has_the_digits_of_its_currency_however_much_it_is() -> None:
    french = language("fr")
    assert plain(money_in(french, 1500, "JPY")) == "1 500 JPY"
    written = ("250.00", "-1234.50", "1500", "0.125", "99999999999999999999.99")
    assert [plain(decimal_in(french, each)) for each in written] == [
        "250,00", "-1 234,50", "1 500", "0,125", "99 999 999 999 999 999 999,99"
    ]  # fmt: skip
    assert plain(money_in(french, 2010, "KWD")) == "2,010 KWD"
    assert plain(money_in(language("de"), 10**15 + 1, "EUR")) == "10.000.000.000.000,01 €"


def test_the_pseudo_languages_rewrite_words_and_leave_markup_and_variables() -> None:
    longer, turned = language("en-XA"), language("ar-XB")
    said = longer.rich("ticket-number", number="4711")
    assert said.startswith("Ţîîîçķéţ") and '<b class="number">4711</b>' in said
    assert (longer.direction, turned.direction) == ("ltr", "rtl")
    assert "\u202e" in turned.say("feedback-yes") and turned.say("feedback-yes") != language("en").say("feedback-yes")


@pytest.mark.parametrize("tag", TRANSLATED)
def test_an_error_is_found_by_its_english_message_with_what_stands_in_it(tag: str) -> None:
    each = language(tag)
    assert problem_text("Ticket not found", each) == each.say("problem-no-ticket")
    said = problem_text("The body is too large: 65536 bytes at most. Send less at a time", each)
    assert "65536" in said and said == each.say("problem-body-too-large", most="65536")
    assert problem_text("Nothing of ours", each) == "Nothing of ours"
    assert problem_text("Ticket not found", language("en")) == "Ticket not found"


@pytest.mark.parametrize("tag", TRANSLATED)
@pytest.mark.parametrize(
    ("message", "name", "values"),
    [
        ("must be in the years 1900 to 9000", "problem-field-years", {"low": "1900", "high": "9000"}),
        ("must be -90.5 to 90", "problem-field-range", {"low": "-90.5", "high": "90"}),
        ("must be 09:00 to 17:59", "problem-field-range", {"low": "09:00", "high": "17:59"}),
        ("must be 1 to 2048 pixels", "problem-field-pixels", {"low": "1", "high": "2048"}),
        ("must be 1 to 100 characters", "problem-field-characters", {"low": "1", "high": "100"}),
        (USERNAME_WORDS, "problem-field-username", {}),
        ("that time has 1 seats in all", "problem-field-party", {"count": "1"}),
        ("must be more than 5", "problem-field-more-than", {"low": "5"}),
        ("is needed with door", "problem-field-needed-with", {"name": "door"}),
        ("VIP: sold out", "problem-product-sold-out", {"product": "VIP"}),
        ("VIP: only 1 left for that time", "problem-product-few-left", {"product": "VIP", "left": "1"}),
        ("No money was taken: it is paid already", "problem-paid-already", {}),
        ("No money was taken: it is paid already (cash)", "problem-paid-already-how", {"method": "cash"}),
        (
            "No money was taken: it is paid already (20.00 EUR a ticket, card)",
            "problem-paid-already-amount",
            {"amount": "20.00 EUR", "method": "card"},
        ),
    ],
)
def test_an_error_with_values_is_said_whole_in_the_language(
    tag: str, message: str, name: str, values: dict[str, str]
) -> None:
    assert problem_of(message) == (name, values)
    assert problem_text(message, language(tag)) == language(tag).say(name, **values) != message


def test_words_do_not_stand_where_a_message_has_numbers() -> None:
    for message in ("must be at most a lot", "must be red to green", "Only VIP: 3 left for that time"):
        assert problem_of(message) is None
