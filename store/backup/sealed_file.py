"""Sealed stream: bytes of any length in one file, compressed, in chunks that are authenticated one by one, in order.

    magic | length and JSON of the head | chunk ...        a chunk: whether it is the last, its length, its ciphertext

Each chunk is AES-256-GCM under a key of this file alone, which scrypt derives from the given key and the file's salt.
Its nonce is its number and whether it is the last (the STREAM construction): chunks that are changed, moved, left out
or cut off do not open. The head is authenticated with each of them. Without a key the file's key is made of nothing
secret: damage is found all the same, but whoever can write the file can make another.
"""

import os
import struct
import zlib
from collections.abc import Iterator
from datetime import datetime
from typing import IO, Protocol

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from store.backup.errors import UnreadableBackup

MAGIC = b"SCANHUB BACKUP\n"
VERSION = 1
CHUNK = 256 * 1024
LONGEST_HEAD = 4096
TAG_BYTES = 16
_LENGTH = struct.Struct(">I")
_FAST = 3
"""Level of compression: doors go first."""
_SCRYPT_COST = 2**15


class Head(msgspec.Struct, kw_only=True):
    """Head of a sealed file, in the clear: version, moment, and the salt of its key."""

    version: int = VERSION
    made_at: datetime
    is_encrypted: bool
    salt: str
    """Hexadecimal."""


class _Version(msgspec.Struct):
    version: int


class Sink(Protocol):
    """File that is written to."""

    def write(self, data: bytes, /) -> int:
        """Write all of `data`."""


class _Cipher:
    """Cipher of one file's chunks, in order."""

    def __init__(self, head: bytes, salt: bytes, key: str | None) -> None:
        derive = Scrypt(salt=salt, length=32, n=_SCRYPT_COST if key else 2, r=8, p=1).derive
        self._cipher = AESGCM(derive((key or "").encode()))
        self._head = head
        self._number = 0

    def seal(self, plain: bytes, *, is_last: bool) -> bytes:
        """Return the next chunk encrypted."""
        return self._cipher.encrypt(self._nonce(is_last=is_last), plain, self._head)

    def open(self, sealed: bytes, *, is_last: bool) -> bytes:
        """Return the next chunk. Raises `InvalidTag`."""
        return self._cipher.decrypt(self._nonce(is_last=is_last), sealed, self._head)

    def _nonce(self, *, is_last: bool) -> bytes:
        self._number += 1
        return self._number.to_bytes(11, "big") + bytes([is_last])


class SealedWriter:
    """Writer of a sealed stream, which is whole only after `close`."""

    def __init__(self, file: Sink, made_at: datetime, key: str | None) -> None:
        salt = os.urandom(16)
        head = msgspec.json.encode(Head(made_at=made_at, is_encrypted=key is not None, salt=salt.hex()))
        self._file = file
        self._cipher = _Cipher(head, salt, key)
        self._compress = zlib.compressobj(_FAST)
        self._waiting = bytearray()
        file.write(MAGIC + _LENGTH.pack(len(head)) + head)

    def write(self, data: bytes) -> None:
        """Write the next bytes."""
        self._put(self._compress.compress(data))

    def close(self) -> None:
        """Write the last chunk."""
        self._put(self._compress.flush())
        self._write_chunk(bytes(self._waiting), is_last=True)

    def _put(self, packed: bytes) -> None:
        self._waiting += packed
        while len(self._waiting) > CHUNK:
            self._write_chunk(bytes(self._waiting[:CHUNK]), is_last=False)
            del self._waiting[:CHUNK]

    def _write_chunk(self, plain: bytes, *, is_last: bool) -> None:
        sealed = self._cipher.seal(plain, is_last=is_last)
        self._file.write(bytes([is_last]) + _LENGTH.pack(len(sealed)) + sealed)


class SealedReader:
    """Reader of a sealed stream. Raises `UnreadableBackup` for whatever is not as it was written."""

    def __init__(self, file: IO[bytes], key: str | None) -> None:
        self._file = file
        if file.read(len(MAGIC)) != MAGIC:
            raise UnreadableBackup("the file is no backup of a Scan Hub")
        raw = self._read(self._read_length(LONGEST_HEAD))
        self.head = _head(raw)
        if self.head.is_encrypted and key is None:
            raise UnreadableBackup("the backup is encrypted: give its key by --key-file")
        if key is not None and not self.head.is_encrypted:
            raise UnreadableBackup(
                "the backup is not encrypted, though a key is given: "
                "restore it without --key-file only if you trust where the file comes from"
            )
        self._cipher = _Cipher(raw, bytes.fromhex(self.head.salt), key)
        self._pieces = self._plain()
        self._ahead = bytearray()

    def read(self, size: int) -> bytes:
        """Return the next `size` bytes, fewer at the end."""
        while len(self._ahead) < size and (piece := next(self._pieces, b"")):
            self._ahead += piece
        found = bytes(self._ahead[:size])
        del self._ahead[:size]
        return found

    def _plain(self) -> Iterator[bytes]:
        """Yield the plain bytes, `CHUNK` at most at a time, however much they were compressed."""
        expand = zlib.decompressobj()
        for packed in self._chunks():
            while packed:
                if piece := _expand(expand, packed):
                    yield piece
                packed = expand.unconsumed_tail
        if not expand.eof or expand.unused_data or self._file.read(1):
            raise UnreadableBackup("the backup is damaged: it does not end where it should")

    def _chunks(self) -> Iterator[bytes]:
        is_last, is_first = False, True
        while not is_last:
            is_last = self._read(1) == b"\x01"
            sealed = self._read(self._read_length(CHUNK + TAG_BYTES))
            try:
                yield self._cipher.open(sealed, is_last=is_last)
            except InvalidTag:
                if is_first and self.head.is_encrypted:
                    raise UnreadableBackup("the backup does not open: another key, or it was changed") from None
                raise UnreadableBackup("the backup is damaged or was changed: a part of it does not open") from None
            is_first = False

    def _read_length(self, most: int) -> int:
        length: int = _LENGTH.unpack(self._read(_LENGTH.size))[0]
        if length > most:
            raise UnreadableBackup("the backup is damaged or was changed: a part of it has an impossible length")
        return length

    def _read(self, size: int) -> bytes:
        data = self._file.read(size)
        if len(data) < size:
            raise UnreadableBackup("the backup is truncated: it ends before its end")
        return data


def _head(raw: bytes) -> Head:
    """Return the head, of which a newer version may have another one."""
    try:
        version = msgspec.json.decode(raw, type=_Version).version
        if version > VERSION:
            raise UnreadableBackup(f"the backup is of a newer version ({version}): update this hub first")
        head = msgspec.json.decode(raw, type=Head)
        bytes.fromhex(head.salt)
    except (msgspec.MsgspecError, ValueError) as error:
        raise UnreadableBackup("the backup is damaged: its head cannot be read") from error
    return head


def _expand(expand: "zlib._Decompress", packed: bytes) -> bytes:
    try:
        return expand.decompress(packed, CHUNK)
    except zlib.error as error:
        raise UnreadableBackup("the backup is damaged: it does not unpack") from error
