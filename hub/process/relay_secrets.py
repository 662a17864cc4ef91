"""Sealed secrets of a relay: its own, and its key at the hub, in a file that a passphrase opens (docs/relay.md).

They are sealed by AES-GCM under a key that scrypt makes of the passphrase. What is opened goes to the workers in their
environment, as the settings do, and is written nowhere.
"""

import os
import secrets
import sys
from pathlib import Path

import click
import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from hub.rotation.known import FILE as UNSEALED
from hub.setting_checks import SettingsError
from store.private_file import write_private

FILE = "relay-sealed"
PASSPHRASE = "HUB_RELAY_PASSPHRASE"
SHORTEST_PASSPHRASE, LONGEST_PASSPHRASE = 12, 1000
KIND = b"secrets of a relay, 1"
NONCE_BYTES, SALT_BYTES = 12, 16
COST, BLOCK, LANES = 2**15, 8, 3
"""Parameters of scrypt: 32 MiB and some tenths of a second for each guess, which a Raspberry Pi can spare."""


class RelaySecrets(msgspec.Struct, kw_only=True):
    """Secrets of a relay: what seals its database's own, and its key at the hub."""

    secret: str
    upstream_key: str


class _Sealed(msgspec.Struct, kw_only=True):
    """File of sealed secrets."""

    salt: bytes
    nonce: bytes
    box: bytes


def opened_settings(data: Path, upstream_key: str | None, *, is_asked: bool) -> dict[str, str]:
    """Return the settings that a relay's passphrase opens; none without one. Raises `SettingsError`.

    It is asked for at a terminal where the folder is sealed, or is to be (`is_asked`).
    """
    passphrase = os.environ.pop(PASSPHRASE, None)  # the workers need it no more
    if not passphrase and (is_asked or is_sealed(data)):
        if not sys.stdin.isatty():
            why = f"is needed: {data} is sealed, or is to be, and no terminal is here to ask"
            raise SettingsError(PASSPHRASE, why)
        passphrase = click.prompt("Passphrase", hide_input=True, confirmation_prompt=not is_sealed(data))
    if not passphrase:
        return {}
    if os.environ.get("HUB_SECRET"):
        raise SettingsError("HUB_SECRET", "is sealed in the folder where there is a passphrase: leave it away")
    opened = unlock(data, passphrase, upstream_key)
    return {"secret": opened.secret, "upstream_key": opened.upstream_key}


def is_sealed(data: Path) -> bool:
    """Return whether a relay's folder is opened by a passphrase."""
    return (data / FILE).is_file()


def unlock(data: Path, passphrase: str, upstream_key: str | None) -> RelaySecrets:
    """Return a folder's secrets, which are made and sealed at the first start.

    `upstream_key` takes the sealed one's place. Raises `SettingsError` for a passphrase that does not open it, and for
    a folder that was begun without one.
    """
    _check(data, passphrase)
    kept = _open(data / FILE, passphrase) if is_sealed(data) else None
    if kept is None and upstream_key is None:
        raise SettingsError("HUB_UPSTREAM_KEY", "must be a key of the hub with the scope relay")
    opened = RelaySecrets(
        secret=kept.secret if kept is not None else secrets.token_urlsafe(32),
        upstream_key=upstream_key or (kept.upstream_key if kept is not None else ""),
    )
    if opened != kept:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        _seal(data / FILE, passphrase, opened)
    return opened


def _check(data: Path, passphrase: str) -> None:
    if not SHORTEST_PASSPHRASE <= len(passphrase) <= LONGEST_PASSPHRASE:
        raise SettingsError(PASSPHRASE, f"must have {SHORTEST_PASSPHRASE} to {LONGEST_PASSPHRASE} characters")
    if not is_sealed(data) and (data / UNSEALED).exists():
        raise SettingsError(PASSPHRASE, f"{data} was begun without a passphrase: start the relay on a new folder")


def _seal(path: Path, passphrase: str, opened: RelaySecrets) -> None:
    salt, nonce = os.urandom(SALT_BYTES), os.urandom(NONCE_BYTES)
    box = AESGCM(_key(passphrase, salt)).encrypt(nonce, msgspec.json.encode(opened), KIND)
    write_private(path, msgspec.json.encode(_Sealed(salt=salt, nonce=nonce, box=box)).decode())


def _open(path: Path, passphrase: str) -> RelaySecrets:
    try:
        sealed = msgspec.json.decode(path.read_bytes(), type=_Sealed)
        plain = AESGCM(_key(passphrase, sealed.salt)).decrypt(sealed.nonce, sealed.box, KIND)
        return msgspec.json.decode(plain, type=RelaySecrets)
    except (InvalidTag, ValueError) as error:  # a `MsgspecError` is a ValueError
        raise SettingsError(PASSPHRASE, f"does not open {path}: try again, or start on a new folder") from error


def _key(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=COST, r=BLOCK, p=LANES).derive(passphrase.encode())
