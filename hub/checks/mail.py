"""Check of the mail server: reached, over TLS, and its login taken; no mail is sent."""

import smtplib
import ssl

from hub.checks.result import Check, fail, ok, warn
from hub.settings import Settings

NAME = "mail"
TIMEOUT_S = 5.0


def check_mail(settings: Settings) -> list[Check]:
    """Return whether the mail server would take a letter of ours."""
    if settings.smtp_host is None:
        return [warn(NAME, "mail-none")]
    server = f"{settings.smtp_host}:{settings.smtp_port}"
    try:
        _greet(settings, settings.smtp_host)
    except smtplib.SMTPAuthenticationError:
        return [fail(NAME, "mail-login", server=server)]
    except ssl.SSLError:
        return [fail(NAME, "mail-tls", server=server)]
    except smtplib.SMTPException:
        return [fail(NAME, "mail-security", server=server, security=settings.smtp_security)]
    except OSError:
        return [fail(NAME, "mail-away", server=server)]
    return [ok(NAME, "mail-taken", server=server, sender=settings.smtp_from or "")]


def _greet(settings: Settings, host: str) -> None:
    """Say hello, over TLS where it is asked for, log in, and say goodbye."""
    context = ssl.create_default_context()
    with (
        smtplib.SMTP_SSL(host, settings.smtp_port, timeout=TIMEOUT_S, context=context)
        if settings.smtp_security == "ssl"
        else smtplib.SMTP(host, settings.smtp_port, timeout=TIMEOUT_S)
    ) as server:
        if settings.smtp_security == "starttls":
            server.starttls(context=context)
        if settings.smtp_user is not None:
            server.login(settings.smtp_user, settings.smtp_password or "")
        server.noop()
