"""Contents of a backup that anybody may have made: any records are read whole or refused in one line."""

import io
import struct
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import bson
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from store.backup.contents import ContentsWriter, read_contents
from store.backup.errors import UnreadableBackup
from store.backup.restore import inspect
from store.backup.sealed_file import MAGIC, SealedReader, SealedWriter

SCALARS = st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats() | st.text() | st.binary()
VALUES = st.recursive(
    SCALARS.filter(lambda each: not isinstance(each, str) or each.isprintable()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["_id", "count", "zz"]), inner),
    max_leaves=5,
)
NAMES = st.sampled_from(["collection", "document", "end", "total", "zz"])
RECORDS = st.lists(st.dictionaries(NAMES, VALUES, max_size=2).map(bson.encode) | st.binary(max_size=40), max_size=6)
META = bson.encode({"collection": "meta"})


@example([META, bson.encode({"document": 5})])
@example([META, bson.encode({"document": {"x": 1}})])
@example([META, bson.encode({"end": {"zz": 1}})])
@example([META, bson.encode({"end": 3})])
@example([bson.encode({"collection": 3})])
@example([META, b"\x0c\0\0\0\x02end\0\x09\0\0\0"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(records=RECORDS)
def test_any_records_without_a_hub_are_refused_in_our_own_words(tmp_path: Path, records: list[Any]) -> None:
    path = tmp_path / "forged"
    with path.open("wb") as file:
        stream = SealedWriter(file, datetime(2026, 12, 24, 20, 30, tzinfo=UTC), None)
        for record in records:
            stream.write(record)
        stream.close()
    with pytest.raises(UnreadableBackup, match=r"^the backup "):
        inspect(path, None)


@pytest.mark.parametrize("name", ["\x1b[2Jmeta", "system.js"])
def test_a_collection_that_no_hub_has_is_refused_before_its_name_is_printed(tmp_path: Path, name: str) -> None:
    path = tmp_path / "forged"
    with path.open("wb") as file:
        contents = ContentsWriter(SealedWriter(file, datetime(2026, 12, 24, tzinfo=UTC), None))
        assert list(contents.write(name, [])) == []
        contents.close()
    with path.open("rb") as file, pytest.raises(UnreadableBackup, match="do not add up"):
        for collection in read_contents(SealedReader(file, None)):
            list(collection.documents)


def test_a_moment_that_is_none_is_refused_before_it_is_printed() -> None:
    head = b'{"version": 1, "made_at": "\\u001b[2J", "is_encrypted": false, "salt": "00"}'
    with pytest.raises(UnreadableBackup, match="its head cannot be read"):
        SealedReader(io.BytesIO(MAGIC + struct.pack(">I", len(head)) + head), None)
