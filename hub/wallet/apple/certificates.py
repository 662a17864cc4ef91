"""Pass certificate: loaded, checked, its status, and a self-signed one for development (docs/wallet.md).

Apple issues a pass certificate, whose subject names the pass type (UID) and the team (OU), under its WWDR intermediate.
"""

import os
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal, NamedTuple

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

from hub.language.catalogue import SOURCE, Argument, language
from hub.settings import Settings
from store.private_file import write_private

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

WARN_BEFORE = timedelta(days=30)
DEVELOPMENT_PASS_TYPE = "pass.scanhub.development"
DEVELOPMENT_TEAM = "DEVELOPMEN"
DEVELOPMENT_YEARS = 20


class CertificateError(Exception):
    """Error of unusable certificates: the message `check-CODE` of the catalogues, in English, with `values`."""

    def __init__(self, code: str, **values: Argument) -> None:
        super().__init__(language(SOURCE).say(f"check-{code}", **values))
        self.code = code
        self.values = values


class Credentials(NamedTuple):
    """Signing credentials: pass certificate, key and intermediate, checked to belong together."""

    certificate: x509.Certificate
    key: Key
    intermediate: x509.Certificate
    is_development: bool = False

    @property
    def pass_type(self) -> str:
        """The pass type identifier, which is also the topic of pushes."""
        return _subject(self.certificate, NameOID.USER_ID) or ""

    @property
    def team(self) -> str:
        """The team identifier."""
        return _subject(self.certificate, NameOID.ORGANIZATIONAL_UNIT_NAME) or ""

    @property
    def fingerprint(self) -> str:
        """Eight hex digits that change with the certificate."""
        return self.certificate.fingerprint(hashes.SHA256())[:4].hex()

    @property
    def ends_at(self) -> datetime:
        """When the first of the certificates expires."""
        return min(self.certificate.not_valid_after_utc, self.intermediate.not_valid_after_utc)

    @property
    def begins_at(self) -> datetime:
        """From when on both are valid."""
        return max(self.certificate.not_valid_before_utc, self.intermediate.not_valid_before_utc)


class Status(NamedTuple):
    """Status of the certificates, for the log, the metrics and the admin page."""

    state: Literal["ready", "expiring", "development", "unusable"]
    detail: str
    ends_at: datetime | None = None


UNCONFIGURED = Status("development", "no pass certificate is configured: phones refuse these passes")


def is_configured(settings: Settings) -> bool:
    """Return whether the settings name a certificate, key or intermediate."""
    return any((settings.wallet_cert, settings.wallet_key, settings.wallet_wwdr))


def files_of(settings: Settings) -> tuple[Path, ...]:
    """Return the files that the settings name."""
    named = (settings.wallet_cert, settings.wallet_key, settings.wallet_wwdr)
    return tuple(each for each in named if each is not None)


def status_of(credentials: Credentials, now: datetime) -> Status:
    """Return the status of the certificates at `now`: usable or not, and until when."""
    ends_at = credentials.ends_at
    if credentials.is_development:
        return UNCONFIGURED
    if now < credentials.begins_at:
        return Status("unusable", f"the pass certificate is valid from {credentials.begins_at:%Y-%m-%d} on", ends_at)
    if now >= ends_at:
        return Status("unusable", f"the pass certificate expired on {ends_at:%Y-%m-%d}", ends_at)
    if now >= ends_at - WARN_BEFORE:
        return Status("expiring", f"the pass certificate expires on {ends_at:%Y-%m-%d}: renew it", ends_at)
    return Status("ready", f"the pass certificate is valid until {ends_at:%Y-%m-%d}", ends_at)


def load_credentials(settings: Settings) -> Credentials:
    """Return the credentials of the settings, the development ones where they name none.

    Files may be PEM or DER. Raises `CertificateError` for what is missing, unreadable or does not belong together.
    """
    if not is_configured(settings):
        return development_credentials(settings.data)
    named = {
        "HUB_WALLET_CERT": settings.wallet_cert,
        "HUB_WALLET_KEY": settings.wallet_key,
        "HUB_WALLET_WWDR": settings.wallet_wwdr,
    }
    missing = [name for name, path in named.items() if path is None]
    if missing:
        raise CertificateError("passes-incomplete", names=", ".join(missing))
    assert settings.wallet_cert and settings.wallet_key and settings.wallet_wwdr
    credentials = Credentials(
        _read_certificate("HUB_WALLET_CERT", settings.wallet_cert),
        _read_key(settings.wallet_key, settings.wallet_key_password),
        _read_certificate("HUB_WALLET_WWDR", settings.wallet_wwdr),
    )
    _check(credentials)
    return credentials


