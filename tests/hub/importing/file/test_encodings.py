"""Code pages: a file of another part of the world is asked about, and never read wrongly in silence."""

import asyncio
import threading
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.errors import BadInput
from hub.importing.check import Checker
from hub.importing.file.encodings import CODE_PAGES, EncodingQuestion, Sample, question_of
from hub.importing.problems import EncodingUnknown
from hub.model.imports import Choices
from tests.hub.importing.files import check, nothing_taken, times, uploaded

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
WESTERN = ("windows-1252", "iso-8859-1")
WEST = [
    *("Søren Kierkegård €", "Zoë Müller", "José Muñoz-Peña", "João Conceição Camões", "Nicolò Forlì", "Thaïs Œuvrard"),
    *("Lluís L·luïsa", "O´Brien d’Aubigné", "Bjørn Ødegård", "Jürgen Groß", "n° 12 1º", "¿Qué? «Bar» €12,50 £20"),  # noqa: RUF001
    *("NOËL GARÇON", "SÃO PAULO", "Béla Crème brûlée", "Zürich – Genève", "Åsa Ångström", "Ève créée", "m² ½ ±"),  # noqa: RUF001
]

IN_WINDOWS_1252 = {
    "Spanish": ["MªCarmen García;Málaga", "Nºentrada;José Núñez", "Íñigo Peña;2ª fila", "Begoña Ibáñez", "Dª Sofía"],
    "Catalan": ["Mònica Piñol;2ª fila", "Lluïsa Gràcia", "Núria Brugués", "Jordi Lòpez", "Òscar Vilà"],
    "Icelandic": ["Guðrún Þórsdóttir", "Sigurður Ægisson", "Björk Guðmundsdóttir", "Ýmir Sveinþórsson"],
    "Czech": ["Jana Novotný", "Šárka Nováková", "Žofie Malá", "Tomáš Král"],
    "Estonian": ["Tõnu Jõgeva", "Külli Õunapuu", "Jüri Mägi", "Märt Põld", "Kõiv"],
    "Portuguese": ["João Conceição", "Inês Antônio", "Simão Falcão", "Luís Guimarães", "Camões"],
    "French": ["François Côté", "Hélène Lefèvre", "Zoë Noël", "Anaïs L’Œuvre", "DÉSIRÉE CHÂTEL"],  # noqa: RUF001
    "German": ["Jürgen Groß", "Käthe Schäfer", "Jörg Müller", "Günter Weiß"],
    "Scandinavian": ["Søren Kierkegård", "Bjørn Ødegård", "Åse Sæther", "Håkan Öberg", "Väinö Mäkelä"],
    "of many countries": ["Hélène René", "Søren Bjørn", "Jörg Weiß", "José Peña", "Nicolò Forlì", "João", "Novotný"],
}
LISTS = [
    ("windows-1250", ["Łukasz Świątek", "Grażyna Zając", "Paweł Wójcik", "Małgorzata Kaczyńska"]),
    ("windows-1250", ["Jiří Dvořák", "Kateřina Černá", "Růžena Němcová", "Tomáš Novák"]),
    ("windows-1250", ["Szűcs Gergő", "Erdős László", "Kőszegi Péter", "Dömötör Ágnes", "Gábor Tóth"]),
    ("windows-1250", ["Ştefan Ionescu", "Ionuţ Bărbulescu", "Mădălina Ţuţea"]),
    ("windows-1251", ["Иван Петров", "Анна Смирнова", "Сергей Кузнецов"]),
    ("windows-1251", ["ИВАН ПЕТРОВ", "АННА СМИРНОВА"]),  # noqa: RUF001
    ("windows-1253", ["Γιώργος Παπαδόπουλος", "Ελένη Νικολάου", "Δημήτρης"]),
    ("shift_jis", ["山田太郎", "高橋花子", "佐藤 健"]),
    ("gb18030", ["王小明", "李雷", "欧阳娜娜"]),
]


def detected(content: bytes) -> str:
    """Return the codec that is detected."""
    with_end = uploaded(content)
    try:
        return with_end.detected
    finally:
        with_end.close()


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


@pytest.mark.parametrize("language", IN_WINDOWS_1252)
@given(data=st.data())
def test_lists_in_windows_1252_are_never_asked_about(language: str, data: st.DataObject) -> None:
    names = IN_WINDOWS_1252[language]
    rows = data.draw(st.lists(st.sampled_from(names), min_size=1, max_size=20))
    assert question_of([(number, row.encode("cp1252")) for number, row in enumerate(rows, 2)], "cp1252") is None


@pytest.mark.parametrize("language", IN_WINDOWS_1252)
def test_a_list_in_windows_1252_is_read_as_it_stands(language: str) -> None:
    rows = "".join(f"x{at};{name.split(';')[0]}\n" for at, name in enumerate(IN_WINDOWS_1252[language]))
    checked = check(f"barcode;name\n{rows}".encode("cp1252"))
    read = [f"{row.guest.first_name} {row.guest.last_name}".strip() for row in checked.sample]
    assert read == [name.split(";")[0] for name in IN_WINDOWS_1252[language]]


