"""A certificate authority like Apple's, made for a test: root, WWDR intermediate, pass certificate."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

PASS_TYPE, TEAM = "pass.org.example.tickets", "ABCDE12345"


class Issued(NamedTuple):
    certificate: x509.Certificate
    key: rsa.RSAPrivateKey


class Authority(NamedTuple):
    """Everything that Apple gives an organiser, and the root that Apple keeps."""

    root: Issued
    wwdr: Issued
    leaf: Issued

    def files(self, folder: Path, password: str | None = None) -> dict[str, Any]:
        """Write the files into `folder`; return the settings that name them."""
        folder.mkdir(parents=True, exist_ok=True)
        cert, key, wwdr = (folder / name for name in ("pass.pem", "pass.key", "wwdr.cer"))
        cert.write_bytes(self.leaf.certificate.public_bytes(Encoding.PEM))
        wwdr.write_bytes(self.wwdr.certificate.public_bytes(Encoding.DER))  # as Apple hands it out
        locked = BestAvailableEncryption(password.encode()) if password else NoEncryption()
        key.write_bytes(self.leaf.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locked))
        (folder / "root.pem").write_bytes(self.root.certificate.public_bytes(Encoding.PEM))
        return {"wallet_cert": cert, "wallet_key": key, "wallet_wwdr": wwdr, "wallet_key_password": password}


def make_authority(now: datetime, *, days: int = 365) -> Authority:
    """Return an authority whose pass certificate is valid `days` from `now`."""
    root = issue("Example Root CA", None, now, days=7300)
    wwdr = issue("Worldwide Developer Relations", root, now, days=3650, is_authority=True)
    return Authority(root, wwdr, issue(f"Pass Type ID: {PASS_TYPE}", wwdr, now, days=days))


def issue(name: str, issuer: Issued | None, now: datetime, *, days: int, is_authority: bool = False) -> Issued:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    attributes = [x509.NameAttribute(NameOID.COMMON_NAME, name)]
    if name.startswith("Pass Type ID"):
        attributes += [
            x509.NameAttribute(NameOID.USER_ID, PASS_TYPE),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, TEAM),
        ]
    subject = x509.Name(attributes)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=2))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=is_authority or issuer is None, path_length=None), critical=True)
        .sign(issuer.key if issuer else key, hashes.SHA256())
    )
    return Issued(certificate, key)
