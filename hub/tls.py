"""TLS certificate of the port: read anew when its files change, without a restart, and warned of before it ends."""

import ssl
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

import structlog
from cryptography import x509

from hub.file_versions import versions_of
from hub.settings import Settings

log = structlog.get_logger(__name__)

WARNED_BEFORE = timedelta(days=14)
"""Time before its end from which a certificate is warned of: those who renew by themselves have done so before."""

CertificateState = Literal["ready", "expiring", "ended"]


class UnusableCertificate(Exception):
    """Error of a certificate and key that TLS cannot use; the text is one line for a person."""


class TlsCertificate:
    """TLS certificate of a port, with the `context` that serves it.

    Raises `UnusableCertificate` where its files cannot be used.
    """

    def __init__(self, certificate: Path, key: Path, now: Callable[[], datetime]) -> None:
        self._files = certificate, key
        self._now = now
        self.context = _new_context()
        self._versions = versions_of(self._files)
        self.ends_at = _load(self.context, *self._files)
        self._known_state = self.state

    @property
    def state(self) -> CertificateState:
        """State at this moment: `expiring` within `WARNED_BEFORE` of its end."""
        left = self.ends_at - self._now()
        return "ended" if left <= timedelta() else "expiring" if left <= WARNED_BEFORE else "ready"

    def warn(self) -> None:
        """Log its end where that is near, or has come."""
        if self.state == "ended":
            log.warning("the TLS certificate has ended: browsers refuse the hub", ended_at=str(self.ends_at))
        elif self.state == "expiring":
            log.warning("the TLS certificate ends soon", ends_at=str(self.ends_at))

    async def look(self) -> None:
        """Read the files anew where they changed; connections from then on get the new certificate."""
        if (versions := versions_of(self._files)) != self._versions:
            self._versions = versions
            self._read_anew()
        if self.state != self._known_state:
            self._known_state = self.state
            self.warn()

    def _read_anew(self) -> None:
        """Load the files, first into a context that serves nobody: one that fails would be left with half of them."""
        try:
            _load(_new_context(), *self._files)
            self.ends_at = _load(self.context, *self._files)
        except UnusableCertificate as error:
            log.warning("the new TLS certificate cannot be used; the one before serves on", reason=str(error))
        else:
            log.info("the TLS certificate was read anew", ends_at=str(self.ends_at))


def certificate_of(settings: Settings, now: Callable[[], datetime]) -> TlsCertificate | None:
    """Return the certificate that settings name, None without one. Raises `UnusableCertificate`."""
    if settings.tls_cert is None or settings.tls_key is None:
        return None
    return TlsCertificate(settings.tls_cert, settings.tls_key, now)


def _new_context() -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.options |= ssl.OP_NO_RENEGOTIATION  # each would cost a handshake that no limit counts
    return context


def _load(context: ssl.SSLContext, certificate: Path, key: Path) -> datetime:
    """Load the chain into a context, and return its end."""
    try:
        leaf = x509.load_pem_x509_certificates(certificate.read_bytes())[0]
        context.load_cert_chain(certificate, key, password="")  # else a sealed key is asked for at the terminal
    except (OSError, ValueError) as error:  # errors of TLS are OSErrors, too
        reason = getattr(error, "reason", None) or getattr(error, "strerror", None) or "not PEM"
        raise UnusableCertificate(f"{certificate}, {key}: {reason}") from error
    return leaf.not_valid_after_utc