@pytest.mark.parametrize(("name", "guests"), LISTS)
def test_lists_of_another_code_page_are_asked_about_and_the_detected_one_is_offered(
    name: str, guests: list[str]
) -> None:
    head = b"barcode;name\n"
    content = head + "".join(f"x{at};{guest}\n" for at, guest in enumerate(guests)).encode(CODE_PAGES[name])
    with pytest.raises(EncodingUnknown) as doubt:
        check(content)
    offered = [each.encoding for each in doubt.value.question.choices]
    assert name in offered
    assert {"windows-1252": "cp1252", "iso-8859-1": "latin-1"}[next(x for x in offered if x in WESTERN)] == detected(
        content
    )
    assert len(offered) <= 8


def test_one_odd_word_of_many_is_no_other_code_page() -> None:
    names = [*IN_WINDOWS_1252["German"], *IN_WINDOWS_1252["French"], "Jos³"]
    assert question_of([(number, name.encode("cp1252")) for number, name in enumerate(names)], "cp1252") is None


def test_the_example_is_the_part_of_a_row_around_the_doubtful_word() -> None:
    row = "EB-2026-0012345678;2026-11-29 20:30;ABCDEFGH1234567890;VIP Standing;Иван Петров"
    question = question_of([(2, row.encode("cp1251"))], "cp1252")
    assert question is not None
    shown = {each.encoding: each.means for each in question.choices}
    assert "Иван Петров" in shown["windows-1251"] and "Èâàí" in shown["windows-1252"]
    assert shown["windows-1251"].startswith("…") and max(map(len, shown.values())) <= 62


def test_code_pages_that_read_the_example_alike_are_both_offered_where_the_sample_differs() -> None:
    lines = [(2, "Łukasz Świątek".encode("cp1250")), (3, "Straßer".encode("cp1250")), (4, b"\xbcubo\x9a")]
    question = question_of(lines, "cp1252")
    assert question is not None
    shown = {each.encoding: each.means for each in question.choices}
    assert {"windows-1250", "windows-1252"} <= shown.keys()
    whole = b"\n".join(line for _, line in lines)
    texts = [whole.decode(CODE_PAGES[name], "replace") for name in shown]
    assert len(texts) == len({*texts})


def test_rows_that_end_as_a_macs_do_are_rows_of_their_own() -> None:
    content = "barcode;name\rx1;Ada\rx2;Łukasz Świątek\rx3;Żaneta Wójcik\r".encode("cp1250")
    with pytest.raises(EncodingUnknown) as doubt:
        check(content)
    assert doubt.value.question.row == 3
    assert "x2;Łukasz Świątek" in [each.means for each in doubt.value.question.choices]


def checked_with_kept(content: bytes, kept: str, said: str | None = None) -> str:
    """Return the code page by which a file is read, whose head came in another one before."""
    upload = uploaded(content)
    try:
        checker = Checker(upload, times(), nothing_taken, Choices(encoding=said), Choices(encoding=kept))
        return asyncio.run(checker.check()).table.encoding
    finally:
        upload.close()


@pytest.mark.parametrize(("name", "guests"), LISTS)
def test_a_kept_code_page_that_reads_worse_than_the_detected_one_is_asked_about_again(
    name: str, guests: list[str]
) -> None:
    again = b"barcode;name\n" + "".join(f"x{at};{each}\n" for at, each in enumerate(guests)).encode(CODE_PAGES[name])
    assert checked_with_kept(again, name).lower() == name
    french = "barcode;name\nx1;Hélène Lefèvre\nx2;François Côté\n".encode("cp1252")
    with pytest.raises(EncodingUnknown):
        checked_with_kept(french, name)
    assert checked_with_kept(french, name, "windows-1252") == "Windows-1252"


def test_every_check_of_a_file_that_is_not_in_unicode_offers_its_code_pages() -> None:
    western = check("barcode;name\nx1;Zoë Lefèvre\n".encode("cp1252")).table
    assert western.encoding == "Windows-1252" and western.code_pages is not None
    assert western.code_pages.choices[0].encoding == "windows-1252"
    assert western.code_pages.choices[0].means == "x1;Zoë Lefèvre"
    for encoding in ("utf-8", "utf-16", "ascii"):
        assert check("barcode;name\nx1;Ada\n".encode(encoding)).table.code_pages is None


@pytest.mark.parametrize("word", ["ø", "øa", "Àa", "ª", "’", "\x81", "é'"])  # noqa: RUF001
def test_long_words_take_time_by_their_length_alone(word: str) -> None:
    def seconds(length: int) -> float:
        row = (word * length)[:length].encode("latin-1", "replace")
        began = process_time()
        Sample([(1, row + b"\xe9")], "latin-1").doubt()
        return process_time() - began

    assert seconds(32_000) < 40 * max(seconds(4_000), 0.01)


def test_the_question_is_computed_beside_the_event_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[threading.Thread] = []
    doubt = Sample.doubt

    def noting(sample: Sample) -> EncodingQuestion | None:
        threads.append(threading.current_thread())
        return doubt(sample)

    monkeypatch.setattr(Sample, "doubt", noting)
    check("barcode;name\nx1;Zoë\n".encode("cp1252"))
    assert threads and threading.main_thread() not in threads


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
