"""From any kept position a client gets exactly what it missed; snapshots and effects add up to the same counts."""

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.client.replica import GapError, Replica
from hub.live import frames
from hub.live.frame_shapes import EventState
from hub.live.frames import snapshot, updates
from hub.live.recent import RecentEntries
from hub.live.visibility import VIEWS, View
from hub.model.command import apply_effect
from hub.model.journal import Entry, Stream
from hub.reports.occupancy import occupancy
from tests.builders import a_stream
from tests.hub.live.small_hub import EVENT, NOW, VIEW, entry

KINDS = (
    "ticket.booked",
    "ticket.scanned",
    "ticket.exited",
    "ticket.denied",
    "ticket.moved",
    "event.changed",
    "device.silent",
    "showing.opened",
)


def history(kinds: list[str]) -> list[Entry]:
    extra: dict[str, Any] = {"showing.opened": {"effect": {"capacity": 20}}}
    return [entry(seq, kind, **extra.get(kind, {})) for seq, kind in enumerate(kinds, 1)]


def stream_after(entries: list[Entry]) -> Stream:
    stream = a_stream(EVENT, capacity=100, seq=len(entries))
    for one in entries:
        apply_effect(stream, one.effect)
    return stream


def window_of(entries: list[Entry], *, opened_at: int, size: int = 10) -> RecentEntries:
    """A window opened when the journal had `opened_at` entries, to which the others were delivered."""
    window = RecentEntries(stream_after(entries[:opened_at]), entries[max(0, opened_at - size) : opened_at], size)
    window.append(entries[opened_at:])
    return window


def push(frame: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(frame)
    return found


def fresh(window: RecentEntries, view: View = VIEWS[0]) -> dict[str, Any]:
    state = EventState(
        occupancy=occupancy(window.counts(), VIEW, NOW),
        doors=VIEW.doors,
        devices=VIEW.devices,
        alerts=[],
        recent=[encoded.item(view, {}) for encoded in window.recent(50)],
    )
    return push(snapshot(EVENT, window.epoch, window.seq, state))


kinds = st.lists(st.sampled_from(KINDS), max_size=30)


@settings(deadline=None)
@given(kinds, st.data())
def test_every_kept_position_is_resumed_exactly(kinds: list[str], data: st.DataObject) -> None:
    entries = history(kinds)
    window = window_of(entries, opened_at=data.draw(st.integers(0, len(entries))))
    for position in range(-1, len(entries) + 3):
        encoded = len(entries) - 10 <= position <= len(entries) and position >= 0
        assert window.reaches(position) is encoded
        if encoded:
            assert [one.entry for one in window.after(position)] == entries[position:]


@settings(deadline=None)
@given(kinds, st.data())
def test_old_snapshot_with_effects_equals_a_fresh_snapshot(kinds: list[str], data: st.DataObject) -> None:
    entries = history(kinds)
    old_seq = data.draw(st.integers(max(0, len(entries) - 10), len(entries)))
    view = data.draw(st.sampled_from(VIEWS))
    mirror = Replica()
    mirror.take(fresh(window_of(entries[:old_seq], opened_at=old_seq), view))
    window = window_of(entries, opened_at=old_seq)
    position = old_seq
    while position < window.seq:
        items = [encoded.item(view, {}) for encoded in window.after(position, data.draw(st.integers(1, 5)))]
        mirror.take(push(updates(EVENT, "k1", position + 1, items)))
        position += len(items)
    expected = fresh(window, view)["state"]
    assert mirror.state["occupancy"] == expected["occupancy"]
    shown = len(mirror.state["recent"])
    assert mirror.state["recent"][: len(expected["recent"])] == expected["recent"][:shown]


@settings(deadline=None)
@given(kinds, st.lists(st.tuples(st.integers(0, 30), st.integers(1, 8)), max_size=30))
def test_whatever_order_frames_come_in_the_mirror_neither_skips_nor_repeats(
    kinds: list[str], frames: list[tuple[int, int]]
) -> None:
    entries = history(kinds)
    window = window_of(entries, opened_at=0, size=100)
    mirror, heard = Replica("k1", 0), []
    for start, length in frames:
        items = [encoded.item(VIEWS[0], {}) for encoded in window.after(start, length)]
        if not items:
            continue
        try:
            heard += [update.seq for update in mirror.take(push(updates(EVENT, "k1", start + 1, items)))]
        except GapError:
            assert mirror.position == {"epoch": "k1", "seq": len(heard)}
    assert heard == list(range(1, len(heard) + 1))


def test_entries_that_do_not_follow_are_refused() -> None:
    window = window_of(history(["ticket.scanned"]), opened_at=1)
    with pytest.raises(ValueError, match="do not follow 1"):
        window.append([entry(3)])


def test_ring_that_opens_while_the_journal_grows_takes_nothing_twice() -> None:
    entries = history(["ticket.scanned"] * 5)
    window = RecentEntries(stream_after(entries[:3]), entries, 10)
    assert (window.first, window.seq) == (1, 3)
    window.append(entries[3:])
    assert window.stream.admitted == 5


def test_ring_whose_last_entries_are_missing_begins_empty() -> None:
    window = RecentEntries(stream_after(history(["ticket.scanned"] * 5)), history(["ticket.scanned"] * 3), 10)
    assert (window.first, window.seq) == (6, 5)
    assert not window.reaches(4)


def test_counts_of_a_newer_process_are_left_out() -> None:
    stream = a_stream(EVENT)
    apply_effect(stream, {"admitted": 1, "balloons": 3, "doors.north.balloons": 1, "a.b.c.d": 1})
    assert stream == a_stream(EVENT, admitted=1, doors=stream.doors)


def test_occupancy_has_the_fields_that_scripts_rely_on() -> None:
    counts = occupancy(stream_after(history(["ticket.scanned", "ticket.denied"])), VIEW, NOW)
    assert msgspec.to_builtins(counts) == {
        "event": EVENT,
        "epoch": "k1",
        "seq": 2,
        "as_of": "2026-12-24T20:30:00Z",
        "booked": 0,
        "capacity": 100,
        "admitted": 1,
        "inside": 1,
        "headcount": 0,
        "limit": 100,
        "free": 99,
        "denied": 1,
        "doors": [
            {"id": "north", "name": "North", "admitted": 1, "exited": 0, "denied": 0},
            {"id": "south", "name": "South", "admitted": 0, "exited": 0, "denied": 1},
        ],
        "zones": [{"id": "hall", "name": "Hall", "inside": 1, "limit": 50}],
    }


def test_counts_that_came_ahead_of_updates_are_not_counted_twice() -> None:
    entries = history(["ticket.scanned"] * 3)
    mirror = Replica()
    mirror.take(fresh(window_of(entries[:1], opened_at=1)))
    ahead = window_of(entries, opened_at=1)
    mirror.take(push(frames.occupancy(occupancy(ahead.counts(), VIEW, NOW))))
    mirror.take(push(updates(EVENT, "k1", 2, [encoded.item(VIEWS[0], {}) for encoded in ahead.after(1)])))
    assert mirror.state["occupancy"]["admitted"] == 3


def test_resync_forgets_the_position() -> None:
    mirror = Replica("k1", 7)
    assert mirror.take({"type": "resync", "event": EVENT, "reason": "behind"}) == []
    assert mirror.position is None