def _check(credentials: Credentials) -> None:
    if _public_bytes(credentials.certificate) != _public_bytes(credentials.key):
        raise CertificateError("passes-other-key")
    try:
        credentials.certificate.verify_directly_issued_by(credentials.intermediate)
    except (InvalidSignature, ValueError, TypeError) as error:
        issuer = credentials.certificate.issuer.rfc4514_string()
        raise CertificateError("passes-other-issuer", issuer=issuer) from error
    if not credentials.pass_type or not credentials.team:
        raise CertificateError("passes-other-kind")


def _read(name: str, path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise CertificateError("passes-no-file", name=name, path=str(path)) from error
    except OSError as error:
        raise CertificateError("passes-unreadable", name=name, path=str(path)) from error


def _read_certificate(name: str, path: Path) -> x509.Certificate:
    text = _read(name, path)
    try:
        return x509.load_pem_x509_certificate(text) if b"-----BEGIN" in text else x509.load_der_x509_certificate(text)
    except ValueError as error:
        raise CertificateError("passes-no-certificate", name=name, path=str(path)) from error


def _read_key(path: Path, password: str | None) -> Key:
    text = _read("HUB_WALLET_KEY", path)
    load = load_pem_private_key if b"-----BEGIN" in text else load_der_private_key
    try:
        key = load(text, password.encode() if password else None)
    except TypeError as error:
        if password is None:
            raise CertificateError("passes-key-locked", path=str(path)) from error
        raise CertificateError("passes-key-open", path=str(path)) from error
    except ValueError as error:
        raise CertificateError("passes-key-unreadable", path=str(path)) from error
    if not isinstance(key, Key):
        raise CertificateError("passes-key-kind", path=str(path))
    return key


def _public_bytes(holder: x509.Certificate | Key) -> bytes:
    return holder.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _subject(certificate: x509.Certificate, oid: x509.ObjectIdentifier) -> str | None:
    found = certificate.subject.get_attributes_for_oid(oid)
    return str(found[0].value) if found else None


# --- development -------------------------------------------------------------------------------------------------


def development_credentials(data: Path) -> Credentials:
    """Return the development certificate of this data folder, made the first time, readable by its owner only.

    Several processes may come at once: the first to put its folder in place wins, the others read it.
    """
    folder = data / "wallet-development"
    if not folder.exists():
        data.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix="wallet-development.", dir=data))
        try:
            _make_development(draft)
            os.rename(draft, folder)
        except OSError:
            shutil.rmtree(draft, ignore_errors=True)
            if not folder.exists():
                raise
    return Credentials(
        _read_certificate("development", folder / "pass.pem"),
        _read_key(folder / "pass.key", None),
        _read_certificate("development", folder / "root.pem"),
        is_development=True,
    )


def _make_development(folder: Path) -> None:
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Scan Hub development root")])
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.USER_ID, DEVELOPMENT_PASS_TYPE),
            x509.NameAttribute(NameOID.COMMON_NAME, f"Pass Type ID: {DEVELOPMENT_PASS_TYPE}"),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, DEVELOPMENT_TEAM),
        ]
    )
    root = _issue(root_name, root_name, root_key, root_key, is_authority=True)
    certificate = _issue(name, root_name, key, root_key, is_authority=False)
    plain = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    for file, text in {
        "root.pem": root.public_bytes(Encoding.PEM).decode(),
        "pass.pem": certificate.public_bytes(Encoding.PEM).decode(),
        "pass.key": plain,
    }.items():
        write_private(folder / file, text.strip())


def _issue(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer_key: ec.EllipticCurvePrivateKey,
    *,
    is_authority: bool,
) -> x509.Certificate:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365 * DEVELOPMENT_YEARS))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .sign(issuer_key, hashes.SHA256())
    )
