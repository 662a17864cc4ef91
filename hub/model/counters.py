"""The counts of people, kept possible: after a recount an exit may find fewer people counted than really there."""

from collections.abc import Mapping

from hub.model.journal import Door, Stream


def clamped(effect: Mapping[str, int], stream: Stream) -> dict[str, int]:
    """Return `effect` with no count of people falling below zero."""
    return {
        path: max(delta, -_count(stream, path)) for path, delta in effect.items() if delta > 0 or _count(stream, path)
    }


def at_door(door: Door | None, counter: str, step: int = 1) -> dict[str, int]:
    """Return the effect of one more (or less) at a door: `admitted`, `exited` or `denied`."""
    return {f"doors.{door.id}.{counter}": step} if door is not None else {}


def _count(stream: Stream, path: str) -> int:
    zone = path.removeprefix("zones.")
    count: int = stream.zones.get(zone, 0) if zone != path else getattr(stream, path)
    return count
