"""Check of a pass's signature: detached PKCS #7 of the manifest, its chain, its dates, and whose passes it may sign.

Sources: RFC 5652 (CMS); Apple's "Building a pass". Pure.
"""

import warnings
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import NameOID

from hub.clock import in_zone
from hub.wallet.apple.refusal import Refusal

APPLE = "Apple Inc."
HASHES: dict[str, type[hashes.HashAlgorithm]] = {
    "sha1": hashes.SHA1,
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}

UNREADABLE = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    OverflowError,
    RecursionError,
    UnsupportedAlgorithm,
    x509.InvalidVersion,
)
"""Errors of two libraries that read a stranger's bytes."""


class Signature(NamedTuple):
    """Signature as it was read: the signer's statement, and the certificates that came along."""

    certificates: list[x509.Certificate]
    signer: x509.Certificate | None
    """The certificate among them that the statement names."""
    algorithm: hashes.HashAlgorithm
    digest: bytes | None
    signed_at: datetime | None
    signed: bytes | None
    """The signed attributes as they were signed; None where the manifest itself was."""
    value: bytes


def check_signature(
    signature: bytes, manifest: bytes, document: dict[str, Any], now: datetime, root: x509.Certificate | None
) -> list[Refusal]:
    """Refusals of a signature over `manifest`; `document` is that of `pass.json`.

    The chain must lead to `root`, as Apple's root certificate. Without one the intermediate must bear Apple's name;
    that finds a development certificate, and proves nothing against a forger.
    """
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # of what is odd in a stranger's certificate: it is refused, or it does not matter
        return _check(signature, manifest, document, now, root)


def _check(
    signature: bytes, manifest: bytes, document: dict[str, Any], now: datetime, root: x509.Certificate | None
) -> list[Refusal]:
    try:
        read = read_signature(signature)
    except UNREADABLE:
        return [Refusal("signature_unreadable", "signature is no PKCS #7 signature in DER")]
    if read.signer is None:
        return [Refusal("signer_missing", "the signature does not hold the certificate that it was made with")]
    return [
        *_check_value(read, read.signer, manifest),
        *_check_chain(read.signer, read.certificates, root),
        *_check_dates(read, read.signer, now),
        *_check_subject(read.signer, document),
    ]


def read_signature(der: bytes) -> Signature:
    """Signature in DER as plain data. Raises `ValueError` and the like for bytes that are none."""
    info = cms.ContentInfo.load(der, strict=True)
    if info["content_type"].native != "signed_data":
        raise ValueError("no signed data")
    data = info["content"]
    signer = data["signer_infos"][0]
    certificates = [_read_certificate(each.chosen.dump()) for each in data["certificates"]]
    attributes = {each["type"].native: each["values"][0].native for each in signer["signed_attrs"]}
    signed_at = attributes.get("signing_time")
    return Signature(
        certificates=certificates,
        signer=next((each for each in certificates if _is_named(each, signer["sid"])), None),
        algorithm=HASHES[signer["digest_algorithm"]["algorithm"].native](),
        digest=attributes.get("message_digest"),
        signed_at=in_zone(signed_at, UTC) if signed_at is not None else None,
        signed=signer["signed_attrs"].untag().dump() if attributes else None,
        value=signer["signature"].native,
    )


def _read_certificate(der: bytes) -> x509.Certificate:
    """Return a certificate whose fields can all be read: the library reads them when they are asked for."""
    certificate = x509.load_der_x509_certificate(der)
    for field in ("subject", "issuer", "not_valid_before_utc", "not_valid_after_utc", "signature_hash_algorithm"):
        getattr(certificate, field)
    certificate.public_key()
    return certificate


def _is_named(certificate: x509.Certificate, name: Any) -> bool:
    if name.name == "issuer_and_serial_number":
        named = name.chosen
        is_issuer = bool(certificate.issuer.public_bytes() == named["issuer"].dump())
        return is_issuer and bool(certificate.serial_number == named["serial_number"].native)
    own = x509.SubjectKeyIdentifier.from_public_key(certificate.public_key()).digest
    return bool(own == name.chosen.native)


