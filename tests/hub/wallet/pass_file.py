"""A pass file as a phone looks at it: unzipped, its sums compared, its signature verified by the real openssl."""

import hashlib
import io
import json
import subprocess
import zipfile
import zlib
from pathlib import Path
from typing import Any

from tests.eventually import PATIENCE_S


class BadPass(Exception):
    """A phone would refuse it."""


def files_of(body: bytes) -> dict[str, bytes]:
    """Return the files of a pass by name."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError) as broken:
        raise BadPass(f"no zip: {broken}") from broken


def check_sums(files: dict[str, bytes]) -> None:
    """Raise unless the manifest names every file but itself and the signature, with its SHA-1."""
    try:
        named = json.loads(files["manifest.json"])
    except (KeyError, ValueError) as broken:
        raise BadPass("no manifest") from broken
    sums = {name: hashlib.sha1(content).hexdigest() for name, content in files.items()}
    there = {name: total for name, total in sums.items() if name not in ("manifest.json", "signature")}
    if named != there:
        raise BadPass("the manifest does not fit")


def check_signature(files: dict[str, bytes], root: Path, folder: Path) -> None:
    """Raise unless openssl verifies the signature of the manifest up to `root`."""
    (folder / "signature").write_bytes(files.get("signature", b""))
    (folder / "manifest.json").write_bytes(files["manifest.json"])
    words = "openssl smime -verify -binary -inform DER -in signature -content manifest.json -purpose any".split()
    done = subprocess.run([*words, "-CAfile", str(root)], cwd=folder, capture_output=True, timeout=PATIENCE_S)
    if done.returncode or done.stdout != files["manifest.json"]:
        raise BadPass(done.stderr.decode(errors="replace"))


def opened(body: bytes, root: Path, folder: Path) -> dict[str, Any]:
    """Return what the pass says. Raises `BadPass` where a phone would refuse it."""
    files = files_of(body)
    check_sums(files)
    check_signature(files, root, folder)
    said: dict[str, Any] = json.loads(files["pass.json"])
    return said
