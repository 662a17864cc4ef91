"""Check of the certificates that wallet passes are signed with."""

from datetime import datetime

from hub.checks.result import Check, fail, ok, warn
from hub.settings import Settings
from hub.wallet.apple.certificates import CertificateError, is_configured, load_credentials, status_of

NAME = "wallet passes"


def check_passes(settings: Settings, now: datetime) -> list[Check]:
    """Return whether phones take the passes; no certificate at all is a choice."""
    if not is_configured(settings):
        return [ok(NAME, "no certificate of Apple's is set up: tickets are pages and QRs")]
    try:
        status = status_of(load_credentials(settings), now)
    except CertificateError as error:
        return [fail(NAME, str(error))]
    level = {"ready": ok, "expiring": warn}.get(status.state, fail)
    return [level(NAME, status.detail)]
