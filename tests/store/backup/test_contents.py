"""Contents of a backup that anybody may have made: any records are read whole or refused in one line."""

from pathlib import Path
from typing import Any

import bson
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from store.backup.errors import UnreadableBackup
from store.backup.restore import inspect
from store.backup.sealed_file import SealedWriter

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
        stream = SealedWriter(file, "2026-12-24T20:30:00+00:00", None)
        for record in records:
            stream.write(record)
        stream.close()
    with pytest.raises(UnreadableBackup, match=r"^the backup "):
        inspect(path, None)
