"""Changes of a relay's devices, journaled on its own stream `hub`: sockets and caches heed them as on a hub."""

from collections.abc import Iterable, Sequence

from hub.model.access import Device
from hub.model.command import Change, Key, NewEntry, UnitOfWork


class NoteDevices:
    """Command: note devices that came from the hub; each is checked anew, archived ones are let go."""

    def __init__(self, devices: Sequence[Device]) -> None:
        self._devices = devices
        self.weight = max(1, len(devices))

    def reads(self) -> Iterable[Key]:
        """Name no documents."""
        return ()

    def decide(self, unit: UnitOfWork) -> Change[None]:
        """Return the change."""
        entries = [
            NewEntry(kind="device.archived" if device.archived else "device.changed", data={"id": device.id})
            for device in self._devices
        ]
        return Change(answer=None, entries=entries)
