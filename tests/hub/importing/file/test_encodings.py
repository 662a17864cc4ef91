"""Code pages: a file of another part of the world is asked about, and never read wrongly in silence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.errors import BadInput
from hub.importing.file.encodings import CODE_PAGES, question_of
from hub.importing.problems import EncodingUnknown
from hub.model.imports import Choices
from tests.hub.importing.files import check

ELSEWHERE = {
    "windows-1250": ["Łukasz Świątek", "Jiří Dvořák", "Szűcs Gergő", "Ştefan Ţuţea", "Grażyna Wałęsa"],
    "iso-8859-2": ["Łukasz Świątek", "Žofie Dvořáková"],
    "windows-1251": ["Иван Примеров", "Олена Їжакевич"],
    "koi8-r": ["Иван Примеров", "Анна Петрова"],
    "ibm866": ["Иван Примеров", "Анна Петрова"],
    "windows-1253": ["Γιώργος Παπαδόπουλος", "Ελένη Νικολάου"],
    "windows-1254": ["Şükrü Çağlar", "İbrahim Işık"],  # noqa: RUF001
    "windows-1255": ["משה כהן", "שרה לוי"],
    "windows-1256": ["محمد علي", "فاطمة الزهراء"],
    "windows-1257": ["Jānis Bērziņš", "Žemaitė Ąžuolas"],
    "shift_jis": ["山田太郎", "ソニー・高橋"],
    "euc-jp": ["山田太郎", "高橋花子"],
    "gb18030": ["王小明", "欧阳娜娜"],
    "big5": ["王小明", "許功蓋"],
    "euc-kr": ["김철수", "이영희"],
}
WEST = [
    *("Søren Kierkegård €", "Zoë Müller", "José Muñoz-Peña", "João Conceição Camões", "Nicolò Forlì", "Thaïs Œuvrard"),
    *("Lluís L·luïsa", "O´Brien d’Aubigné", "Bjørn Ødegård", "Jürgen Groß", "n° 12 1º", "¿Qué? «Bar» €12,50 £20"),  # noqa: RUF001
    *("NOËL GARÇON", "SÃO PAULO", "Béla Crème brûlée", "Zürich – Genève", "Åsa Ångström", "Ève créée", "m² ½ ±"),  # noqa: RUF001
]


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_file_of_another_code_page_is_asked_about_and_read_as_it_is_said(name: str) -> None:
    rows = "".join(f"x{number};{guest}\n" for number, guest in enumerate(ELSEWHERE[name]))
    content = f"barcode;name\n{rows}".encode(CODE_PAGES[name])
    with pytest.raises(EncodingUnknown) as doubt:
        check(content)
    choices = {each.encoding: each.means for each in doubt.value.question.choices}
    assert doubt.value.code == "unknown_encoding"
    assert f"x{doubt.value.question.row - 2};{ELSEWHERE[name][doubt.value.question.row - 2]}" in choices.values()
    assert "\ufffd" not in "".join(choices.values())
    checked = check(content, choices=Choices(encoding=name))
    read = [f"{row.guest.first_name} {row.guest.last_name}".strip() for row in checked.sample]
    assert read == ELSEWHERE[name]
    assert checked.table.encoding.lower() == name


def test_heads_of_another_code_page_are_read_as_it_is_said_too() -> None:
    content = "バーコード,名前\nS1,山田太郎\n".encode("cp932")
    with pytest.raises(EncodingUnknown):
        check(content)
    columns = {"バーコード": "barcode", "名前": "name"}
    [row] = check(content, choices=Choices(encoding="shift_jis", columns=columns)).sample
    assert (row.guest.barcode, row.guest.first_name) == ("S1", "山田太郎")


@pytest.mark.parametrize("guest", WEST)
def test_names_and_signs_of_western_europe_are_not_asked_about(guest: str) -> None:
    assert question_of([(2, guest.encode("cp1252"))], "cp1252") is None
    [row] = check(f'barcode;name\nx;"{guest}"\n'.encode("cp1252")).sample
    assert f"{row.guest.first_name} {row.guest.last_name}".strip() == guest


def test_a_code_page_that_was_said_is_none_of_a_file_in_unicode() -> None:
    for encoding in ("utf-8", "utf-16", "utf-32"):
        [row] = check("barcode;name\nx;Łukasz\n".encode(encoding), choices=Choices(encoding="windows-1251")).sample
        assert row.guest.first_name == "Łukasz"


def test_a_code_page_that_does_not_fit_breaks_nothing() -> None:
    checked = check(b"barcode;name\nx;\x81\xff\x8d\n", choices=Choices(encoding="windows-1250"))
    assert checked.rows == 1


@given(st.binary(max_size=200), st.sampled_from([*CODE_PAGES]))
def test_whatever_the_bytes_and_the_code_page_a_file_is_read_or_refused(content: bytes, name: str) -> None:
    for choices in (Choices(), Choices(encoding=name)):
        try:
            check(b"barcode;name\n" + content, choices=choices)
        except BadInput:
            pass
