"""Unit of work: commands of one batch see each other's changes, in order, and leave one set of writes."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.model.access import Device
from hub.model.base import Document
from hub.model.command import (
    Change,
    IdempotencyRecord,
    Key,
    NewEntry,
    UnitOfWork,
    apply_effect,
    check_effect,
    merge_effect,
)
from hub.model.event import Event
from hub.model.journal import DoorCount, Stream
from tests.builders import a_device, a_stream, an_event
from tests.commands import NOON, remember


def a_book(
    *documents: Document, event: Event | None = None, devices: tuple[Device, ...] = (), **stream: Any
) -> UnitOfWork:  # fmt: skip
    found: dict[Key, Document] = {(type(document), document.id): document for document in documents}  # type: ignore[attr-defined]
    return UnitOfWork(
        stream=a_stream(**stream),
        event=event,
        devices={device.id: device for device in devices},
        documents=found,
        now=NOON,
        batch="b1",
    )


def test_entries_are_numbered_on_from_the_stream() -> None:
    book = a_book(seq=7)
    assert book.next_seq == 8
    book.apply(Change(answer=None, entries=[NewEntry(kind="ticket.paid"), NewEntry(kind="ticket.blocked")]))
    assert book.next_seq == 10
    assert [(entry.seq, entry.kind, entry.event, entry.batch) for entry in book.entries] == [
        (8, "ticket.paid", "e1", "b1"),
        (9, "ticket.blocked", "e1", "b1"),
    ]


def test_an_entry_is_of_now_unless_it_tells_when_it_was() -> None:
    earlier = NOON - timedelta(minutes=5)
    book = a_book()
    book.apply(
        Change(
            answer=None,
            entries=[
                NewEntry(kind="ticket.scanned"),
                NewEntry(kind="ticket.exited", at=earlier),
                NewEntry(kind="ticket.denied", at=NOON),
            ],
        )
    )
    assert [(entry.at, entry.received_at) for entry in book.entries] == [(NOON, None), (earlier, NOON), (NOON, None)]


def test_what_was_put_is_found_and_what_was_dropped_is_not() -> None:
    book = a_book(remember("old"), remember("gone"))
    changed = remember("old", answer=b"2")
    book.apply(Change(answer=None, put=[changed, remember("new")], drop=[(IdempotencyRecord, "gone")]))
    assert book.find(IdempotencyRecord, "old") is changed
    assert book.find(IdempotencyRecord, "new") is not None
    assert book.find(IdempotencyRecord, "gone") is None
    assert book.find(IdempotencyRecord, "never") is None


def test_only_what_changed_is_written_and_as_it_was_at_last() -> None:
    book = a_book(remember("old"), remember("kept"), remember("gone"))
    book.apply(
        Change(answer=None, put=[remember("old", answer=b"2"), remember("new")], drop=[(IdempotencyRecord, "gone")])
    )
    book.apply(Change(answer=None, put=[remember("old", answer=b"3")]))
    written = [(key[1], document and document.answer) for key, document in book.writes()]  # type: ignore[attr-defined]
    assert written == [("old", b"3"), ("new", b""), ("gone", None)]


def test_a_change_of_the_event_or_a_device_is_seen_by_the_next_command() -> None:
    book = a_book(event=an_event("e1"), devices=(a_device("v1"), a_device("v2")))
    renamed = an_event("e1", name="B")
    book.apply(Change(answer=None, put=[renamed, a_device("v1", archived=True), a_device("v3")], drop=[(Device, "v2")]))
    assert book.event.name == "B"
    assert [book.device(each) and book.device(each).archived for each in ("v1", "v2", "v3")] == [True, None, False]  # type: ignore[union-attr]


def test_what_belongs_to_another_event_is_not_seen() -> None:
    book = a_book(event=an_event("e1"))
    book.apply(Change(answer=None, put=[an_event("e2"), a_device("v9", event="e2"), a_device("v0", event=None)]))
    assert book.event.id == "e1"
    assert book.device("v9") is None
    assert book.device("v0") is not None


def test_a_device_that_moves_to_another_event_serves_here_no_more() -> None:
    book = a_book(event=an_event("e1"), devices=(a_device("v1"),))
    book.apply(Change(answer=None, put=[a_device("v1", event="e2")]))
    assert book.device("v1") is None


def test_the_devices_of_other_books_stay_as_they_are() -> None:
    devices = {"v1": a_device("v1")}
    book = UnitOfWork(
        stream=a_stream(), event=None, devices=devices, documents={}, now=NOON, batch="b"
    )  # fmt: skip
    book.apply(Change(answer=None, put=[a_device("v1", archived=True)]))
    assert not devices["v1"].archived


def test_a_stream_of_no_event_has_none_to_show() -> None:
    book = a_book()
    book.apply(Change(answer=None, put=[an_event("e2")]))
    with pytest.raises(LookupError):
        _ = book.event


def test_bumps_add_up() -> None:
    book = a_book()
    book.apply(Change(answer=None, bump={"e1"}))
    book.apply(Change(answer=None, bump={"e2", "e1"}))
    assert book.bumped == {"e1", "e2"}


@pytest.mark.parametrize(
    "wrong",
    [
        Change(
            answer=None,
            put=[remember("n1")],
            entries=[NewEntry(kind="ticket.paid"), NewEntry(kind="ticket.blocked", effect={"nothing": 1})],
            bump={"e1"},
        ),
        Change(
            answer=None,
            put=[remember("n1"), Document()],
            entries=[NewEntry(kind="ticket.paid", effect={"admitted": 1})],
        ),
    ],
)
def test_a_change_that_cannot_be_applied_leaves_no_trace(wrong: Change[None]) -> None:
    book = a_book()
    with pytest.raises((ValueError, TypeError)):
        book.apply(wrong)
    assert (book.entries, book.effect, list(book.writes()), book.bumped) == ([], {}, [], set())
    assert book.stream == a_stream()


# --- effects -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "delta"),
    [
        ("", 1),
        ("admited", 1),
        ("seq", 1),
        ("epoch", 1),
        ("zones", 1),
        ("zones.", 1),
        ("doors.d1", 1),
        ("doors..admitted", 1),
        ("doors.d1.lost", 1),
        ("doors.d1.admitted.x", 1),
        ("admitted", "1"),
        ("admitted", 0.5),
    ],
)
def test_what_is_no_effect_is_refused(path: str, delta: Any) -> None:
    with pytest.raises((ValueError, TypeError)):
        check_effect({"booked": 1, path: delta})


EFFECT = {"admitted": 1, "inside": 2, "headcount": -1, "doors.d3.admitted": 1, "zones.z1": 2}


def test_an_effect_moves_the_counters_that_it_names() -> None:
    check_effect(EFFECT)
    stream = a_stream(admitted=4, doors={"d1": DoorCount(denied=1)})
    apply_effect(stream, EFFECT)
    assert stream == Stream(
        id="e1",
        epoch="k1",
        admitted=5,
        inside=2,
        headcount=-1,
        doors={"d1": DoorCount(denied=1), "d3": DoorCount(admitted=1)},
        zones={"z1": 2},
    )


paths = st.sampled_from(["admitted", "denied", "zones.z1", "zones.z2", "doors.d1.admitted", "doors.d2.exited"])
effects = st.dictionaries(paths, st.integers(-9, 9))


@given(st.lists(effects))
def test_effects_together_move_what_they_move_one_by_one(each: list[dict[str, int]]) -> None:
    one_by_one, together = a_stream(), a_stream()
    merged: dict[str, int] = {}
    for effect in each:
        apply_effect(one_by_one, effect)
        merge_effect(merged, effect)
    apply_effect(together, merged)
    assert together == one_by_one


@given(st.lists(st.lists(effects, max_size=3)))
def test_the_books_effect_is_the_sum_of_its_entries(changes: list[list[dict[str, int]]]) -> None:
    book = a_book()
    for each in changes:
        book.apply(Change(answer=None, entries=[NewEntry(kind="ticket.scanned", effect=effect) for effect in each]))
    expected = a_stream(seq=len(book.entries))
    apply_effect(expected, book.effect)
    assert book.stream == expected
