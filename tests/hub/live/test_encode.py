"""Items: the data of an entry's kind and the entry's own fields are one object."""

from typing import Any

import msgspec
import pytest

from hub.live.encode import encode
from hub.live.visibility import View
from tests.hub.live.small_hub import entry

ALL = View(names=True, all_kinds=True)
UNSHOWN = ("door", "device", "code", "direction", "by", "received_at")
"""Fields of an entry that these have none of."""


@pytest.mark.parametrize(
    ("data", "effect", "shown"),
    [
        ({"reason": "late"}, {"inside": 1}, b'{"reason":"late","ticket":"t7","name":"Ada","effect":{"inside":1}}'),
        ({"reason": None}, {}, b'{"reason":null,"ticket":"t7","name":"Ada"}'),
        ({}, {}, b'{"ticket":"t7","name":"Ada"}'),
        ({"name": "Eve", "ticket": "t1", "effect": {}}, {}, b'{"effect":{},"ticket":"t7","name":"Ada"}'),
    ],
)
def test_data_of_the_kind_comes_first_and_a_field_of_the_entry_wins(
    data: dict[str, Any], effect: dict[str, int], shown: bytes
) -> None:
    plain = msgspec.structs.replace(entry(7, data=data), effect=effect, **dict.fromkeys(UNSHOWN))
    item = bytes(encode(plain).item(ALL, {"t7": "Ada"}))
    assert item.partition(b'"data":')[2] == shown + b"}"


def test_an_entry_with_nothing_to_show_has_data_all_the_same() -> None:
    plain = msgspec.structs.replace(entry(7, data={}), effect={}, ticket=None, **dict.fromkeys(UNSHOWN))
    assert msgspec.json.decode(encode(plain).plain)["data"] == {}
