"""SMTP client (RFC 5321): hands messages to the mail server of the settings, in threads of its own."""

import asyncio
import smtplib
import socket
import ssl
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage

import structlog

from hub.outbox.consumer import DeliveryFailed
from hub.settings import Settings

TIMEOUT_S = 20.0
log = structlog.get_logger(__name__)
AT_ONCE = 2
PERMANENT = 500
"""SMTP replies from 500 on are permanent failures; those below are transient."""


class Post:
    """SMTP client, one connection for each message. `stop` after use."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._executor = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="post")

    async def stop(self) -> None:
        """Wait for messages in progress, within seconds: the client has a timeout."""
        await asyncio.to_thread(self._executor.shutdown)

    async def send(self, message: EmailMessage) -> None:
        """Send a message. Raises `DeliveryFailed` in our own words: a server's reply may hold the address."""
        try:
            await asyncio.get_running_loop().run_in_executor(self._executor, self._send, message)
        except smtplib.SMTPRecipientsRefused as refused:
            codes = [code for code, _ in refused.recipients.values()]
            raise _failure("the address was refused", min(codes, default=0), is_final=True) from None
        except smtplib.SMTPAuthenticationError as refused:
            raise _failure("the login was refused", refused.smtp_code) from None
        except smtplib.SMTPResponseException as refused:
            raise _failure("the server refused", refused.smtp_code) from None
        except (smtplib.SMTPException, OSError) as error:
            log.info("mail server not reached", error=type(error).__name__)
            raise _unreached(error) from None

    def _send(self, message: EmailMessage) -> None:
        settings = self._settings
        assert settings.smtp_host is not None
        with self._connect(settings.smtp_host, settings.smtp_port) as server:
            if settings.smtp_security == "starttls":
                server.starttls(context=ssl.create_default_context())
            if settings.smtp_user is not None:
                server.login(settings.smtp_user, settings.smtp_password or "")
            server.send_message(message)

    def _connect(self, host: str, port: int) -> smtplib.SMTP:
        if self._settings.smtp_security == "ssl":
            return smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_S, context=ssl.create_default_context())
        return smtplib.SMTP(host, port, timeout=TIMEOUT_S)


def _unreached(error: Exception) -> DeliveryFailed:
    match error:
        case TimeoutError():
            return DeliveryFailed("timeout")
        case ssl.SSLError():
            return DeliveryFailed("no trusted certificate")
        case socket.gaierror():
            return DeliveryFailed("the name is not known")
        case smtplib.SMTPServerDisconnected():
            return DeliveryFailed("the connection broke")
        case _:
            return DeliveryFailed("the server was not reached")


def _failure(reason: str, code: int, *, is_final: bool = False) -> DeliveryFailed:
    return DeliveryFailed(reason, status=code, permanent=is_final and code >= PERMANENT)
