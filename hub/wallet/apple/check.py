"""Checker of pass files: the refusals of a phone, found beforehand. Pure.

Sources: Apple's "Creating the source for a pass", "Building a pass" and "Distributing and updating a pass".
"""

import hashlib
import io
import lzma
import struct
import zipfile
import zlib
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from cryptography import x509

from hub.wallet.apple.bundles import MOST_PASSES
from hub.wallet.apple.check_content import check_document
from hub.wallet.apple.check_pictures import check_pictures
from hub.wallet.apple.check_signature import check_signature
from hub.wallet.apple.refusal import Refusal

MOST_BYTES = 50 * 1024 * 1024
"""Of a pass unpacked: protects the checker from a file that unpacks without end."""
MOST_FILES = 500
NEEDED = ("pass.json", "manifest.json", "signature", "icon.png")
UNSIGNED = ("manifest.json", "signature")
NO_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,  # an unknown compression
    OSError,
    RuntimeError,  # an encrypted file
    ValueError,
)


class CheckedPass(NamedTuple):
    """Result for one pass: its name in the bundle, `pass.json` where that can be read, and the refusals."""

    name: str
    document: dict[str, Any]
    refusals: list[Refusal]


class _Refused(Exception):
    """A file that cannot be looked into any further."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.text)
        self.refusal = refusal


def check_file(body: bytes, now: datetime, root: x509.Certificate | None = None) -> list[CheckedPass]:
    """Check a pass, or each pass of a bundle; `root` is the authority to trust (see `check_signature`)."""
    try:
        files = _unzip(body)
    except _Refused as refused:
        return [CheckedPass("", {}, [refused.refusal])]
    passes = {name: content for name, content in files.items() if name.endswith(".pkpass")}
    if not passes:
        return [_check_files("", files, now, root)]
    checked = [_check_pass(name, content, now, root) for name, content in passes.items()]
    if len(passes) > MOST_PASSES:
        text = f"a bundle holds {MOST_PASSES} passes at most, and this one {len(passes)}"
        checked.append(CheckedPass("", {}, [Refusal("bundle_too_large", text)]))
    return checked


def _check_pass(name: str, body: bytes, now: datetime, root: x509.Certificate | None) -> CheckedPass:
    try:
        return _check_files(name, _unzip(body), now, root)
    except _Refused as refused:
        return CheckedPass(name, {}, [refused.refusal])


def _check_files(name: str, files: dict[str, bytes], now: datetime, root: x509.Certificate | None) -> CheckedPass:
    missing = [_missing(files, each) for each in NEEDED if each not in files]
    document, of_content = check_document(files["pass.json"]) if "pass.json" in files else ({}, [])
    of_signature = []
    if "signature" in files and "manifest.json" in files:
        of_signature = check_signature(files["signature"], files["manifest.json"], document, now, root)
    refusals = [*missing, *_check_manifest(files), *of_content, *check_pictures(files), *of_signature]
    return CheckedPass(name, document, refusals)


def _missing(files: dict[str, bytes], name: str) -> Refusal:
    elsewhere = next((each for each in files if each.endswith(f"/{name}") and ".lproj/" not in each), None)
    if elsewhere is not None:
        return Refusal("not_at_root", f"{name} lies in a folder ({_shown(elsewhere)}): files belong at the zip's root")
    return Refusal("file_missing", f"{name} is missing")


def _check_manifest(files: dict[str, bytes]) -> list[Refusal]:
    """Compare the manifest with the files: each one but manifest and signature, with its SHA-1."""
    if "manifest.json" not in files:
        return []
    try:
        listed = msgspec.json.decode(files["manifest.json"], type=dict[str, str])
    except (msgspec.DecodeError, UnicodeDecodeError):
        return [Refusal("manifest_unreadable", "manifest.json is no JSON object of file names and sums")]
    sums = {name: hashlib.sha1(content, usedforsecurity=False).hexdigest() for name, content in files.items()}
    there = sums.keys() - set(UNSIGNED)
    return [
        *(
            Refusal("file_not_listed", f"{_shown(name)} is not in the manifest")
            for name in sorted(there - listed.keys())
        ),
        *(
            Refusal("file_missing", f"{_shown(name)} is in the manifest and not in the pass")
            for name in sorted(listed.keys() - there)
        ),
        *(
            Refusal("file_changed", f"{_shown(name)} is not the file that the manifest names: its SHA-1 differs")
            for name in sorted(there & listed.keys())
            if listed[name].lower() != sums[name]
        ),
    ]


def _unzip(body: bytes) -> dict[str, bytes]:
    """Return the files of a zip by name. Raises `_Refused`."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            _check_sizes(infos)
            files = {info.filename: archive.read(info) for info in infos}
    except NO_ZIP as broken:
        raise _Refused(Refusal("not_a_zip", "the file is no zip that can be unpacked")) from broken
    if len(files) < len(infos):
        raise _Refused(Refusal("duplicate_file", "the zip holds several files of one name"))
    return files


def _check_sizes(infos: list[zipfile.ZipInfo]) -> None:
    # `archive.read` gives no more than what is announced here.
    if len(infos) > MOST_FILES or sum(info.file_size for info in infos) > MOST_BYTES:
        raise _Refused(Refusal("too_large", f"more than {MOST_FILES} files or {MOST_BYTES >> 20} MB"))


def _shown(name: str) -> str:
    return ascii(name[:100]).strip("'")
