"""A sealed stream comes back as it was written, or not at all: changed, cut, longer, of another key or version."""

import io
import os
from datetime import UTC, datetime
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.backup import sealed_file
from store.backup.errors import UnreadableBackup
from store.backup.sealed_file import MAGIC, SealedReader, SealedWriter

KEY = "a key of sixteen characters or more"


def sealed(pieces: list[bytes], key: str | None = KEY) -> bytes:
    file = io.BytesIO()
    writer = SealedWriter(file, datetime(2026, 12, 24, 20, 30, tzinfo=UTC), key)
    for piece in pieces:
        writer.write(piece)
    writer.close()
    return file.getvalue()


def opened(raw: bytes, key: str | None = KEY) -> bytes:
    reader = SealedReader(io.BytesIO(raw), key)
    parts = []
    while part := reader.read(1000):
        parts.append(part)
    return b"".join(parts)


@cache
def whole(key: str | None = KEY) -> bytes:
    return sealed([b"Ada Lovelace" * 50, os.urandom(500)], key)


@pytest.fixture(autouse=True)
def _cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed_file, "_SCRYPT_COST", 2)


@pytest.mark.parametrize("key", [KEY, None], ids=["encrypted", "not encrypted"])
@given(pieces=st.lists(st.binary(max_size=3000), max_size=10))
def test_what_was_written_is_read(key: str | None, pieces: list[bytes]) -> None:
    assert opened(sealed(pieces, key), key) == b"".join(pieces)


@pytest.mark.parametrize("key", [KEY, None], ids=["encrypted", "not encrypted"])
def test_many_chunks_are_read_in_order(key: str | None) -> None:
    data = os.urandom(3 * sealed_file.CHUNK)
    assert opened(sealed([data], key), key) == data


def test_what_packs_well_is_unpacked_a_chunk_at_a_time() -> None:
    reader = SealedReader(io.BytesIO(sealed([bytes(50_000_000)])), KEY)
    assert max(len(reader.read(sealed_file.CHUNK)) for _ in range(190)) == sealed_file.CHUNK


@pytest.mark.parametrize("key", [KEY, None], ids=["encrypted", "not encrypted"])
@settings(max_examples=60)
@given(data=st.data())
def test_a_file_cut_off_anywhere_is_refused(key: str | None, data: st.DataObject) -> None:
    raw = whole(key)
    with pytest.raises(UnreadableBackup):
        opened(raw[: data.draw(st.integers(0, len(raw) - 1))], key)


@pytest.mark.parametrize("key", [KEY, None], ids=["encrypted", "not encrypted"])
@settings(max_examples=100)
@given(data=st.data())
def test_a_byte_changed_anywhere_is_refused(key: str | None, data: st.DataObject) -> None:
    raw = bytearray(whole(key))
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(UnreadableBackup):
        opened(bytes(raw), key)


def test_a_file_without_encryption_is_no_backup_of_the_one_who_gives_a_key() -> None:
    with pytest.raises(UnreadableBackup, match="is not encrypted, though a key is given"):
        opened(whole(None), KEY)


def test_chunks_that_are_exchanged_or_left_out_are_refused() -> None:
    raw = sealed([os.urandom(3 * sealed_file.CHUNK)])
    head = len(MAGIC) + 4 + int.from_bytes(raw[len(MAGIC) : len(MAGIC) + 4], "big")
    size = 1 + 4 + sealed_file.CHUNK + sealed_file.TAG_BYTES
    first, second, rest = raw[head : head + size], raw[head + size : head + 2 * size], raw[head + 2 * size :]
    for changed in (second + first + rest, first + rest, first + first + second + rest):
        with pytest.raises(UnreadableBackup, match="does not open"):
            opened(raw[:head] + changed)


def test_more_after_the_end_is_refused() -> None:
    with pytest.raises(UnreadableBackup, match="does not end where it should"):
        opened(sealed([b"Ada"]) + b"\0")


@pytest.mark.parametrize(
    ("raw", "key", "reason"),
    [
        (None, None, "the backup is encrypted: give its key by --key-file"),
        (None, KEY + "!", "the backup does not open: another key, or it was changed"),
        (b"id,name\n1,Ada\n", KEY, "the file is no backup of a Scan Hub"),
        (b"", KEY, "the file is no backup of a Scan Hub"),
        (
            MAGIC + b"\0\0\0\x0d" + b'{"version":2}',
            KEY,
            r"the backup is of a newer version \(2\): update this hub first",
        ),
    ],
    ids=["no key", "another key", "another file", "nothing", "a newer version"],
)
def test_a_reader_says_in_one_line_why_it_refuses(raw: bytes | None, key: str | None, reason: str) -> None:
    with pytest.raises(UnreadableBackup, match=f"^{reason}$"):
        opened(whole() if raw is None else raw, key)
