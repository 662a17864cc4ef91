"""The message catalogues are whole, alike in all languages, and all that converted pages say is in them."""

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import Message

from tests.catalogue_errors import error_messages
from tests.catalogue_glossary import check_words, glossary_of
from tests.catalogue_languages import check_language, check_message, facts_of, files_of
from tests.catalogue_literals import literals_in
from tests.catalogues import converted_templates, problems, texts_in
from tests.english import english_words_in

ENGLISH = "x = { $count ->\n    [one] <b>{ $count }</b> ticket\n   *[other] <b>{ $count }</b> tickets\n}\n"


def a_message(text: str) -> Message:
    (entry,) = FluentParser(with_spans=False).parse(text).body
    assert isinstance(entry, Message)
    return entry


def test_nothing_is_wrong_with_catalogues_and_converted_pages() -> None:
    assert problems() == []
    messages = {message for _, message in error_messages()}
    assert len(converted_templates()) > 20 and len(messages) > 150
    assert {"7: sold out", "7: only 7 left for that time"} <= messages
    fields = {"that time has 7 seats in all", "must be in the years 7 to 7", "must be png or svg", "must be plain text"}
    assert fields <= messages


@pytest.mark.parametrize(
    ("tag", "text", "problem"),
    [
        ("de", ENGLISH.replace("tickets", "Tickets"), ""),
        ("de", "x = <b>{ $n }</b> Tickets\n", "variables"),
        ("de", "x = { $count } Tickets\n", "markup"),
        ("fr", ENGLISH, "plurals"),
        ("fr", "x = <b>{ $count }</b> billets : ici\n", "narrow"),
        ("fr", "x = <b>{ $count }</b> billets d'ici\n", "apostrophe"),
    ],
)
def test_a_translation_with_other_parts_is_found(tag: str, text: str, problem: str) -> None:
    found = [*check_message(tag, facts_of(a_message(ENGLISH)), facts_of(a_message(text)))]
    assert problem in "".join(found) and bool(found) is bool(problem)


@pytest.mark.parametrize(
    ("tag", "name", "text", "wrong"),
    [
        ("fr", "x", "Un appareil est ici", "appareil"),
        ("fr", "x", "Vos appareils", "appareil"),
        ("fr", "account-x", "Sur vos appareils", ""),
        ("fr", "x", "Définissez HUB_BASE_URL", ""),
        ("fr", "x", "Le hub", "hub"),
        ("fr", "x", "Un e-mail", ""),
        ("fr", "x", "Un mail", "mail"),
        ("de", "x", "Dieses Gerät", "Gerät"),
        ("de", "x", "Ein Lesegerät", ""),
        ("de", "x", "Das Passwort", ""),
        ("es", "x", "Los dispositivos", "dispositivo"),
        ("es", "x", "Borrar", "borr"),
    ],
)
def test_a_thing_is_called_by_one_word_in_a_language(tag: str, name: str, text: str, wrong: str) -> None:
    found = [*check_words(glossary_of(tag).word, {name: facts_of(a_message(f"x = {text}\n"))})]
    assert bool(found) is bool(wrong) and f"{name}: {wrong}" in "".join(found or [f"{name}: "])


@pytest.mark.parametrize(("tag", "text"), [("fr", "Billet refused"), ("de", "Ticket somebody"), ("es", "Entrada the")])
def test_an_english_word_in_a_translation_is_found(tag: str, text: str) -> None:
    first, planted = text.split()
    assert english_words_in(tag, text) == {planted} and english_words_in(tag, f"{first} HUB_HOST `make setup`") == set()


@pytest.mark.parametrize(
    "planted", ['page["note"] = "Sold out for tonight"', 'title = "Welcome"', 'f"{name} was here"']
)
def test_a_text_in_the_program_of_a_page_is_found(planted: str) -> None:
    program = (
        f'"""A docstring."""\nROWS = {{"At no door": "row-no-door"}}\n\n\ndef fill(page, name):\n    return {planted}\n'
    )
    found = list(literals_in(program.replace("return page", "page").replace("return title", "title")))
    assert [line for line, _ in found] == [6], found


def test_a_new_language_is_named_file_by_file_with_what_it_lacks() -> None:
    source = files_of("en")
    whole = [*check_language("it", {**source, "words.ftl": {}})]
    assert [each for each in whole if "words.ftl" in each] == [
        f"it/words.ftl: {name} is missing: it is said in English" for name in source["words.ftl"]
    ]
    first = [*check_language("it", {"words.ftl": source["words.ftl"]})]
    assert len(first) == len(source) - 1 and f"it/pass.ftl is missing: its {len(source['pass.ftl'])} messages" in str(
        first
    )
    assert [*check_language("italiano", {})] == ["italiano: is no tag of a language, as fr or pt-BR are"]
    assert "it/wrods.ftl: there is no such catalogue" in [*check_language("it", {"wrods.ftl": {}})]


def test_texts_beside_the_catalogues_are_found_wherever_they_stand_in_a_template() -> None:
    template = """{# A comment. #}<p class="wide">{{ say("x") }} Good evening</p>
      <img alt="A picture"><p>{{ name or "Nobody is here" }}</p>{% if a %}<b>{{ say('y') }}</b>{% end %} iPhone 12"""
    assert texts_in(template) == ["Nobody is here", "Good evening", "A picture"]
