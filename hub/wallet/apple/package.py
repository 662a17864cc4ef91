"""Pass file (`.pkpass`): manifest, detached PKCS #7 signature, zip; and bundles of them.

Source: Apple's "Building a pass".
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs7 import PKCS7Options, PKCS7SignatureBuilder

from hub.wallet.apple.certificates import Credentials

PASS_TYPE = "application/vnd.apple.pkpass"
BUNDLE_TYPE = "application/vnd.apple.pkpasses"

EPOCH = (1980, 1, 1, 0, 0, 0)
"""Fixed modification date in zips, so that equal files give equal bytes."""

# Binary: else another text is signed where the manifest holds line ends. NoCapabilities: nobody reads this as mail.
SIGNATURE_OPTIONS = [PKCS7Options.DetachedSignature, PKCS7Options.Binary, PKCS7Options.NoCapabilities]


def pack(files: Mapping[str, bytes], credentials: Credentials) -> bytes:
    """Return the pass of `files` (pass.json and pictures by name), with manifest and signature.

    The same files give the same bytes but for the signature, which holds its time.
    """
    manifest = manifest_of(files)
    signed = {**files, "manifest.json": manifest, "signature": signature_of(manifest, credentials)}
    return _zipped(signed.items())


def bundle(passes: Mapping[str, bytes]) -> bytes:
    """Return several passes, by file name, as one file that adds them all."""
    return _zipped(passes.items())


def manifest_of(files: Mapping[str, bytes]) -> bytes:
    """Return the JSON that names the SHA-1 of each file (Apple's choice; the signature is SHA-256)."""
    sums = {name: hashlib.sha1(content, usedforsecurity=False).hexdigest() for name, content in files.items()}
    return json.dumps(sums, sort_keys=True).encode()


def signature_of(manifest: bytes, credentials: Credentials) -> bytes:
    """Return the detached PKCS #7 signature (DER) of a manifest, with signing time, certificate and intermediate."""
    signer = PKCS7SignatureBuilder().set_data(manifest)
    signer = signer.add_signer(credentials.certificate, credentials.key, hashes.SHA256())
    # Last: the other steps drop certificates that were added before.
    signer = signer.add_certificate(credentials.intermediate)
    return signer.sign(Encoding.DER, SIGNATURE_OPTIONS)


def _zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in sorted(files):
            info = zipfile.ZipInfo(name, EPOCH)
            info.external_attr = 0o644 << 16
            is_packed = name.endswith((".png", ".pkpass"))
            archive.writestr(info, content, zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED)
    return out.getvalue()
