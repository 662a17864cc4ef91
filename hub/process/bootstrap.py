"""Bootstrap, once before the workers serve: the database brought up to date, the first credentials, the demo."""

import secrets
import sys
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

import structlog
from msgspec.structs import replace
from tzlocal import get_localzone_name

from hub.access.passwords import hash_password
from hub.app import START_WITHIN_S, Hub
from hub.clock import Clock
from hub.database_version import DatabaseVersion
from hub.model.access import ApiKey, User
from hub.process.command_line import own_command
from hub.process.demo import fill_demo
from hub.secrets import key_prefix, new_api_key, token_hash
from hub.setting_checks import SettingsError
from hub.settings import Settings
from hub.tasks import retry
from hub.tls import UnusableCertificate, certificate_of
from store.mongo.errors import driver_errors
from store.private_file import write_private

log = structlog.get_logger(__name__)

USERNAME = "organiser"
AT_FIRST_LOGIN = "the first login asks for one of your own"


@dataclass
class MadeCredentials:
    """Credentials that this start made, the same at each of its tries: one that failed may have written them."""

    key: str | None = None
    login: tuple[User, str] | None = None
    """The first user, and their password."""


async def prepare(settings: Settings) -> list[str]:
    """Make the database ready to serve; return the first start's messages to the person at the terminal.

    Tries again while the database elects a primary, `START_WITHIN_S` at most, then raises `Unavailable`.
    Raises `store.migrations.WrongSecret` where the secret is not the database's own, `SettingsError` for a certificate
    that cannot be used.
    """
    check_certificate(settings)
    hub, made = Hub(settings), MadeCredentials()
    try:
        return await retry(lambda: _prepare(hub, made), within_s=START_WITHIN_S, what="prepare the database")
    finally:
        await hub.stop()


def check_certificate(settings: Settings) -> None:
    """Warn of a certificate that ends soon, once for all workers. Raises `SettingsError` where it cannot be used."""
    try:
        certificate = certificate_of(settings, Clock().now)
    except UnusableCertificate as error:
        raise SettingsError("HUB_TLS_CERT", f"cannot be used: {error}") from error
    if certificate is not None:
        certificate.warn()


async def _prepare(hub: Hub, made: MadeCredentials) -> list[str]:
    with driver_errors():
        lines = await prepare_database(hub)
        lines += await _first_key(hub, made)
        lines += await first_user(hub, made)
        await hub.events.open_box_office(get_localzone_name() or "UTC", hub.clock.now())
        if hub.settings.demo:
            to_try = await fill_demo(hub)
            lines += to_try if hub.settings.log == "text" else []  # they hold pairing codes, which no log may keep
        elif not await hub.events.are_any():
            lines += _first_steps(hub.settings)
        return lines


async def prepare_database(hub: Hub) -> list[str]:
    """Bring the database up to date; return the steps done. Raises `WrongSecret`, `Unavailable`."""
    with driver_errors():
        _log_version(await hub.database_version())
        done = await hub.store.migrate(secrets=hub.vault.fingerprints(), epoch=secrets.token_hex(4))
        await hub.secret_watch.take_up()
        return done


def _log_version(database: DatabaseVersion) -> None:
    """Log the database's version, as a warning where its security holes are mended no longer."""
    if database.is_supported:
        log.info("database", version=database.version)
    else:
        until = str(database.supported_until or "long ago")
        log.warning("the database's version gets no security fixes any more", version=database.version, until=until)


async def _first_key(hub: Hub, made: MadeCredentials) -> list[str]:
    settings, credentials = hub.settings, hub.store.first_credentials
    if settings.admin_key is not None:
        key = admin_key(settings.admin_key, "HUB_ADMIN_KEY", hub.clock.now())
        await credentials.keep_key(key)
        await credentials.end_former_keys(key)
        return []
    if made.key is None:
        if await hub.store.keys.are_any():
            return []
        made.key = new_api_key().key
    kept = settings.data / "admin-key"
    write_private(kept, made.key)  # first: of a start that is killed in between no key is left that is kept nowhere
    await credentials.keep_key(admin_key(made.key, "first key", hub.clock.now()))
    return [f"administrator's API key: {made.key if _is_read_by_a_person(settings) else 'made'} (kept in {kept})"]


async def first_user(hub: Hub, made: MadeCredentials) -> list[str]:
    """Make the first user where there is none; return what to say of it."""
    settings, credentials = hub.settings, hub.store.first_credentials
    if made.login is None:
        if await hub.store.users.are_any():
            return []
        made.login = _make_login(settings.admin_password, hub.clock.now())
    user, password = made.login
    kept = settings.data / "admin-password"
    is_kept = settings.admin_password is None and not _is_read_by_a_person(settings)
    if is_kept:
        write_private(kept, password)  # first, as the key
    if not await credentials.add_user(user):
        kept.unlink(missing_ok=True)
        return [f"login: {USERNAME}, made by another hub that began on this database at the same time: see there"]
    if settings.admin_password is not None:
        return []
    if is_kept:
        return [f"login: {USERNAME}, password in {kept} ({AT_FIRST_LOGIN})"]
    return [f"login: {USERNAME}, password: {password} (shown this once; {AT_FIRST_LOGIN})"]


def _make_login(given: str | None, now: datetime) -> tuple[User, str]:
    """Return the first user with their password: the `given` one, or one that they change at their first login."""
    password = given or secrets.token_urlsafe(9)
    return replace(new_user(USERNAME, hash_password(password), now), must_change=given is None), password


def _first_steps(settings: Settings) -> list[str]:
    """Return the next steps of an organiser whose hub has no event."""
    return [
        "",
        "No event yet. Log in and make the first one:",
        f"          {settings.base_url}/admin/events/new",
        f"or stop, and start with a night to try, filled with tickets: {own_command()} serve --demo",
    ]


def _is_read_by_a_person(settings: Settings) -> bool:
    """Return whether output goes to a terminal; else it may be kept, and must hold no credential."""
    return settings.log == "text" and sys.stdout.isatty()


def new_user(username: str, password_hash: str, now: datetime) -> User:
    """Return a new owner, to be kept."""
    return User(id=str(uuid4()), username=username, password_hash=password_hash, role="owner", created_at=now)


def admin_key(api_key: str, name: str, now: datetime) -> ApiKey:
    """Return a key with all scopes, to be kept."""
    prefix = key_prefix(api_key)
    assert prefix is not None
    return ApiKey(id=str(uuid4()), name=name, prefix=prefix, hash=token_hash(api_key), scopes=["admin"], created_at=now)
