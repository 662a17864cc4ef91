"""Check of the certificates that wallet passes are signed with."""

from datetime import datetime

from hub.checks.result import Check, fail, ok, warn
from hub.settings import Settings
from hub.wallet.apple.certificates import CertificateError, is_configured, load_credentials, status_of

NAME = "wallet passes"


def check_passes(settings: Settings, now: datetime) -> list[Check]:
    """Return whether phones take the passes; no certificate at all is a choice."""
    if not is_configured(settings):
        return [ok(NAME, "passes-none")]
    try:
        credentials = load_credentials(settings)
    except CertificateError as error:
        return [fail(NAME, error.code, **error.values)]
    state, until = status_of(credentials, now).state, f"{credentials.ends_at:%Y-%m-%d}"
    if state == "ready":
        return [ok(NAME, "passes-ready", date=until)]
    if state == "expiring":
        return [warn(NAME, "passes-expiring", date=until)]
    if now < credentials.begins_at:
        return [fail(NAME, "passes-early", date=f"{credentials.begins_at:%Y-%m-%d}")]
    return [fail(NAME, "passes-expired", date=until)]
