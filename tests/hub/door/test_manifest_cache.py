"""Cache of whole manifests: what it finds, what it forgets, and what a packed manifest is."""

import asyncio
import gzip
import zlib

import msgspec
import pytest

from hub.door import manifest_cache
from hub.door.manifest_answer import manifest_head
from hub.door.manifest_cache import PACKED_AT_ONCE, KeptManifest, ManifestCache, Sight, pack, unpack
from hub.model.event import Event
from hub.model.journal import Stream
from tests.builders import an_event

pytestmark = pytest.mark.gen_test

HERE = an_event()
SIGHT = Sight(HERE.id, frozenset())


def kept(event: Event = HERE, *, size: int = 10, salt: bytes = b"salt") -> KeptManifest:
    return KeptManifest(event=event, salt=salt, position=("k1", 1), tickets={"t1": b"x" * size}, packed=b"")


@pytest.mark.parametrize("count", [0, 1, PACKED_AT_ONCE, PACKED_AT_ONCE + 1])
def test_a_packed_manifest_is_one_json_object_that_any_gzip_reader_unpacks(count: int) -> None:
    tickets = [msgspec.json.encode({"uuid": f"t{number}"}) for number in range(count)]
    packed = pack(manifest_head(HERE, Stream(id=HERE.id, epoch="k1"), b"salt"), tickets)
    assert gzip.decompress(packed) == unpack(packed)
    read = msgspec.json.decode(unpack(packed))
    assert (read["salt"], [each["uuid"] for each in read["tickets"]]) == (
        b"salt".hex(),
        [f"t{n}" for n in range(count)],
    )


def test_what_a_guest_wrote_is_not_compressed_with_the_salt() -> None:
    """A guess of the salt in a name makes the answer no shorter than another text of that length does."""
    head = manifest_head(HERE, Stream(id=HERE.id, epoch="k1"), bytes(range(16)))
    right, wrong = (msgspec.json.encode({"name": salt.hex()}) for salt in (bytes(range(16)), bytes(range(100, 116))))
    alone = [len(zlib.compress(each)) for each in (right, wrong)]
    assert len(pack(head, [right])) - alone[0] >= len(pack(head, [wrong])) - alone[1] - 1


async def test_a_manifest_is_found_as_long_as_its_event_and_salt_are_the_same() -> None:
    cache = ManifestCache()
    cache.keep(SIGHT, kept())
    assert cache.find(SIGHT, HERE, b"salt") is not None
    assert cache.find(SIGHT, HERE, b"other") is None
    assert cache.find(SIGHT, msgspec.structs.replace(HERE, door_shows=["seat"]), b"salt") is None
    assert cache.find(Sight(HERE.id, frozenset({"names"})), HERE, b"salt") is None


async def test_the_one_that_was_used_longest_ago_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifest_cache, "MOST_KEPT_BYTES", 100)
    moments = iter(range(100))
    monkeypatch.setattr(manifest_cache, "now", lambda: float(next(moments)))
    first, second, third = (Sight(HERE.id, frozenset({name})) for name in "abc")
    cache = ManifestCache()
    cache.keep(first, kept(size=40))
    cache.keep(second, kept(size=40))
    assert cache.find(first, HERE, b"salt") is not None
    cache.keep(third, kept(size=40))
    assert [cache.find(each, HERE, b"salt") is not None for each in (first, second, third)] == [True, False, True]
    cache.keep(second, kept(size=101))
    assert cache.find(second, HERE, b"salt") is None, "larger than all that may be kept"


async def test_a_manifest_that_is_not_used_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifest_cache, "KEPT_FOR_S", 0.0)
    cache = ManifestCache()
    cache.keep(SIGHT, kept())
    await asyncio.sleep(0.001)
    assert cache.find(SIGHT, HERE, b"salt") is None
