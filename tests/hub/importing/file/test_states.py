"""States of tickets: known in four languages and by the hub's own labels; any other is asked about, never good."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.importing.file import vocabulary
from hub.importing.file.columns import bare, recognise
from hub.importing.file.states import MEANINGS, WORDS, StateReader
from hub.model.imports import Choices, Meaning
from tests.hub.importing.files import check, problems_of, refused

CASE = """barcode,name,status
B1,Ada Example,Inactive
B2,Bob Example,Refunded
B3,Cleo Example,blocked
B4,Dan Example,Not paid
B5,Eva Example,paid
"""


def test_a_state_that_is_not_known_is_named_with_its_count_and_nothing_is_imported() -> None:
    refusal = refused(CASE)
    assert (refusal.code, refusal.status) == ("unknown_state", 422)
    assert problems_of(refusal) == [(2, "status", "unknown_state")]
    assert "Inactive" in refusal.problems[0].message
    assert {(each.state, each.means, each.rows) for each in refusal.states} == {
        ("Inactive", None, 1),
        ("Refunded", "cancelled", 1),
        ("blocked", "blocked", 1),
        ("Not paid", "unpaid", 1),
        ("paid", "good", 1),
    }


@pytest.mark.parametrize("means", ["good", "unpaid", "cancelled", "blocked"])
def test_what_the_organiser_says_of_a_state_holds(means: Meaning) -> None:
    checked = check(CASE, choices=Choices(states={"INACTIVE": means}))
    statuses = {row.guest.barcode: row.status for row in checked.sample}
    expected = {"good": "valid", "unpaid": "unpaid", "blocked": "blocked"}.get(means)
    assert statuses.get("B1") == expected
    assert statuses["B3"] == "blocked"
    assert statuses["B4"] == "unpaid"
    assert statuses["B5"] == "valid"
    assert "B2" not in statuses


@pytest.mark.parametrize(
    ("head", "word", "means"),
    [
        ("Order Status", "Completed", "good"),
        ("Attendee Status", "Not Attending", "cancelled"),
        ("Ticket Status", "AWAITING_PAYMENT", "unpaid"),
        ("Statut du billet", "Remboursé", "cancelled"),
        ("Statut", "en attente de paiement", "unpaid"),
        ("État", "Non scanné", "good"),
        ("Bestellstatus", "Rückerstattet", "cancelled"),
        ("Zahlungsstatus", "Nicht bezahlt", "unpaid"),
        ("Ticketstatus", "Gesperrt", "blocked"),
        ("Estado del pedido", "Reembolsada", "cancelled"),
        ("Estado", "pendiente de pago", "unpaid"),
        ("Situación", "Válida", "good"),
        ("Is cancelled", "yes", "cancelled"),
        ("Refunded", "0.00 €", "good"),
        ("Blocked", "duplicate order", "blocked"),
        ("Bloqueado", "no", "good"),
        ("Status", "Not paid", "unpaid"),
        ("Status", "Blocked", "blocked"),
        ("Status", "canceled", "cancelled"),
        ("Status", "", "good"),
        ("Stato", "Annullato", "cancelled"),
        ("Betaalstatus", "Nog niet", None),
        ("Betaalstatus", "Terugbetaald", "cancelled"),
        ("Status", "Openstaand", "unpaid"),
        ("Situação", "Aguardando pagamento", "unpaid"),
        ("Status", "Opłacone", "good"),
        ("Status", "Nieopłacone", "unpaid"),
        ("Статус", "Отменён", "cancelled"),
        ("Статус", "Не оплачен", "unpaid"),  # noqa: RUF001
        ("ステータス", "キャンセル済み", "cancelled"),
        ("状态", "已取消", "cancelled"),
        ("Status", "Avbokad", "cancelled"),
        ("Tila", "Maksettu", "good"),
        ("Status", "?", None),
        ("Status", "Inactif", None),
        ("Status", "Transferred", None),
        ("Status", "🎟", None),
        ("Status", "0", None),
        ("Cancelled", "perhaps", None),
    ],
)
def test_states_are_known_in_four_languages_under_many_names(head: str, word: str, means: Meaning | None) -> None:
    columns = recognise([head])
    assert columns.states, head
    [(_, _, found)] = StateReader(columns, {}).said([word])
    assert found == means


def test_of_several_columns_of_states_the_worst_counts() -> None:
    head = "barcode,Order status,Ticket status,Refunded"
    checked = check(f"{head}\na,paid,valid,no\nb,paid,refunded,no\nc,pending,valid,no\nd,paid,valid,yes\n")
    assert {row.guest.barcode: row.status for row in checked.sample} == {"a": "valid", "c": "unpaid"}
    assert checked.left_out == 2


def test_an_unpaid_order_with_a_blocked_ticket_is_blocked() -> None:
    checked = check("barcode,paid,status\na,no,blocked\n")
    assert [row.status for row in checked.sample] == ["blocked"]


def test_a_file_of_nothing_but_new_states_lists_each_once() -> None:
    refusal = refused("barcode,status\n" + "".join(f"x{n},odd {n % 3}\n" for n in range(30)))
    assert [(each.state, each.rows) for each in refusal.states] == [("odd 0", 10), ("odd 1", 10), ("odd 2", 10)]
    assert refusal.count == 3


def test_more_states_than_there_can_be_are_refused_and_not_all_remembered() -> None:
    refusal = refused("barcode,status\n" + "".join(f"x{n},odd {n}\n" for n in range(500)))
    assert len(refusal.states) == 100
    assert refusal.code == "unknown_state"


def test_known_words_in_their_hundreds_hide_no_unknown_one() -> None:
    known = "".join(f"a{n},{word}\n" for n, word in enumerate(sorted(MEANINGS)))
    assert [each.state for each in refused(f"barcode,status\n{known}x,Inactive\n").states if not each.means] == [
        "Inactive"
    ]


@settings(deadline=None)
@given(st.text(max_size=40))
def test_a_word_that_nobody_knows_means_nothing_in_any_column(word: str) -> None:
    reader = StateReader(recognise(["status", "paid", "cancelled"]), {})
    assert {means for _, _, means in reader.said([f"zzq{word}"] * 3)} == {None}


@pytest.mark.parametrize(
    ("head", "word"),
    [
        *(
            ("Stato", "Trasferito"),
            ("Betaalstatus", "Overgedragen"),
            ("Situação", "Transferido"),
            ("Статус", "Передан"),
        ),
        *(
            ("ステータス", "譲渡済み"),
            ("状态", "已转让"),
            ("Tila", "Siirretty"),
            ("Stav", "Převedeno"),
            ("상태", "양도됨"),
        ),
    ],
)
def test_a_column_of_states_is_known_in_languages_whose_words_are_asked_about(head: str, word: str) -> None:
    refusal = refused(f"barcode,name,{head}\nB1,Ada,{word}\n")
    assert [(each.state, each.means) for each in refusal.states] == [(word, None)]
    checked = check(f"barcode,{head}\nB1,{word}\nB2,\n", choices=Choices(states={word: "cancelled"}))
    assert [row.guest.barcode for row in checked.sample] == ["B2"]


@pytest.mark.parametrize("word", ["Cancelled", "Remboursé", "nicht bezahlt", "bloqueada"])
def test_a_column_that_is_not_read_and_says_that_tickets_are_not_good_is_named(word: str) -> None:
    checked = check(f"barcode,Fate,Shoe size\nB1,fine,38\nB2,{word},39\nB3,{word},40\n")
    assert [(each.row, each.code) for each in checked.warnings] == [(3, "unread_state")]
    assert f'"Fate" is not read, and says "{word}" (2 rows)' in checked.warnings[0].message
    for means in ("", "answer"):
        assert check(f"barcode,Fate\nB1,{word}\n", choices=Choices(columns={"fate": means})).warnings == []
    mapped = check(f"barcode,Fate\nB1,{word}\nB2,ok\n", choices=Choices(columns={"fate": "status"}))
    assert mapped.warnings == []
    assert [(row.guest.barcode, row.status) for row in mapped.sample if row.status == "valid"] == [("B2", "valid")]


def test_no_word_has_two_meanings() -> None:
    for table in (WORDS, vocabulary.WORDS):
        meant = {(bare(word), means) for means, words in table.items() for word in words.split(",")}
        assert len({word for word, _ in meant}) == len(meant)
        assert all(word and MEANINGS[word] == means for word, means in meant)
