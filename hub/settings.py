"""Settings: every setting and limit, read once and typed; a wrong one stops the start. Only reader of the environment.

Each field is set by the variable `HUB_<FIELD>` (`HUB_PORT`); the main ones are options of `run.py serve` too, and an
option wins over its variable. An empty variable counts as not set. Lists are separated by commas.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, get_args
from urllib.parse import urlsplit

import msgspec

from hub.formats.contact import is_address
from hub.formats.origin import browser_origin
from hub.language.catalogue import ONE_OF_THE_LANGUAGES, tags
from hub.live_limits import Count, LiveLimits, Positive
from hub.secrets import LONGEST_KEY, SHORTEST_KEY, key_prefix
from hub.setting_checks import (
    SettingsError,
    check_cron,
    check_origins,
    check_proxies,
    check_security_contact,
    check_traces,
    is_loopback,
    is_of_a_hub,
    is_wildcard,
    split_url,
    variable,
)

LogForm = Literal["text", "json"]
Port = Annotated[int, msgspec.Meta(ge=1, le=65535)]

_CONFIDENTIAL = frozenset(
    {
        "smtp_password",
        "mongodb_uri",
        "secret",
        "other_secrets",
        "admin_key",
        "admin_password",
        "upstream_key",
        "wallet_key_password",
    }
)
SHORTEST_SECRET = 16
ROLES = ("owner", "organiser", "viewer", "staff")


def _option(description: str, **bounds: Any) -> msgspec.Meta:
    """Return the mark of a setting that is an option of `run.py serve` too, with its help text."""
    return msgspec.Meta(description=description, extra={"is_option": True}, **bounds)


class Option(NamedTuple):
    """Command line option of `run.py serve` for a setting: `field` is its name here."""

    field: str
    description: str
    default: str
    is_flag: bool


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """The hub's settings. `Settings.load` reads and checks them; made by hand (in tests) they are taken as they are."""

    host: Annotated[str, _option("Address to listen on.")] = "127.0.0.1"
    port: Annotated[int, _option("Port to listen on.", ge=1, le=65535)] = 8888
    data: Annotated[Path, _option("Folder of the embedded database and of made secrets.")] = Path("data")
    mongodb_uri: Annotated[str | None, _option("A replica set of your own, in place of the embedded one.")] = None
    """None until the embedded database runs; `hub/process/supervisor.py` fills it in."""
    database: Annotated[str, _option("Name of the database.", pattern=r"^[A-Za-z0-9_-]{1,38}$")] = "scanhub"
    processes: Annotated[int, _option("Workers that share the port.", ge=1, le=64)] = 1
    base_url: Annotated[str, _option("What phones and links use, as https://hub.example.org.")] = ""
    """What phones and links use, without a slash at the end; by default what `host`, `port` and TLS make of it."""
    organisation: Annotated[str, _option("The name that phones show.")] = "Scan Hub"
    security_contact: str = ""
    """Mail address or https page for reports of security holes, shown in `/.well-known/security.txt`."""
    language: Annotated[str, _option("Language of guests whose own is not known.")] = "en"
    second_factor_roles: Annotated[tuple[str, ...], _option("Roles whose logins need a second factor, by commas.")] = ()
    """Of `ROLES`: a login of theirs without one may nothing but set it up."""
    log: Annotated[LogForm, _option("Form of the log lines: text or json.")] = "text"
    access_log: Annotated[bool, _option("Log every request; slow and failed ones are always logged.")] = False
    slow_request_s: Positive = 1.0
    """Requests that take longer are logged as slow."""
    otlp_endpoint: str | None = None
    """Collector of OpenTelemetry that traces are sent to, by OTLP over HTTP; None: none are made."""
    scan_fast_path: bool = True
    """Whether plain scans are answered without Tornado's parser and a handler (`handlers/fast_path/`)."""
    direct_write: bool = True
    """Whether writes go to the socket where nothing is queued before them (`handlers/http/direct_write.py`)."""
    lean_sockets: bool = True
    """Whether sockets are read and written without the handler that opened them (`handlers/live/socket.py`)."""
    connections_total: Count = 10_000
    """Connections of a process that are no WebSockets; beyond them a new one takes the place of one that is idle."""
    requests_per_address_per_s: Positive = 250
    """Requests that all of one address who show no good key may make of a process; more wait for their turn."""
    demo: Annotated[bool, _option("Fill an empty hub with an event tonight.")] = False
    upstream: str = ""
    """Of a relay: the address of its hub. Empty: this is a hub."""
    upstream_key: str | None = None
    """Of a relay: its key at the hub, with the scope `relay`."""
    relay_name: str = "Relay"
    secret: str = ""
    """Empty until `hub/process/supervisor.py` has taken it from the data folder."""
    other_secrets: tuple[str, ...] = ()
    """Further secrets that are in force, or will be, while one takes the place of another."""
    admin_key: str | None = None
    admin_password: str | None = None
    tls_cert: Annotated[Path | None, _option("Certificate chain (PEM).")] = None
    tls_key: Annotated[Path | None, _option("Its private key (PEM).")] = None
    trusted_proxies: Annotated[tuple[str, ...], _option("Proxies whose headers are believed, by commas.")] = ()
    allowed_origins: Annotated[tuple[str, ...], _option("Origins that browsers may call from, by commas.")] = (
        "http://localhost",
        "https://localhost",
        "capacitor://localhost",
    )

    live: LiveLimits = LiveLimits()
    """Limits of the live protocol (docs/live-protocol.md), each set by a variable of its own, like `HUB_PING_S`."""
    silent_after_s: Positive = 60

    # Alerts (docs/booking-api.md)
    low_battery_percent: Annotated[int, msgspec.Meta(ge=1, le=100)] = 15
    queue_alert_scans: Count = 10
    stalled_after_s: Positive = 180
    stalled_other_scans: Count = 5
    """A door stands still only while the others scan so many in that time."""
    limit_near_percent: Annotated[int, msgspec.Meta(ge=10, le=100)] = 90

    # Requests
    body_limit_bytes: Count = 65_536
    import_limit_bytes: Count = 64 * 1024 * 1024
    anonymous_bookings_per_min: Count = 20
    failed_pairings_per_min: Count = 60
    bad_keys_per_min: Count = 120
    failed_logins_per_address_per_min: Count = 20
    failed_logins_per_account_per_min: Count = 10
    """From one address, or from one browser that has logged in before."""
    failed_logins_from_everywhere_per_min: Count = 30
    """For one account: beyond it, tries of unknown browsers wait for seconds, and none is refused."""
    failed_codes_per_account_per_h: Count = 20
    """Of a second factor, after the right password."""
    passkey_requests_per_min: Count = 60
    """From one address."""
    password_links_per_address_per_h: Count = 3
    """For a forgotten password; a further request is answered alike, and mails nothing."""
    password_links_per_client_per_h: Count = 20
    feedback_per_min: Count = 10
    guest_changes_per_min: Count = 10
    """Changes of one ticket by its holder."""
    manual_check_ins_per_min: Count = 30
    unknown_barcodes_per_min: Count = 60
    wallet_logs_per_min: Count = 60

    # What leaves the hub by itself (docs/architecture.md, the outbox)
    give_up_after_h: Positive = 24
    webhooks_to_private: bool = False
    """Whether webhooks may reach loopback, private and link-local addresses."""
    webhooks_per_s: Positive = 50
    deliveries_days: Positive = 30
    """How long what was delivered or set aside is kept on record."""

    # Passes (docs/wallet.md)
    wallet_cert: Path | None = None
    wallet_key: Path | None = None
    wallet_key_password: str | None = None
    wallet_wwdr: Path | None = None
    push_url: str = "https://api.push.apple.com"
    pushes_per_s: Positive = 50
    google_account: Path | None = None
    google_issuer: str = ""
    google_api_url: str = "https://walletobjects.googleapis.com"
    google_token_url: str = ""
    """Where access is asked for; by default where the account's file says."""

    # Mail to guests (docs/operating.md)
    smtp_host: str | None = None
    """None: no mail is sent."""
    smtp_port: Port = 587
    smtp_security: Literal["starttls", "ssl", "none"] = "starttls"
    smtp_user: str | None = None
    smtp_password: str | None = None
    smtp_from: str | None = None
    mails_per_recipient_per_h: Count = 6
    """How many mails one address gets for bookings made without a key: anybody may book with anybody's."""

    # Scheduled jobs (docs/booking-api.md)
    expire_after_h: Positive = 8
    expire_cron: str = "*/5 * * * *"
    delete_cron: str = "*/10 * * * *"
    alerts_cron: str = "*/10 * * * * *"
    """With seconds."""

    def __post_init__(self) -> None:
        address = f"[{self.host}]" if ":" in self.host else self.host
        derived = f"{'https' if self.tls_cert else 'http'}://{address}:{self.port}"
        msgspec.structs.force_setattr(self, "base_url", self.base_url.rstrip("/") or derived)
        if self.upstream and self.upstream not in self.allowed_origins:  # a phone goes between a relay and its hub
            msgspec.structs.force_setattr(self, "allowed_origins", (*self.allowed_origins, self.upstream))

    @property
    def scanner_origins(self) -> tuple[str, ...]:
        """Other origins that the scanner may ask: those that are allowed, and are no app's on the phone itself."""
        return tuple(each for each in self.allowed_origins if each == self.upstream or is_of_a_hub(each))

    @property
    def is_for_this_machine(self) -> bool:
        """Whether `base_url` leads to the hub on its own machine only, so that no phone reaches it."""
        return is_loopback(urlsplit(self.base_url).hostname or "")

    def __repr__(self) -> str:
        shown = (name for name in self.__struct_fields__ if name not in _CONFIDENTIAL)
        return f"Settings({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"

    @classmethod
    def load(cls, options: Mapping[str, Any] | None = None, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read the settings from `options` (by field; None: not given), else the environment, and check them.

        Raises `SettingsError` for the first that is wrong.
        """
        values = _read(cls, options or {}, environ)
        settings = cls(**values, live=LiveLimits(**_read(LiveLimits, options or {}, environ)))
        _check(settings)
        return msgspec.structs.replace(settings, base_url=browser_origin(settings.base_url))

    def worker_environ(self, environ: Mapping[str, str] = os.environ) -> dict[str, str]:
        """Return `environ` with these settings in it, so that `load` in a new process gives the same ones."""
        return {**environ, **_variables(self), **_variables(self.live)}

    @classmethod
    def options(cls) -> list[Option]:
        """Return the settings that are options of `run.py serve`, in their order here."""
        return [option for field in msgspec.structs.fields(cls) if (option := _option_of(field)) is not None]


def log_form(options: Mapping[str, Any], environ: Mapping[str, str] = os.environ) -> LogForm:
    """Return the form of log lines that is asked for, though other settings may be wrong."""
    asked = options.get("log") or environ.get(variable("log"))
    return "json" if asked == "json" else "text"


def _read(kind: type[msgspec.Struct], options: Mapping[str, Any], environ: Mapping[str, str]) -> dict[str, Any]:
    """Return the values that are given for the fields of `kind`. Raises `SettingsError`."""
    values = {}
    for field in msgspec.structs.fields(kind):
        raw = options.get(field.name)
        raw = environ.get(variable(field.name)) if raw is None else raw
        if field.type is not LiveLimits and raw not in (None, ""):
            values[field.name] = _convert(field, raw)
    return values


def _variables(struct: msgspec.Struct) -> dict[str, str]:
    """Return the fields of `struct` as environment variables."""
    values = ((name, getattr(struct, name)) for name in struct.__struct_fields__)
    return {variable(name): as_text(value) for name, value in values if not isinstance(value, LiveLimits)}


def _option_of(field: msgspec.structs.FieldInfo) -> Option | None:
    for mark in get_args(field.type):
        if isinstance(mark, msgspec.Meta) and mark.extra and mark.extra.get("is_option"):
            is_flag = isinstance(field.default, bool)
            return Option(field.name, mark.description or "", "" if is_flag else as_text(field.default), is_flag)
    return None


def _convert(field: msgspec.structs.FieldInfo, raw: Any) -> Any:
    """Return `raw` as the field's type; it is text unless it comes from a flag."""
    if isinstance(field.default, tuple):
        raw = [part.strip() for part in raw.split(",") if part.strip()]
    try:
        return msgspec.convert(raw, field.type, strict=False, dec_hook=_decode_path)
    except msgspec.ValidationError as error:
        raise SettingsError(variable(field.name), str(error)) from error


def _decode_path(kind: type, raw: str) -> Path:
    return Path(raw).expanduser()


def as_text(value: object) -> str:
    """Return a setting's value as its variable has it; "" for none."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ",".join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


# --- what must hold between them ---------------------------------------------------------------------------------


def _check(settings: Settings) -> None:
    _check_base_url(settings)
    _check_upstream(settings)
    _check_tls(settings)
    _check_secrets(settings)
    check_proxies(settings.trusted_proxies)
    check_origins(settings.allowed_origins)
    _check_mail(settings)
    check_security_contact(settings.security_contact)
    check_traces(settings.otlp_endpoint)
    if settings.language not in tags():
        raise SettingsError("HUB_LANGUAGE", ONE_OF_THE_LANGUAGES)
    if not set(settings.second_factor_roles) <= set(ROLES):
        raise SettingsError("HUB_SECOND_FACTOR_ROLES", f"must be of {', '.join(ROLES)}")
    for name in ("expire_cron", "delete_cron", "alerts_cron"):
        check_cron(name, getattr(settings, name))
    if settings.live.pong_timeout_s <= settings.live.ping_s:
        raise SettingsError("HUB_PONG_TIMEOUT_S", "must be more than HUB_PING_S")


def _check_upstream(settings: Settings) -> None:
    if not settings.upstream:
        return
    url = split_url("HUB_UPSTREAM", settings.upstream)
    if url.scheme not in ("http", "https") or not url.hostname or url.path.strip("/") or url.query or url.username:
        raise SettingsError("HUB_UPSTREAM", "must be like https://hub.example.org, without a path")
    if url.scheme != "https" and not is_loopback(url.hostname):
        raise SettingsError("HUB_UPSTREAM", "must be https: names and the relay's key go over it")
    if settings.upstream_key is None or key_prefix(settings.upstream_key) is None:
        raise SettingsError("HUB_UPSTREAM_KEY", "must be a key of the hub with the scope relay")
    if settings.processes != 1:
        raise SettingsError("HUB_PROCESSES", "must be 1: the doors of a relay are served by one process")


def _check_base_url(settings: Settings) -> None:
    url = split_url("HUB_BASE_URL", settings.base_url)
    if url.scheme not in ("http", "https") or not url.hostname or url.path or url.query or url.fragment or url.username:
        raise SettingsError("HUB_BASE_URL", "must be like https://hub.example.org, without a path")
    try:
        browser_origin(settings.base_url)
    except ValueError as error:
        raise SettingsError("HUB_BASE_URL", f"{error}; browsers must be able to open it") from error
    is_local = is_loopback(settings.host) and is_loopback(url.hostname)
    if not is_local and (url.scheme != "https" or is_wildcard(url.hostname)):
        reason = "phones get camera and offline work over https only"
        raise SettingsError("HUB_BASE_URL", f"beyond loopback an https base URL is required ({reason})")


def _check_tls(settings: Settings) -> None:
    if (settings.tls_cert is None) != (settings.tls_key is None):
        missing = "HUB_TLS_KEY" if settings.tls_cert else "HUB_TLS_CERT"
        raise SettingsError(missing, "certificate and key belong together: set both or neither")
    for name in ("tls_cert", "tls_key"):
        path = getattr(settings, name)
        if path is not None and not path.is_file():
            raise SettingsError(variable(name), f"there is no file {path}")


def _check_secrets(settings: Settings) -> None:
    if settings.mongodb_uri and not settings.mongodb_uri.startswith(("mongodb://", "mongodb+srv://")):
        raise SettingsError("HUB_MONGODB_URI", "must begin with mongodb:// or mongodb+srv://")
    if settings.mongodb_uri and not settings.secret:
        raise SettingsError("HUB_SECRET", "is required with a database of your own: every hub on it needs the same")
    if settings.secret and len(settings.secret) < SHORTEST_SECRET:
        raise SettingsError("HUB_SECRET", f"must have {SHORTEST_SECRET} characters or more")
    if any(len(each) < SHORTEST_SECRET for each in settings.other_secrets):
        raise SettingsError("HUB_OTHER_SECRETS", f"each must have {SHORTEST_SECRET} characters or more")
    if settings.admin_key is not None and key_prefix(settings.admin_key) is None:
        form = f"<prefix>.<secret>, {SHORTEST_KEY} to {LONGEST_KEY} characters, no spaces"
        raise SettingsError("HUB_ADMIN_KEY", f"must be {form}")


def _check_mail(settings: Settings) -> None:
    if settings.smtp_host is None:
        return
    if settings.smtp_from is None or not is_address(settings.smtp_from):
        raise SettingsError("HUB_SMTP_FROM", "must be the address that mail comes from, like tickets@example.org")
    if (settings.smtp_user is None) != (settings.smtp_password is None):
        missing = "HUB_SMTP_PASSWORD" if settings.smtp_user else "HUB_SMTP_USER"
        raise SettingsError(missing, "user and password belong together: set both or neither")
    if settings.smtp_security == "none" and not is_loopback(settings.smtp_host):
        raise SettingsError("HUB_SMTP_SECURITY", "beyond loopback mail goes over TLS: starttls or ssl")
