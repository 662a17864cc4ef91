"""Alert rules: due at one mark and over at another (hysteresis), so that a value around one raises it once."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from hub.alerts.rules import IN_USE_WITHIN, Finding, Marks, of_device, of_doors, of_limits
from hub.model.access import Device
from hub.model.event import Door, Zone
from hub.model.report import DoorScans
from tests.builders import a_device, a_stream, an_event

NOW = datetime(2026, 12, 24, 21, 0, tzinfo=UTC)
MARKS = Marks(
    low_battery_percent=15,
    queue_scans=10,
    stalled_after=timedelta(minutes=3),
    stalled_other_scans=5,
    limit_near_percent=90,
)
DOORS = [Door(id="d1", name="North"), Door(id="d2", name="South")]


def stands(findings: Iterable[Finding], kind: str) -> list[bool | None]:
    return [finding.is_due for finding in findings if finding.alert.kind == kind]


def device_saying(info: dict[str, Any], seen: timedelta = timedelta()) -> Device:
    return a_device(info=info, last_seen_at=NOW - seen)


def battery(percent: float | None, seen: timedelta = timedelta()) -> bool | None:
    (found,) = stands(of_device(device_saying({"battery": percent}, seen), NOW, MARKS), "device.low_battery")
    return found


def queue(scans: int) -> bool | None:
    (found,) = stands(of_device(device_saying({"queue": scans}), NOW, MARKS), "device.queue")
    return found


def house(inside: int, limit: int | None = 100) -> list[bool | None]:
    event = an_event(max_inside=limit)
    return stands(of_limits(event, a_stream(event.id, inside=inside), NOW, MARKS), "limit.near")


def north(scans: dict[str, DoorScans], **door: Any) -> list[bool | None]:
    event = an_event(doors=[replace(DOORS[0], **door), DOORS[1]])
    return stands((each for each in of_doors(event, scans, NOW, MARKS) if each.alert.door == "d1"), "door.stalled")


def test_a_battery_is_low_at_its_mark_and_charged_five_percent_above() -> None:
    assert [battery(percent) for percent in (15.0, 0, 15.1, 19.9, 20, 100)] == [True, True, None, None, False, False]
    assert battery(None) is None


def test_what_a_device_said_long_ago_raises_nothing() -> None:
    assert battery(3, timedelta(minutes=10)) is True
    assert battery(3, timedelta(minutes=11)) is None


def test_a_queue_is_long_at_its_mark_and_sent_at_half_of_it() -> None:
    assert [queue(scans) for scans in (9, 10, 500, 6, 5, 0)] == [None, True, True, None, False, False]


def test_a_limit_is_near_at_ninety_percent_and_clear_at_eighty_five() -> None:
    assert [house(inside) for inside in (0, 85, 86, 89, 90, 130)] == [[False], [False], [None], [None], [True], [True]]
    assert house(100, None) == []
    assert house(0, 0) == [False]
    assert [house(inside, 1) for inside in (0, 1)] == [[False], [True]]


def test_each_zone_has_a_limit_of_its_own() -> None:
    zones = [Zone(id="z1", name="Balcony", max_inside=10), Zone(id="z2", name="Pit")]
    event = an_event(zones=zones)
    (found,) = of_limits(event, a_stream(event.id, zones={"z1": 9, "z2": 500}), NOW, MARKS)
    assert (found.is_due, found.alert.data) == (True, {"zone": "Balcony", "inside": 9, "limit": 10})


def test_a_door_stands_still_that_was_in_use_while_the_others_scan() -> None:
    resting = DoorScans(NOW - timedelta(minutes=4), 0)
    assert north({"d1": resting, "d2": DoorScans(NOW, 5)}) == [True]
    assert north({"d1": resting, "d2": DoorScans(NOW, 4)}) == [None], "too few to tell"
    assert north({"d1": resting}) == [False], "all is quiet"
    assert north({"d2": DoorScans(NOW, 50)}) == [None], "not in use: it may have stood still before, or rest all night"
    assert north({"d1": DoorScans(NOW, 1), "d2": DoorScans(NOW, 50)}) == [False]
    assert IN_USE_WITHIN > MARKS.stalled_after


def test_a_door_outside_its_hours_is_not_expected_to_scan() -> None:
    scans = {"d1": DoorScans(NOW - timedelta(minutes=4), 0), "d2": DoorScans(NOW, 50)}
    assert north(scans, closes_at=NOW) == north(scans, opens_at=NOW + timedelta(minutes=1)) == []
    assert north(scans, opens_at=NOW, closes_at=NOW + timedelta(minutes=1)) == [True]


@given(levels=st.lists(st.integers(0, 120), max_size=40))
def test_whatever_the_level_does_an_alert_is_told_and_ended_in_turn_and_never_between_the_marks(
    levels: list[int],
) -> None:
    is_standing, told = False, []
    for level in levels:
        (found,) = house(level)
        if found is not None and found is not is_standing:
            is_standing = found
            told.append((found, level))
    assert [raised for raised, _ in told] == [n % 2 == 0 for n in range(len(told))]
    assert all(level >= 90 if raised else level <= 85 for raised, level in told)
