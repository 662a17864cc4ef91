"""When the databases of tests may lie in memory."""

from pathlib import Path

import pytest

from tests.memory_folder import ROOM_BYTES, available_bytes, has_room_for, unused_bytes

THREE = 3 * ROOM_BYTES
ENOUGH = THREE + 1


@pytest.mark.parametrize(
    ("disk", "available", "unused", "has_room"),
    [
        (ENOUGH, ENOUGH, ENOUGH, True),
        (ENOUGH, ENOUGH, None, True),
        (THREE, ENOUGH, None, False),
        (ENOUGH, THREE, None, False),
        (ENOUGH, ENOUGH, THREE, False),
        (ENOUGH, 0, None, False),
    ],
)
def test_every_worker_needs_room_on_the_disk_in_memory_and_within_the_limit(
    disk: int, available: int, unused: int | None, has_room: bool
) -> None:
    assert has_room_for(3, disk, available, unused) is has_room
    assert has_room_for(1, ENOUGH, ENOUGH, None)


def test_available_memory_is_read_in_bytes_and_none_where_it_is_unknown(tmp_path: Path) -> None:
    memory = tmp_path / "meminfo"
    assert available_bytes(memory) == 0
    memory.write_text("MemTotal:       100 kB\nMemFree:        10 kB\nMemAvailable:   50 kB\n")
    assert available_bytes(memory) == 50 * 1024
    memory.write_text("MemTotal:       100 kB\n")
    assert available_bytes(memory) == 0


def test_limit_of_the_control_group_counts_where_it_has_one(tmp_path: Path) -> None:
    assert unused_bytes(tmp_path) is None
    (tmp_path / "memory.current").write_text("30\n")
    (tmp_path / "memory.max").write_text("100\n")
    assert unused_bytes(tmp_path) == 70
    (tmp_path / "memory.max").write_text("max\n")
    assert unused_bytes(tmp_path) is None
