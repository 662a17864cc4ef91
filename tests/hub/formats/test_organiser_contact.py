import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.formats.organiser_contact import contact_links, contact_problems, kept_contact
from hub.language.catalogue import language
from hub.model.event import Contact


@pytest.mark.parametrize(
    "contact",
    [
        Contact(),
        Contact(email="", phone="", url=""),
        Contact(email="help@example.org"),
        Contact(phone="112-4"),
        Contact(phone="+33 (1) 23.45/67-89"),
        Contact(url="https://example.org"),
        Contact(url="HTTP://example.org:8080/hülfe?a=1&b=2#c"),
        Contact(url="https://[::1]/help"),
    ],
)
def test_what_people_write_is_taken(contact: Contact) -> None:
    assert list(contact_problems(contact)) == []


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("email", "help"),
        ("email", "a b@example.org"),
        ("email", "help@example.org\nBcc: x@example.org"),
        ("email", "?body=x@example.org"[::-1]),
        ("email", "a" * 250 + "@example.org"),
        ("phone", "call us"),
        ("phone", "+"),
        ("phone", "1;ext=2"),
        ("phone", "1" * 41),
        ("phone", "\uff11\uff12\uff13\uff14\uff15"),
        ("url", "example.org"),
        ("url", "javascript:alert(1)"),
        ("url", "data:text/html,x"),
        ("url", "https://"),
        ("url", "https://user:pass@example.org"),
        ("url", "https://example.org/a b"),
        ("url", 'https://example.org/"onclick='),
        ("url", "https://example.org:port"),
        ("url", "https://[x"),
        ("url", "https://example.org/" + "a" * 300),
    ],
)
def test_what_no_phone_opens_is_refused_by_its_field(field: str, text: str) -> None:
    assert [name for name, _ in contact_problems(Contact(**{field: text}))] == [field]


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_a_link_is_of_a_harmless_kind_whatever_was_written(email: str, phone: str, url: str) -> None:
    contact = Contact(email=email, phone=phone, url=url)
    if list(contact_problems(contact)):
        return
    for link in contact_links(kept_contact(contact), language("en")):
        assert link.href.lower().startswith(("mailto:", "tel:", "http://", "https://"))
        assert not set(link.href) & set(' \n\r"<>')


def test_a_contact_of_empty_texts_is_none() -> None:
    assert kept_contact(Contact(email="", phone="")) is None
    assert kept_contact(None) is None
    assert kept_contact(Contact(email="", phone="12345")) == Contact(phone="12345")
    assert contact_links(None, language("en")) == []


def test_a_link_as_a_line_has_the_colon_of_its_language() -> None:
    contact = kept_contact(Contact(email="a@example.org"))
    lines = {tag: contact_links(contact, language(tag))[0].line(language(tag)) for tag in ("en", "fr")}
    assert lines == {"en": "E-mail: a@example.org", "fr": "E-mail\u202f: a@example.org"}
