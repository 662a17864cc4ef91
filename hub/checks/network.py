"""Checks of the way to the hub: its base URL, the certificate's end, and WebSocket upgrades through the proxy."""

import base64
import http.client
import json
import secrets
import socket
import ssl
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import structlog

from hub.checks.result import Check, fail, ok, warn
from hub.settings import Settings
from hub.version import VERSION

TIMEOUT_S = 5.0
LONGEST_REASON = 200
RENEW_BEFORE = timedelta(days=21)
"""Certificates of 90 days are renewed with 30 left: one with less than 21 was not."""
NAME, CERTIFICATE, UPGRADE = "base URL", "certificate", "live connection"
log = structlog.get_logger(__name__)


class BadStatus(Exception):
    """Error of an answer that a proxy gives in place of a hub that does not answer it, such as 502."""


def check_network(settings: Settings, now: datetime) -> list[Check]:
    """Return how the hub is reached under its base URL, as a phone would."""
    if settings.is_for_this_machine:
        return [warn(NAME, "url-local", url=settings.base_url)]
    try:
        version = _version(settings.base_url)
    except ssl.SSLCertVerificationError as error:
        return [about_distrust(error, _host(settings.base_url))]
    except socket.gaierror:
        return [fail(NAME, "url-no-address", host=_host(settings.base_url))]
    except (OSError, http.client.HTTPException) as error:
        return [about_silence(error, settings.base_url)]
    except BadStatus as error:
        return [fail(NAME, "url-status", url=settings.base_url, status=str(error))]
    except ValueError:
        return [fail(NAME, "url-other-server", url=settings.base_url)]
    return [_about_version(settings.base_url, version), *check_certificate(settings, now), _upgrade(settings.base_url)]


def _about_version(base_url: str, version: str) -> Check:
    if version == VERSION:
        return ok(NAME, "url-answers", url=base_url, version=version)
    return warn(NAME, "url-other-version", url=base_url, version=version, own=VERSION)


def _version(base_url: str) -> str:
    """Return the version that answers. Raises `ValueError` where no hub does, `BadStatus` where it is not healthy."""
    status, body = _get(base_url, "/healthz", {})
    if status >= http.client.INTERNAL_SERVER_ERROR:
        raise BadStatus(status)
    try:
        return str(json.loads(body)["version"])
    except (KeyError, TypeError):
        raise ValueError("no hub") from None


def _upgrade(base_url: str) -> Check:
    key = base64.b64encode(secrets.token_bytes(16)).decode()
    asked = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": key,
        "Sec-WebSocket-Protocol": "scanhub.v1",
    }
    try:
        status, _ = _get(base_url, "/live", asked)
    except (OSError, http.client.HTTPException) as error:
        log.warning("upgrade lost", error=_in_a_line(error))
        return fail(UPGRADE, "upgrade-lost")
    if status != http.client.SWITCHING_PROTOCOLS:
        return fail(UPGRADE, "upgrade-refused", status=str(status))
    return ok(UPGRADE, "upgrade-through")


def _get(base_url: str, path: str, headers: Mapping[str, str]) -> tuple[int, bytes]:
    connection = _connection(base_url)
    try:
        connection.request("GET", path, headers=dict(headers))
        answer = connection.getresponse()
        is_upgraded = answer.status == http.client.SWITCHING_PROTOCOLS
        return answer.status, b"" if is_upgraded else answer.read(65_536)
    finally:
        connection.close()


def _connection(base_url: str) -> http.client.HTTPConnection:
    url = urlsplit(base_url)
    assert url.hostname is not None
    if url.scheme == "https":
        return http.client.HTTPSConnection(url.hostname, url.port, timeout=TIMEOUT_S)
    return http.client.HTTPConnection(url.hostname, url.port, timeout=TIMEOUT_S)


def check_certificate(settings: Settings, now: datetime) -> list[Check]:
    """Return how the certificate stands that phones are shown; nothing where none reaches the hub, or without TLS."""
    url = urlsplit(settings.base_url)
    if url.scheme != "https" or url.hostname is None or settings.is_for_this_machine:
        return []
    context = ssl.create_default_context()
    try:
        with socket.create_connection((url.hostname, url.port or 443), TIMEOUT_S) as plain:
            with context.wrap_socket(plain, server_hostname=url.hostname) as shown:
                ends = str((shown.getpeercert() or {})["notAfter"])
    except ssl.SSLCertVerificationError as error:
        return [about_distrust(error, url.hostname)]
    except OSError:
        return [warn(CERTIFICATE, "certificate-unseen", url=settings.base_url)]
    return [about_end(datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC), now)]


def about_distrust(error: ssl.SSLCertVerificationError, host: str) -> Check:
    """Return why phones do not trust a certificate, by OpenSSL's code of it (`X509_V_ERR_...`)."""
    log.warning("certificate not trusted", error=_in_a_line(error))
    match error.verify_code:
        case 9:
            return fail(CERTIFICATE, "certificate-early")
        case 10:
            return fail(CERTIFICATE, "certificate-ended")
        case 18:
            return fail(CERTIFICATE, "certificate-own")
        case 19 | 20 | 21:
            return fail(CERTIFICATE, "certificate-chain")
        case 62 | 64:
            return fail(CERTIFICATE, "certificate-other-name", host=host)
        case _:
            return fail(CERTIFICATE, "certificate-untrusted")


def about_silence(error: Exception, base_url: str) -> Check:
    """Return why nothing answers under a base URL, as far as the error shows it."""
    log.warning("base URL silent", error=_in_a_line(error))
    match error:
        case TimeoutError():
            return fail(NAME, "url-late", url=base_url, seconds=round(TIMEOUT_S))
        case ConnectionRefusedError():
            return fail(NAME, "url-closed", url=base_url)
        case ssl.SSLError():
            return fail(NAME, "url-no-tls", url=base_url)
        case _:
            return fail(NAME, "url-silent", url=base_url)


def about_end(ends_at: datetime, now: datetime) -> Check:
    """Return how long a certificate still holds."""
    until, days = f"{ends_at:%Y-%m-%d}", (ends_at - now).days
    if ends_at - now >= RENEW_BEFORE:
        return ok(CERTIFICATE, "certificate-holds", date=until, days=days)
    return warn(CERTIFICATE, "certificate-late", date=until, days=days)


def _host(base_url: str) -> str:
    return urlsplit(base_url).hostname or base_url


def _in_a_line(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())[:LONGEST_REASON]}"
