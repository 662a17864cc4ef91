"""Heads of exports: each another within a language, and known to the import in all of them."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hub.formats.csv_heads import answer_head, csv_heads, english_heads
from hub.importing.file.columns import OWN_EXPORT, bare, recognise
from hub.language.catalogue import language, tags
from hub.reports.report_sheet import HEAD as REPORT
from hub.reports.scan_sheet import HEAD as SCANS
from hub.reports.ticket_sheet import ANSWERS, TicketSheet
from hub.sales.takings import CSV_HEAD as TAKINGS
from tests.builders import an_event

FORMER = {
    ("de", "ID"): "Id",
    ("de", "Status"): "Zustand",
    ("es", "tipo de entrada"): "producto",
    ("es", "importe devuelto"): "importe reembolsado",
}
"""Heads of exports of former versions, by their language and the head that is there now."""

SHEETS = {"scans": SCANS, "takings": TAKINGS, "report": REPORT}


@pytest.mark.parametrize("names", SHEETS.values(), ids=SHEETS)
@pytest.mark.parametrize("tag", tags())
def test_no_two_columns_of_a_sheet_have_one_head(tag: str, names: tuple[str, ...]) -> None:
    heads = csv_heads(names, language(tag))
    assert len(set(map(bare, heads))) == len(names)
    if tag == "en":
        assert heads == list(names)


@pytest.mark.parametrize("tag", tags())
def test_import_reads_the_columns_of_an_export_in_any_language_as_those_in_english(tag: str) -> None:
    questions = [f"Question {n}" for n in range(60)]
    own, english = [TicketSheet(an_event(), questions, language(each)).head for each in (tag, "en")]
    assert len(set(map(bare, own))) == len(own)
    assert english_heads(own, bare, OWN_EXPORT) == english
    read, known = recognise(own), recognise(english)
    assert read.is_own and (read.places, read.states, read.answers) == (known.places, known.states, known.answers)
    assert read.ignored == [own[english.index(name)] for name in known.ignored]
    assert ANSWERS in read.places and [answer.question for answer in read.answers] == questions[:50]


@pytest.mark.parametrize("tag", sorted({tag for tag, _ in FORMER}))
def test_import_reads_the_columns_of_an_export_of_a_former_version(tag: str) -> None:
    now = TicketSheet(an_event(), ["Question"], language(tag)).head
    former = [FORMER.get((tag, name), name) for name in now]
    assert sum(name not in now for name in former) == sum(of == tag for of, _ in FORMER)
    read, known = recognise(former), recognise(now)
    assert read.is_own and (read.places, read.states, read.answers) == (known.places, known.states, known.answers)
    assert len(read.ignored) == len(known.ignored)


@given(question=st.text(), tag=st.sampled_from(tags()))
@example(question="S", tag="es")
def test_question_stays_whole_whatever_it_is(question: str, tag: str) -> None:
    head = [*csv_heads(("id", "scans", "booked_at"), language(tag)), answer_head(question, language(tag))]
    assert english_heads(head, bare, OWN_EXPORT)[-1] == f"answer: {question}"


@given(st.lists(st.text(max_size=20), max_size=8))
def test_head_of_any_other_file_stays_as_it_is(head: list[str]) -> None:
    assert english_heads(head, bare, OWN_EXPORT) == head
