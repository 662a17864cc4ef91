"""A certificate authority like Apple's, made for a test: root, WWDR intermediate, pass certificate, and a server's."""

import ipaddress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

PASS_TYPE, TEAM = "pass.org.example.tickets", "ABCDE12345"
BEGINS_AT, ENDS_AT = datetime(2020, 1, 1, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC)


class Issued(NamedTuple):
    certificate: x509.Certificate
    key: rsa.RSAPrivateKey

    def write(self, cert: Path, key: Path, password: str | None = None) -> None:
        """Write both as PEM."""
        locked = BestAvailableEncryption(password.encode()) if password else NoEncryption()
        cert.write_bytes(self.certificate.public_bytes(Encoding.PEM))
        key.write_bytes(self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locked))


class Authority(NamedTuple):
    """Everything that Apple gives an organiser, and the root that Apple keeps."""

    root: Issued
    wwdr: Issued
    leaf: Issued
    server: Issued

    def files(self, folder: Path, password: str | None = None) -> dict[str, Any]:
        """Write the files into `folder`; return the settings that name them."""
        folder.mkdir(parents=True, exist_ok=True)
        cert, key, wwdr = (folder / name for name in ("pass.pem", "pass.key", "wwdr.cer"))
        self.leaf.write(cert, key, password)
        wwdr.write_bytes(self.wwdr.certificate.public_bytes(Encoding.DER))  # as Apple hands it out
        self.server.write(folder / "server.pem", folder / "server.key")
        (folder / "root.pem").write_bytes(self.root.certificate.public_bytes(Encoding.PEM))
        return {"wallet_cert": cert, "wallet_key": key, "wallet_wwdr": wwdr, "wallet_key_password": password}


def make_authority(ends_at: datetime = ENDS_AT) -> Authority:
    """Return an authority whose pass certificate is valid until `ends_at`."""
    root = issue("Example Root CA", None, is_authority=True)
    wwdr = issue("Worldwide Developer Relations", root, is_authority=True)
    leaf = issue(f"Pass Type ID: {PASS_TYPE}", wwdr, ends_at=ends_at)
    return Authority(root, wwdr, leaf, issue("127.0.0.1", root))


def issue(name: str, issuer: Issued | None, *, ends_at: datetime = ENDS_AT, is_authority: bool = False) -> Issued:
    """Issue a certificate: for a pass type, an authority or, where `name` is an address, a server."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    attributes = [x509.NameAttribute(NameOID.COMMON_NAME, name)]
    if name.startswith("Pass Type ID"):
        attributes += [
            x509.NameAttribute(NameOID.USER_ID, PASS_TYPE),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, TEAM),
        ]
    subject = x509.Name(attributes)
    signer = issuer.key if issuer else key
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(BEGINS_AT)
        .not_valid_after(ends_at)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
        .add_extension(_usage(is_authority), critical=True)
    )
    if name[0].isdigit():
        address = x509.IPAddress(ipaddress.ip_address(name))
        builder = builder.add_extension(x509.SubjectAlternativeName([address]), critical=False)
    return Issued(builder.sign(signer, hashes.SHA256()), key)


def _usage(is_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_authority,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
