"""The languages of a pass: each text of ours is translated, and nothing that people wrote."""

import msgspec
import pytest

from hub.language.catalogue import every_language, language
from hub.model.base import TicketStatus
from hub.model.event import Contact, Door
from hub.model.ticket import Seat
from hub.wallet.apple.pass_json import PassView, describe_pass
from hub.wallet.apple.strings import string_tables, translations
from tests.english import TRANSLATED, english_words_in
from tests.hub.wallet.apple.test_pass_json import EVENT, SCAN, view

FULL = msgspec.structs.replace(
    EVENT, address="12 Rue de la Paix", contact=Contact(email="a@b.org", phone="12345", url="https://b.org")
)


def a_full_pass(tag: str) -> PassView:
    shown = view(FULL, scans=[SCAN], seat=Seat(row="7", seat="12"), product="VIP", name='Ada "Countess"\nLovelace')
    return msgspec.structs.replace(shown, language=language(tag))


def labels(shown: PassView) -> list[str]:
    return [each["label"] for row in describe_pass(shown)["eventTicket"].values() for each in row]


@pytest.mark.parametrize("base", [each.tag for each in every_language()])
@pytest.mark.parametrize("to", [each.tag for each in every_language()])
def test_a_phone_reads_the_pass_as_if_it_had_been_made_in_its_language(base: str, to: str) -> None:
    table = translations(a_full_pass(base), language(to))
    assert [table.get(label, label) for label in labels(a_full_pass(base))] == labels(a_full_pass(to))
    assert table == {} if base == to else table


def test_a_table_is_in_the_pass_for_each_language_its_own_included() -> None:
    tables = string_tables(a_full_pass("fr"))
    assert tables.keys() == {f"{tag}.lproj/pass.strings" for tag in ("en", "de", "es", "fr")}
    assert tables["fr.lproj/pass.strings"] == b""
    lines = tables["de.lproj/pass.strings"].decode().splitlines()
    assert '"Billet" = "Ticket";' in lines and '"Début" = "Beginn";' in lines
    assert all(line.startswith('"') and line.endswith('";') and line.count('" = "') == 1 for line in lines)


def test_a_guest_who_is_called_like_a_label_keeps_the_name() -> None:
    shown = msgspec.structs.replace(view(FULL, name="Place"), language=language("en"))
    assert "Place" not in translations(shown, language("fr")) and "Begins" in translations(shown, language("fr"))


def test_quotes_and_line_ends_in_a_text_end_no_line_of_the_table() -> None:
    evil = msgspec.structs.replace(FULL, name='A";\n"x" = "y')
    shown = msgspec.structs.replace(view(evil), language=language("en"))
    table = string_tables(shown)["fr.lproj/pass.strings"].decode()
    assert '\n"x" = "y' not in table and 'A\\";\\n\\"x\\" = \\"y' in table


NAMED = msgspec.structs.replace(FULL, name="Kazoo", venue="Zorba", doors=[Door(id="d1", name="Kazoo")])
"""An event whose names are words of no language."""


@pytest.mark.parametrize("tag", TRANSLATED)
@pytest.mark.parametrize("status", ["valid", "unpaid", "canceled", "blocked"])
@pytest.mark.parametrize("is_scanned", [False, True])
def test_no_text_of_a_pass_is_english_in_another_language(tag: str, status: TicketStatus, is_scanned: bool) -> None:
    scans = [SCAN] if is_scanned else []
    shown = view(NAMED, scans=scans, status=status, seat=Seat(row="7", seat="12"), product="Zorba", name="Kazoo")
    described = describe_pass(msgspec.structs.replace(shown, language=language(tag), organisation="Zorba"))
    fields = [each for row in described["eventTicket"].values() for each in row]
    said = [each.get(part, "") for each in fields for part in ("label", "value", "changeMessage")]
    assert len(fields) > 6
    assert english_words_in(tag, "\n".join(map(str, [described["description"], *said]))) == set()
