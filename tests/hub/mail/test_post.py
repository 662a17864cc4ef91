"""Handing mail to a server: TLS and login, and refusals told in words of ours."""

import asyncio
import ssl
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from hub.mail.post import Post
from hub.outbox.consumer import DeliveryFailed
from hub.settings import Settings
from tests.hub.mail.inbox import Inbox
from tests.hub.mail.tls import make_certificate


def a_mail(to: str = "ada@example.org") -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "tickets@example.org", to, "Your ticket"
    mail.set_content("Here")
    return mail


async def hand_over(inbox: Inbox, mail: EmailMessage, **settings: Any) -> None:
    own: dict[str, Any] = {"smtp_host": "localhost", "smtp_port": inbox.port, "smtp_security": "none"}
    post = Post(Settings(**(own | settings)))
    try:
        await post.send(mail)
    finally:
        await post.stop()


async def with_inbox(inbox: Inbox, *args: Any, **settings: Any) -> None:
    await inbox.start()
    try:
        await hand_over(inbox, *args, **settings)
    finally:
        await inbox.stop()


@pytest.fixture
def tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A server's certificate for `localhost`, which this process trusts."""
    certificate, key = make_certificate("localhost", datetime.now(UTC))
    pem, key_pem = tmp_path / "cert.pem", tmp_path / "key.pem"
    pem.write_bytes(certificate.public_bytes(Encoding.PEM))
    key_pem.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, key_pem)
    return context


def test_mail_goes_over_tls_with_a_login(tls: ssl.SSLContext) -> None:
    inbox = Inbox(tls=tls, login=("hub", "secret"))
    login = {"smtp_security": "starttls", "smtp_user": "hub", "smtp_password": "secret"}
    asyncio.run(with_inbox(inbox, a_mail(), **login))
    assert inbox.recipients == ["ada@example.org"]


def test_mail_goes_over_tls_from_the_first_byte_with_a_login(tls: ssl.SSLContext) -> None:
    inbox = Inbox(tls=tls, login=("hub", "secret"), is_tls_from_the_first_byte=True)
    login = {"smtp_security": "ssl", "smtp_user": "hub", "smtp_password": "secret"}
    asyncio.run(with_inbox(inbox, a_mail(), **login))
    assert (inbox.recipients, inbox.logins) == (["ada@example.org"], 1)


def test_server_of_tls_that_nobody_vouches_for_gets_no_password_either(
    tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    inbox = Inbox(tls=tls, login=("hub", "secret"), is_tls_from_the_first_byte=True)
    login = {"smtp_security": "ssl", "smtp_user": "hub", "smtp_password": "secret"}
    with pytest.raises(DeliveryFailed, match="no trusted certificate"):
        asyncio.run(with_inbox(inbox, a_mail(), **login))
    assert (inbox.tries, inbox.logins) == (0, 0)


def test_wrong_login_is_told_and_may_be_mended(tls: ssl.SSLContext) -> None:
    inbox = Inbox(tls=tls, login=("hub", "secret"))
    login = {"smtp_security": "starttls", "smtp_user": "hub", "smtp_password": "wrong"}
    with pytest.raises(DeliveryFailed) as refused:
        asyncio.run(with_inbox(inbox, a_mail(), **login))
    assert (refused.value.reason, refused.value.permanent) == ("the login was refused", False)


def test_server_that_nobody_vouches_for_gets_no_mail_and_no_password(
    tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    inbox = Inbox(tls=tls, login=("hub", "secret"))
    login = {"smtp_security": "starttls", "smtp_user": "hub", "smtp_password": "secret"}
    with pytest.raises(DeliveryFailed, match="no trusted certificate"):
        asyncio.run(with_inbox(inbox, a_mail(), **login))
    assert inbox.tries == 0


@pytest.mark.parametrize(("answer", "is_hopeless"), [("550 no such ada@example.org", True), ("451 later", False)])
def test_refused_address_is_given_up_only_where_it_is_refused_for_good(answer: str, is_hopeless: bool) -> None:
    inbox = Inbox()
    inbox.answers["ada@example.org"] = answer
    with pytest.raises(DeliveryFailed) as refused:
        asyncio.run(with_inbox(inbox, a_mail()))
    assert (refused.value.permanent, refused.value.status) == (is_hopeless, int(answer[:3]))
    assert "@" not in refused.value.reason


def test_server_that_is_away_is_tried_again() -> None:
    with pytest.raises(DeliveryFailed) as refused:
        asyncio.run(hand_over(Inbox(), a_mail(), smtp_port=1))
    assert refused.value.reason == "the server was not reached"
    assert not refused.value.permanent
