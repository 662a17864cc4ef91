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
        return [warn(NAME, "none is set up: guests get no tickets by mail; set HUB_SMTP_HOST and HUB_SMTP_FROM")]
    server = f"{settings.smtp_host}:{settings.smtp_port}"
    try:
        _greet(settings, settings.smtp_host)
    except smtplib.SMTPAuthenticationError:
        return [fail(NAME, f"{server} refuses the login: see to HUB_SMTP_USER and HUB_SMTP_PASSWORD")]
    except ssl.SSLError:
        return [fail(NAME, f"{server} speaks no TLS that can be trusted: see to HUB_SMTP_SECURITY and its port")]
    except smtplib.SMTPException:
        return [fail(NAME, f"{server} refuses to talk as HUB_SMTP_SECURITY={settings.smtp_security} asks")]
    except OSError:
        return [fail(NAME, f"{server} is not reached: see to HUB_SMTP_HOST, HUB_SMTP_PORT and the firewall")]
    return [ok(NAME, f"{server} takes mail from {settings.smtp_from}")]


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