def _check_value(read: Signature, signer: x509.Certificate, manifest: bytes) -> Iterator[Refusal]:
    digest = hashes.Hash(read.algorithm)
    digest.update(manifest)
    if read.signed is not None and digest.finalize() != read.digest:
        yield Refusal("manifest_changed", "the signature is of another manifest.json")
    if not _verifies(signer, read, manifest if read.signed is None else read.signed):
        yield Refusal("signature_wrong", "the signature was not made with the key of its certificate")
    if read.signed_at is None:
        yield Refusal("signing_time_missing", "the signature does not tell when it was made")


def _verifies(signer: x509.Certificate, read: Signature, signed: bytes) -> bool:
    key = signer.public_key()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(read.value, signed, padding.PKCS1v15(), read.algorithm)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(read.value, signed, ec.ECDSA(read.algorithm))
        else:
            return False
    except (InvalidSignature, UnsupportedAlgorithm, ValueError):
        return False
    return True


def _check_chain(
    signer: x509.Certificate, certificates: Sequence[x509.Certificate], root: x509.Certificate | None
) -> Iterator[Refusal]:
    intermediate = next((each for each in certificates if each.subject == signer.issuer and each != signer), None)
    if intermediate is None:
        yield Refusal("intermediate_missing", "the signature does not hold the intermediate (WWDR) certificate")
        return
    if not _is_issued_by(signer, intermediate):
        yield Refusal(
            "chain_broken", "the intermediate certificate in the signature did not issue the pass certificate"
        )
    if root is not None and not _is_issued_by(intermediate, root):
        yield Refusal("not_apple", "the intermediate certificate was not issued by the given root")
    if root is None and _subject(intermediate, NameOID.ORGANIZATION_NAME) != APPLE:
        issuer = _subject(intermediate, NameOID.COMMON_NAME) or "an authority without a name"
        yield Refusal("not_apple", f"the pass certificate is not Apple's, but issued by {issuer}")


def _is_issued_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError):
        return False
    return True


def _check_dates(read: Signature, signer: x509.Certificate, now: datetime) -> Iterator[Refusal]:
    for each in read.certificates:
        name = "the pass certificate" if each == signer else "the intermediate certificate"
        if now < each.not_valid_before_utc:
            yield Refusal("not_yet_valid", f"{name} is valid from {each.not_valid_before_utc:%Y-%m-%d} on")
        if now >= each.not_valid_after_utc:
            yield Refusal("expired", f"{name} expired on {each.not_valid_after_utc:%Y-%m-%d}")
    if read.signed_at is not None and not signer.not_valid_before_utc <= read.signed_at <= signer.not_valid_after_utc:
        yield Refusal("expired", f"signed on {read.signed_at:%Y-%m-%d}, when the pass certificate was not valid")


def _check_subject(signer: x509.Certificate, document: dict[str, Any]) -> Iterator[Refusal]:
    pass_type, team = document.get("passTypeIdentifier"), document.get("teamIdentifier")
    own_type, own_team = (_subject(signer, oid) for oid in (NameOID.USER_ID, NameOID.ORGANIZATIONAL_UNIT_NAME))
    if isinstance(pass_type, str) and pass_type != own_type:
        yield Refusal("pass_type_differs", f"the pass is of type {pass_type[:100]}, its certificate is for {own_type}")
    if isinstance(team, str) and team != own_team:
        yield Refusal("team_differs", f"the pass names team {team[:100]}, its certificate is of team {own_team}")


def _subject(certificate: x509.Certificate, oid: x509.ObjectIdentifier) -> str | None:
    found = certificate.subject.get_attributes_for_oid(oid)
    return str(found[0].value) if found else None
