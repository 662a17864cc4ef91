"""Role of an event's relay: taken by one that joins, kept by each exchange, ended by time or by the organiser."""

from collections.abc import Iterable
from datetime import datetime

from msgspec.structs import replace
from typing_extensions import override

from hub.errors import Conflict
from hub.model.access import Principal
from hub.model.alert import Alert
from hub.model.command import Change, Key, NewEntry, UnitOfWork
from hub.model.kinds import ALONE
from hub.model.relay.documents import RelayRole
from hub.relay.wire import RelayForm

TAKEN = "Another relay serves this event: it was heard less than ten minutes ago"
LOST = "This relay was declared lost: start it on a new folder"


class JoinRelay:
    """Command: take the role for a relay, or keep it; answers with the role."""

    weight = 1

    def __init__(self, event: str, form: RelayForm, key: Principal) -> None:
        self._event = event
        self._form = form
        self._key = key

    def reads(self) -> Iterable[Key]:
        """Yield the role as it is, and an alert on the relay before."""
        yield RelayRole, self._event
        yield Alert, Alert.name(self._event, ALONE)

    def decide(self, unit: UnitOfWork) -> Change[RelayRole]:
        """Return the change. Raises `Conflict`: relay_taken, relay_lost."""
        role = unit.find(RelayRole, self._event)
        check_role(role, self._form.instance, unit.now)
        if role is not None and role.instance == self._form.instance:
            kept = replace(role, name=self._form.name, url=self._form.url, key=self._key.id, heard_at=unit.now)
            return Change(answer=kept, put=[kept])
        taken = RelayRole(
            id=self._event,
            instance=self._form.instance,
            name=self._form.name,
            url=self._form.url,
            key=self._key.id,
            joined_at=unit.now,
            heard_at=unit.now,
        )
        entry = NewEntry(kind="relay.joined", data=_data(taken) | {"alert": _alert_of(taken)})
        return Change(answer=taken, entries=[entry], put=[taken], drop=_raised(unit, taken))


class NoteSilence:
    """Command: note that a relay is on its own, since it was last heard; nothing where it is heard again."""

    weight = 1

    def __init__(self, event: str) -> None:
        self._event = event

    def reads(self) -> Iterable[Key]:
        """Yield the role, and the alert that it is on its own."""
        yield RelayRole, self._event
        yield Alert, Alert.name(self._event, ALONE)

    def decide(self, unit: UnitOfWork) -> Change[None]:
        """Return the change."""
        role = unit.find(RelayRole, self._event)
        if role is None or role.alone_since is not None or role.lost_at is not None or not role.is_silent(unit.now):
            return Change(answer=None)
        alone = replace(role, alone_since=role.heard_at)
        alert = Alert(id=_alert_of(role), kind=ALONE, event=role.id, at=unit.now, data=_data(alone))
        entry = NewEntry(kind="relay.alone", data=_data(alone) | {"alert": alert.id})
        return Change(answer=None, entries=[entry], put=[alone, alert])


class NoteReturn(NoteSilence):
    """Command: note that a relay is heard again."""

    @override
    def decide(self, unit: UnitOfWork) -> Change[None]:
        """Return the change; nothing where the journal names no silence."""
        role = unit.find(RelayRole, self._event)
        if role is None or role.alone_since is None:
            return Change(answer=None)
        back = replace(role, alone_since=None, heard_at=unit.now)
        entry = NewEntry(kind="relay.back", data=_data(role) | {"alert": _alert_of(role)})
        return Change(answer=None, entries=[entry], put=[back], drop=_raised(unit, role))


class DeclareLost:
    """Command: end the role of a relay that is lost for good; answers with the role."""

    weight = 1

    def __init__(self, event: str, by: Principal) -> None:
        self._event = event
        self._by = by

    def reads(self) -> Iterable[Key]:
        """Yield the role, and the alert that it is on its own."""
        yield RelayRole, self._event
        yield Alert, Alert.name(self._event, ALONE)

    def decide(self, unit: UnitOfWork) -> Change[RelayRole]:
        """Return the change; nothing where it is declared already. Raises `Conflict` (no_relay)."""
        role = unit.find(RelayRole, self._event)
        if role is None:
            raise Conflict("no_relay", "No relay has joined this event")
        if role.lost_at is not None:
            return Change(answer=role)
        lost = replace(role, lost_at=unit.now, alone_since=None)
        entry = NewEntry(kind="relay.lost", data=_data(lost) | {"by": self._by.id, "alert": _alert_of(role)})
        return Change(answer=lost, entries=[entry], put=[lost], drop=_raised(unit, role))


def check_role(role: RelayRole | None, instance: str, now: datetime) -> None:
    """Raise `Conflict` where a relay may not have the role: another has it, or it was declared lost itself."""
    if role is None:
        return
    if role.instance == instance:
        if role.lost_at is not None:
            raise Conflict("relay_lost", LOST)
    elif role.is_held(now):
        raise Conflict("relay_taken", TAKEN)


def _alert_of(role: RelayRole) -> str:
    return Alert.name(role.id, ALONE)


def _raised(unit: UnitOfWork, role: RelayRole) -> list[Key]:
    """Return the alert that the relay is on its own, where it stands."""
    return [(Alert, _alert_of(role))] if unit.find(Alert, _alert_of(role)) is not None else []


def _data(role: RelayRole) -> dict[str, str | int]:
    """Return the data of an entry on a relay; `since`: when it was last heard, of one that is on its own."""
    data: dict[str, str | int] = {"relay": role.instance, "name": role.name, "waiting": role.waiting}
    if role.alone_since is not None:
        data["since"] = role.alone_since.isoformat()
    return data
