"""Errors in a reader's language: found by their English text, with what stands within them, and their codes."""

import re

import pytest

from hub.language.catalogue import language, texts_of
from hub.language.problems import problem_code, problem_text
from tests.catalogue_errors import ROOT

PREDICATE = re.compile(r"(must|is|are|has|have|needs|names|cannot|may|holds|ends|begins|leads|says|stands|was)\b")


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("is missing", "fehlt"),
        ("is the same as in row 7", "ist dasselbe wie in Zeile 7"),
        (
            '"Maybe" (1 row) is no state that is known: say whether it is good, unpaid, cancelled or blocked',
            "„Maybe“ (1 Zeile) ist kein bekannter Status: "
            "Sagen Sie, ob das Ticket gültig, unbezahlt, storniert oder gesperrt ist",
        ),
        (
            "only 3 of Seat, left for 2090-12-24 20:30 (rows 2 to 9): the file has 8",
            "nur noch 3 übrig von Seat, für 2090-12-24 20:30 (Zeilen 2 bis 9): die Datei hat 8",
        ),
        (
            "Nothing was imported. There are not seats enough: 3 mistakes",
            "Nichts wurde importiert. Es gibt nicht genug Plätze: 3 Fehler",
        ),
        (
            "There are not seats enough: 1 mistake. 50 tickets were corrected before"
            ": the same list again corrects the rest",
            "Es gibt nicht genug Plätze: 1 Fehler. Zuvor korrigierte Tickets: 50; "
            "dieselbe Liste noch einmal korrigiert den Rest",
        ),
        ("status 500", "Status 500"),
        ("said by nobody here: 7", "said by nobody here: 7"),
    ],
)
def test_message_is_said_in_a_language_with_the_messages_within_it(message: str, said: str) -> None:
    assert problem_text(message, language("de")) == said
    assert problem_text(message, language("en")) == message


def test_text_of_a_field_has_one_code_in_all_languages() -> None:
    assert problem_code("must be 1 to 100 characters") == problem_code("must be 2 to 7 characters") == "characters"
    assert problem_code("is missing") == "missing"
    assert problem_code("is made up") is None


def test_page_knows_which_texts_of_fields_are_statements_and_no_predicates() -> None:
    script = (ROOT / "web/static/admin/field_problem.js").read_text("utf-8")
    statements = set(re.findall(r'"(\w+)"', script[script.index("new Set(") :]))
    fields = re.findall(r"^problem-(?:field|choice|address)-[\w-]+ = (.*)$", "\n".join(texts_of("en").values()), re.M)
    texts = [re.sub(r"\{ \$\w+ \}", "7", text) for text in (*fields, "is needed")]
    codes = {problem_code(text): bool(PREDICATE.match(text)) for text in texts}
    mended = set(re.findall(r"^mend-(\w+) =", texts_of("en")["admin.ftl"], re.MULTILINE)) - {"this"}
    assert {code for code, is_predicate in codes.items() if not is_predicate and code not in mended} == statements
    assert mended <= codes.keys()
