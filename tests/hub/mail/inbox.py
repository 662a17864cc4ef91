"""Mail server on loopback for tests: real SMTP, and a box of the mails it took."""

import asyncio
import ssl
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session


class Inbox:
    """Takes mail, as aiosmtpd asks it to. `answers` holds what it says to an address instead of taking it."""

    def __init__(
        self,
        *,
        tls: ssl.SSLContext | None = None,
        login: tuple[str, str] | None = None,
        is_tls_from_the_first_byte: bool = False,
    ) -> None:
        self.mails: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.answers: dict[str, str] = {}
        self.tries = 0
        self.logins = 0
        self.port = 0
        self._tls = tls
        self._first = tls if is_tls_from_the_first_byte else None
        self._login = login
        self._server: asyncio.Server | None = None

    @property
    def settings(self) -> dict[str, Any]:
        """Settings of a hub that sends its mail here, in the clear."""
        own = {"smtp_host": "127.0.0.1", "smtp_port": self.port}
        return {**own, "smtp_security": "none", "smtp_from": "t@example.org"}

    async def start(self) -> None:
        """Listen on a free port."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._talk, "127.0.0.1", 0, ssl=self._first)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Listen no more."""
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    def _talk(self) -> SMTP:
        if self._first is not None:  # aiosmtpd does not know of it, and would wait for STARTTLS before a login
            return SMTP(self, authenticator=self._check, auth_require_tls=False)
        needs: dict[str, Any] = {"auth_required": True, "authenticator": self._check} if self._login else {}
        return SMTP(self, tls_context=self._tls, require_starttls=self._tls is not None, enable_SMTPUTF8=True, **needs)

    def _check(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        is_known = (data.login.decode(), data.password.decode()) == self._login
        self.logins += is_known
        return AuthResult(handled=False, success=is_known)

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any) -> str:
        """Take an address, or not."""
        self.tries += 1
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Take a mail."""
        content = envelope.content
        assert isinstance(content, bytes)
        mail = message_from_bytes(content, policy=default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        self.recipients += envelope.rcpt_tos
        return "250 OK"


def text_of(mail: EmailMessage) -> str:
    """Return the plain text of a mail."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def words_of(mail: EmailMessage) -> str:
    """Return all that a mail says: its headers and the decoded text of its parts, without the bytes of its pictures."""
    texts = [str(part.get_content()) for part in mail.walk() if part.get_content_maintype() == "text"]
    return "\n".join([*(f"{name}: {value}" for part in mail.walk() for name, value in part.items()), *texts])


def pictures_of(mail: EmailMessage) -> dict[str, bytes]:
    """Return the pictures in a mail, by the ids that its HTML names them by."""
    pictures = [part for part in mail.walk() if part.get_content_type() == "image/png"]
    return {part["Content-ID"].strip("<>"): part.get_content() for part in pictures}
