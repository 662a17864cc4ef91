"""The mail with a guest's tickets, as it is written."""

from datetime import UTC, datetime

import msgspec
import pytest

from hub.formats.organiser_contact import contact_links
from hub.language.catalogue import language
from hub.mail.letter import MOST_PICTURES, TicketsMail, write_mail
from hub.model.event import Contact
from tests.hub.mail.inbox import pictures_of, text_of, words_of

ENGLISH = language("en")
NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
LINK = "https://hub.example.org/t/5d?token=abc&x=1"
MAIL = TicketsMail(
    sender="tickets@example.org",
    organisation="The Old Mill",
    recipient="ada@example.org",
    event="Jazz & <Blues>",
    when="Thursday 24 December 2026, 20:30",
    venue="The Old Mill",
    link=LINK,
    count=1,
    pictures=[b"png"],
    language=ENGLISH,
)


def test_it_says_what_where_and_when_in_text_and_in_html() -> None:
    mail = write_mail(MAIL, NOW)
    assert mail["Subject"] == "Your ticket: Jazz & <Blues>"
    assert (mail["From"], mail["To"]) == ("The Old Mill <tickets@example.org>", "ada@example.org")
    html = mail.get_body(("html",))
    assert html is not None
    for text in (MAIL.when, MAIL.venue):
        assert text in text_of(mail) and text in html.get_content()
    assert LINK in text_of(mail) and "Jazz & <Blues>" in text_of(mail)
    assert "Jazz &amp; &lt;Blues&gt;" in html.get_content() and LINK.replace("&", "&amp;") in html.get_content()


def test_each_picture_is_inside_and_named_by_the_html_and_nothing_is_fetched() -> None:
    mail = write_mail(msgspec.structs.replace(MAIL, count=2, pictures=[b"one", b"two"]), NOW)
    html = mail.get_body(("html",))
    assert html is not None
    pictures = pictures_of(mail)
    assert sorted(pictures.values()) == [b"one", b"two"]
    assert all(f'src="cid:{cid}"' in html.get_content() for cid in pictures)
    assert 'src="http' not in html.get_content()
    assert "Your 2 tickets" in mail["Subject"]


def test_a_class_of_many_gets_some_pictures_and_the_link_to_all() -> None:
    mail = write_mail(msgspec.structs.replace(MAIL, count=40, pictures=[b"png"] * 12), NOW)
    assert len(pictures_of(mail)) == MOST_PICTURES
    assert "The others are behind the button" in words_of(mail)


def test_a_name_of_several_lines_makes_no_header_of_its_own() -> None:
    evil = msgspec.structs.replace(MAIL, event="Jazz\r\nBcc: all@example.org", organisation="Mill\nX: y")
    mail = write_mail(evil, NOW)
    assert mail["Bcc"] is None and mail["X"] is None


@pytest.mark.parametrize("address", ["", "ada", "ada@", "a b@example.org", "ada@example.org\nBcc: x@example.org"])
def test_what_is_no_address_gets_no_mail(address: str) -> None:
    with pytest.raises(ValueError):
        write_mail(msgspec.structs.replace(MAIL, recipient=address), NOW)


def test_the_seat_stands_by_its_code_and_the_contact_below() -> None:
    contact = contact_links(Contact(email="help@example.org", url="https://example.org/?a=1&b=2"), ENGLISH)
    seats = ["Block B, row 7, seat 12", ""]
    mail = write_mail(msgspec.structs.replace(MAIL, count=2, pictures=[b"a", b"b"], seats=seats, contact=contact), NOW)
    html = mail.get_body(("html",))
    assert html is not None
    assert "1 of 2: Block B, row 7, seat 12\n" in text_of(mail) and "2 of 2" not in text_of(mail)
    assert "E-mail: help@example.org\nWeb: https://example.org/?a=1&b=2\n" in text_of(mail)
    assert "Block B, row 7, seat 12" in html.get_content()
    assert 'href="https://example.org/?a=1&amp;b=2"' in html.get_content()
    plain = write_mail(MAIL, NOW)
    assert "organiser" not in text_of(plain)


def test_french_colons_between_a_label_and_what_it_names_have_their_narrow_space() -> None:
    french = language("fr")
    contact = contact_links(Contact(email="help@example.org"), french)
    fields = {"count": 2, "pictures": [b"a", b"b"], "seats": ["rang 7", "rang 8"], "contact": contact}
    mail = write_mail(msgspec.structs.replace(MAIL, language=french, **fields), NOW)
    html = mail.get_body(("html",))
    assert html is not None
    assert "E-mail\u202f: help@example.org\n" in text_of(mail) and "1 sur 2\u202f: rang 7\n" in text_of(mail)
    assert 'E-mail\u202f: <a href="mailto:help@example.org">help@example.org</a>' in html.get_content()


@pytest.mark.parametrize(
    ("tag", "subject", "link", "leave"),
    [
        ("fr", "Vos 2 billets\u202f: Jazz & <Blues>", "Ouvrir vos 2 billets", "avant de partir"),
        ("de", "Ihre 2 Tickets: Jazz & <Blues>", "Ihre 2 Tickets öffnen", "bevor Sie losgehen"),
        ("es", "Sus 2 entradas: Jazz & <Blues>", "Abrir sus 2 entradas", "antes de salir"),
    ],
)
def test_a_mail_is_in_one_language_from_its_subject_to_its_end(tag: str, subject: str, link: str, leave: str) -> None:
    mail = write_mail(msgspec.structs.replace(MAIL, count=2, pictures=[b"1", b"2"], language=language(tag)), NOW)
    html = mail.get_body(("html",))
    assert html is not None
    assert (mail["Subject"], mail["Content-Language"]) == (subject, tag)
    assert f'<html lang="{tag}" dir="ltr">' in html.get_content() and link in html.get_content()
    assert leave in html.get_content() and leave in text_of(mail)
    assert "ticket," not in text_of(mail) and "Your" not in html.get_content()
