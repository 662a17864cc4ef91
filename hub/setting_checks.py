"""Checks of single settings: what the text of one must be, and the error of a wrong one. Pure, but for packages."""

import importlib.util
import ipaddress
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import SplitResult, urlsplit

from cronsim import CronSim, CronSimError

from hub.formats.contact import is_address

OTLP_ENDPOINT = re.compile(
    r"https?://[A-Za-z0-9._-]+(:[0-9]{1,5})?(/[A-Za-z0-9._/-]*)?|https?://\[[0-9a-fA-F:.]+\](:[0-9]{1,5})?/?"
)
OTEL_PACKAGES = ("opentelemetry.sdk.trace", "opentelemetry.exporter.otlp.proto.http")


class SettingsError(Exception):
    """Error of a wrong setting. `setting` is its variable's name; the text is one line that a person can act on."""

    def __init__(self, setting: str, message: str) -> None:
        super().__init__(f"{setting}: {message}")
        self.setting = setting
        self.message = message


def variable(field: str) -> str:
    """Return the name of a setting's variable."""
    return f"HUB_{field.upper()}"


def split_url(setting: str, url: str) -> SplitResult:
    """Return the parts of a URL. Raises `SettingsError` where it has none, or a port that cannot be."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # the only part that is checked when it is read
    except ValueError as error:
        raise SettingsError(setting, str(error)) from error
    return parts


def is_loopback(host: str) -> bool:
    """Return whether a host, by name or address, is this machine itself."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def is_wildcard(host: str) -> bool:
    """Return whether a host stands for all addresses of a machine, so that no browser can open it."""
    return host in ("0.0.0.0", "::")


def check_security_contact(contact: str) -> None:
    """Raise `SettingsError` for what is neither a mail address nor a secure page; "" is no contact."""
    is_page = re.fullmatch(r"https://[!-~]+", contact) is not None
    if contact and not is_page and not is_address(contact):
        raise SettingsError("HUB_SECURITY_CONTACT", "must be a mail address, or a page that begins with https://")


def check_traces(endpoint: str | None) -> None:
    """Raise `SettingsError` for a collector that has no address, or whose packages are not installed."""
    if endpoint is None:
        return
    if not OTLP_ENDPOINT.fullmatch(endpoint):
        raise SettingsError("HUB_OTLP_ENDPOINT", "must be like http://127.0.0.1:4318")
    if not all(map(_is_installed, OTEL_PACKAGES)):
        raise SettingsError("HUB_OTLP_ENDPOINT", "traces need packages of their own: pip install 'scan-hub[otel]'")


def _is_installed(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def check_proxies(proxies: Sequence[str]) -> None:
    """Raise `SettingsError` for the first that is no address and no network."""
    for proxy in proxies:
        try:
            ipaddress.ip_network(proxy)
        except ValueError as error:
            raise SettingsError("HUB_TRUSTED_PROXIES", str(error)) from error


def check_origins(origins: Sequence[str]) -> None:
    """Raise `SettingsError` for the first that is no origin, an app's on a phone included."""
    for origin in origins:
        if not re.fullmatch(r"[a-z][a-z0-9+.-]*://[^/?#@\s]+", origin):
            raise SettingsError("HUB_ALLOWED_ORIGINS", f"{origin} is not an origin like https://app.example.org")


def is_of_a_hub(origin: str) -> bool:
    """Return whether an origin may be a hub's or a relay's: by https, or on this machine, where one is tried by http.

    An app's on the phone itself, `https://localhost`, has no port.
    """
    parts = urlsplit(origin)
    if parts.scheme == "https":
        return origin != "https://localhost"
    has_port = parts.netloc.rpartition(":")[2].isdigit()
    return parts.scheme == "http" and has_port and is_loopback(parts.hostname or "")


def check_cron(field: str, text: str) -> None:
    """Raise `SettingsError` for a text that is no crontab's."""
    try:
        CronSim(text, datetime.now(UTC))
    except CronSimError as error:
        raise SettingsError(variable(field), f"{text!r} is no crontab text: {error}") from error
