"""Authentication: devices and scripts by their keys (booking-api.md, who may); people by `hub/access/logins.py`."""

import asyncio
from collections.abc import Callable
from contextvars import Context
from datetime import timedelta

from hub.clock import Clock
from hub.errors import NotAllowed
from hub.model.access import ApiKey, Device, Principal
from hub.secrets import key_prefix, token_fits, token_hash
from store.collections.access import KeyReader
from store.collections.devices import DeviceReader
from store.collections.events import EventReader
from store.collections.showings import Showings

KEY_OUTLIVES = timedelta(hours=12)
"""Time for which a device's key stays good after its event's end, or a later showing's (booking-api.md, devices)."""
RELAY_KEY_OUTLIVES = timedelta(days=3)
"""Time for which a relay's key stays good after its event's end: what its doors did may go up the day after."""
KNOWN_FOR_S = 5.0
"""Lifetime of a cached look-up, in seconds; a change of any device or key ends it at once (`forget`)."""

MOST_GOOD = 10_000
"""Keys that are remembered as good ones."""

NOT_ASKED = (None, 0.0)

DEVICE_SCOPES = frozenset({"scan"})


class Authenticator:
    """Authenticator of API keys: principals by key, cached for a moment, so that a scan costs no look-up."""

    def __init__(
        self,
        devices: DeviceReader,
        events: EventReader,
        showings: Showings,
        keys: KeyReader,
        clock: Clock,
        monotonic: Callable[[], float],
    ) -> None:
        self._devices = devices
        self._events = events
        self._showings = showings
        self._keys = keys
        self._clock = clock
        self._monotonic = monotonic
        self._known: dict[bytes, tuple[asyncio.Task[Principal], float]] = {}
        self._were_good: dict[bytes, None] = {}

    @property
    def cached(self) -> int:
        """The number of keys in the cache."""
        return len(self._known)

    async def by_key(self, api_key: str) -> Principal:
        """Return the principal of an API key. Raises `NotAllowed`: bad_key, or device_archived."""
        proof = token_hash(api_key)
        asked, until = self._known.get(proof, NOT_ASKED)
        if asked is None or until <= self._monotonic():
            asked = self._ask(proof, api_key)
        # Many requests may wait for one look-up: none of them takes it along when its client goes.
        return asked.result() if asked.done() else await asyncio.shield(asked)

    def was_good(self, api_key: str) -> bool:
        """Return whether a key was good when last looked up, or learnt: no proof that it is, but no stranger's."""
        return token_hash(api_key) in self._were_good

    async def learn_good(self) -> None:
        """Learn the keys of the database as good ones, so that no door is a stranger to a process that begins.

        Raises `Unavailable`.
        """
        for hashes in (await self._devices.newest_key_hashes(MOST_GOOD), await self._keys.newest_hashes(MOST_GOOD)):
            for proof in hashes:
                self._note_good(proof)

    def _ask(self, proof: bytes, api_key: str) -> asyncio.Task[Principal]:
        """Begin one look-up of a key for all requests that show it meanwhile; an unknown one is not cached."""
        asked = asyncio.create_task(self._look_up(api_key), context=Context())
        known = asked, self._monotonic() + KNOWN_FOR_S
        self._known[proof] = known

        def note(task: asyncio.Task[Principal]) -> None:
            wrong = None if task.cancelled() else task.exception()
            if wrong is None and not task.cancelled():
                self._note_good(proof)
                return
            if isinstance(wrong, NotAllowed):
                self._were_good.pop(proof, None)
            if self._known.get(proof) is known:
                del self._known[proof]

        asked.add_done_callback(note)
        return asked

    def _note_good(self, proof: bytes) -> None:
        self._were_good[proof] = None
        if len(self._were_good) > MOST_GOOD:
            del self._were_good[next(iter(self._were_good))]

    async def archived_device(self, api_key: str) -> Device | None:
        """Return the archived device whose key this is, or None: it may still send the scans it made before."""
        prefix = key_prefix(api_key)
        device = await self._devices.by_key(prefix) if prefix is not None else None
        if device is None or device.key_hash is None or not token_fits(api_key, device.key_hash):
            return None
        return device if device.archived else None

    def forget(self) -> None:
        """Invalidate the cache: some device or key has changed."""
        self._known.clear()

    async def _check_over(self, event_id: str | None, outlives: timedelta) -> None:
        """Raise `NotAllowed` once an event and all its showings are over since longer than a key `outlives` them."""
        event = await self._events.find(event_id) if event_id is not None else None
        over_by = self._clock.now() - outlives
        if event is None or event.ends_at is None or event.ends_at > over_by:
            return
        last_end = await self._showings.last_end(event.id)
        if last_end is None or last_end <= over_by:
            raise NotAllowed("bad_key", "Invalid or missing API key")

    async def _look_up(self, api_key: str) -> Principal:
        prefix = key_prefix(api_key)
        if prefix is not None:
            device = await self._devices.by_key(prefix)
            if device is not None and device.key_hash is not None and token_fits(api_key, device.key_hash):
                if device.archived:
                    raise NotAllowed("device_archived", "App is archived.")
                await self._check_over(device.event, KEY_OUTLIVES)
                return device_principal(device)
            key = await self._keys.by_prefix(prefix)
            if key is not None and token_fits(api_key, key.hash):
                await self._check_over(key.event, RELAY_KEY_OUTLIVES)
                return Principal(kind="key", id=key.id, name=key.name, scopes=scopes_of(key), event=key.event)
        raise NotAllowed("bad_key", "Invalid or missing API key")


def scopes_of(key: ApiKey) -> frozenset[str]:
    """Return the scopes of a key: one with the scope `admin` counts as an owner, who alone makes such keys."""
    return frozenset({*key.scopes, "owner"} if "admin" in key.scopes else key.scopes)


def device_principal(device: Device) -> Principal:
    """Return the principal of a device."""
    return Principal(
        kind="device",
        id=device.id,
        name=device.name,
        scopes=DEVICE_SCOPES,
        event=device.event,
        door=device.door,
        may=frozenset(device.may),
    )
