"""Rotation of the hub's secret, step by step: each command goes on where the one before was broken off."""

import asyncio
import secrets
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime

from msgspec.structs import replace

from hub.model.access import SecretHolder, SecretState
from hub.rotation.known import known_secrets, secret_file, secrets_in_file, write_secrets
from hub.rotation.reseal import Resealer
from hub.rotation.steps import begun, retired, switched
from hub.settings import SHORTEST_SECRET, Settings
from hub.vault import Vault, fingerprint_of
from store.store import Store

LOOK_EVERY_S = 0.5
GIVE_UP_AFTER_S = 10.0
"""Within which a process reports a secret that was just added to its file."""
MOST_ROUNDS = 3
"""Rounds of re-sealing: in the second there is what processes sealed during the first."""

Say = Callable[[str], None]


class RotationRefused(Exception):
    """Error of a step that cannot be made now; the text is one line that a person can act on."""


class Rotation:
    """Rotation on one database, from the host whose settings and file these are."""

    def __init__(self, settings: Settings, store: Store, now: Callable[[], datetime], say: Say) -> None:
        self._settings = settings
        self._store = store
        self._now = now
        self._say = say

    # --- the commands ------------------------------------------------------------------------------------------------

    async def rotate(self) -> None:
        """Put a new secret in the place of the current one, and seal all by it; raises `RotationRefused`.

        Where a rotation is under way, it goes on with that one.
        """
        state = await self._state()
        if state.next is not None and state.next not in self._known():
            state = await self._give_up(state)
        if state.next is None and not state.beside:
            state = await self._begin(state)
        if state.next is not None:
            state = await self._switch(state)
        await self._wait(lambda holder: holder.sealing == state.proof, "seal by the new secret")
        await self._reseal(state)
        self._say("All is sealed by the new secret. The one before still opens: end it by  secret retire")

    async def retire(self, *, end_links: bool) -> None:
        """End the earlier secrets. Raises `RotationRefused` while anything is sealed by them.

        `end_links`: what they signed ends as well, as links of tickets do.
        """
        state = await self._state()
        if state.next is not None:
            raise RotationRefused("a rotation is under way: go on with it by  secret rotate")
        if state.beside:
            await self._check_unused(state)
        if state.beside or end_links:
            vault = self._vault(state)
            state = await self._change(state, retired(state, vault, end_links=end_links))
            self._say(f"In force is {state.proof} alone." + (" All links of before have ended." if end_links else ""))
        self._remind(state)

    async def lines(self) -> list[str]:
        """Return how the secrets stand, a line each."""
        state, known = await self._state(), self._known()
        age = await self._store.secrets.age(state)
        lines = [f"{state.proof}  current" + (f", since {age:%Y-%m-%d %H:%M} UTC" if age else "")]
        lines += [f"{each}  next: hubs learn it" for each in [state.next] if each]
        lines += [f"{each}  earlier, still in force" for each in state.beside]
        lines += [f"{each}  retired, still in {known[each]}" for each in state.retired if each in known]
        for holder in await self._store.secrets.holders():
            unknown = [each for each in (*state.beside, state.proof, state.next) if each and each not in holder.known]
            is_behind = f", does not know {', '.join(unknown)}" if unknown else ""
            lines.append(f"{_named(holder)}: seals by {holder.sealing}{is_behind}")
        if state.beside:
            counted = await self._resealer(state).count()
            lines.append(f"sealed by earlier ones: {_listed(counted.earlier) or 'nothing'}")
        return lines

    # --- the steps ---------------------------------------------------------------------------------------------------

    async def _begin(self, state: SecretState) -> SecretState:
        """Begin with a secret that stands here and was never in force, or make one where the file holds all of them."""
        taken = (state.proof, *state.retired)
        usable = [fingerprint_of(each) for each in known_secrets(self._settings) if len(each) >= SHORTEST_SECRET]
        name = next((each for each in usable if each not in taken), None) or self._make()
        self._say(f"The new secret is {name} (its fingerprint), kept in {self._known()[name]}.")
        return await self._change(state, begun(state, name))

    def _make(self) -> str:
        """Make a secret, and keep it in the file before the database hears of it; return its fingerprint.

        Where settings hold the secret, nothing says that the file outlives this container: a person has to choose.
        """
        if self._settings.secret:
            raise RotationRefused(
                "put a new secret (openssl rand -base64 32) beside HUB_SECRET, where it outlives a restart: "
                f"as a line of {self._file}, or into HUB_OTHER_SECRETS"
            )
        made = secrets.token_urlsafe(32)
        try:
            write_secrets(self._settings, [made, *secrets_in_file(self._settings)])
        except OSError as error:
            raise RotationRefused(f"{self._file} cannot be written: {error.strerror}") from error
        return fingerprint_of(made)

    async def _give_up(self, state: SecretState) -> SecretState:
        """Forget a next secret that is known nowhere any more. Raises `RotationRefused` where a process knows it."""
        looked_until = asyncio.get_running_loop().time() + GIVE_UP_AFTER_S
        while True:
            if any(state.next in holder.known for holder in await self._store.secrets.holders()):
                raise RotationRefused(
                    f"the new secret {state.next} is not known here: go on where it is, or put it into {self._file}"
                )
            if asyncio.get_running_loop().time() >= looked_until:
                break
            await asyncio.sleep(LOOK_EVERY_S)
        self._say(f"The new secret {state.next} is known nowhere any more: another takes its place.")
        return await self._change(state, replace(state, next=None))

    async def _switch(self, state: SecretState) -> SecretState:
        name = state.next
        assert name is not None
        await self._wait(
            lambda holder: name in holder.known,
            f"know the new secret, which stands in {self._known()[name]}: put it into hub-secret in their data folder",
        )
        vault = self._vault(state, first=name)
        state = await self._change(state, switched(state, vault, self._now()))
        self._say(f"{name} is the current secret.")
        return state

    async def _reseal(self, state: SecretState) -> None:
        resealer, done = self._resealer(state), Counter[str]()
        for _ in range(MOST_ROUNDS):
            left = await resealer.count()
            if not left.earlier.total():
                break
            self._say(f"to be sealed anew: {_listed(left.earlier)}")
            await resealer.reseal(lambda collection, count: self._said(done, collection, count))
        else:
            raise RotationRefused(f"not all is sealed anew yet: {_listed(left.earlier)}; run it again")
        if left.broken.total():
            self._say(f"damaged, no secret in force opens them: {_listed(left.broken)}")

    def _said(self, done: Counter[str], collection: str, count: int) -> None:
        done[collection] += count
        self._say(f"  {collection}: {done[collection]}")

    async def _wait(self, is_ready: Callable[[SecretHolder], bool], what: str) -> None:
        """Wait until `is_ready` is true of every process that is alive; says which are not, where they change."""
        said: list[str] = []
        while late := sorted({_named(each) for each in await self._store.secrets.holders() if not is_ready(each)}):
            if late != said:
                self._say(f"waiting until these {what}: {', '.join(late)}")
                said = late
            await asyncio.sleep(LOOK_EVERY_S)

    async def _check_unused(self, state: SecretState) -> None:
        late = sorted(_named(each) for each in await self._store.secrets.holders() if each.sealing != state.proof)
        if late:
            raise RotationRefused(f"these do not seal by the current secret yet: {', '.join(late)}")
        counted = await self._resealer(state).count()
        if counted.earlier.total():
            raise RotationRefused(
                f"still sealed by an earlier secret: {_listed(counted.earlier)}; seal them anew by  secret rotate"
            )

    def _remind(self, state: SecretState) -> None:
        """Say where retired secrets still stand: a person moves them to the backups that need them."""
        for name, place in self._known().items():
            if name in state.retired:
                self._say(f"{name} is retired and stands in {place}: take it out there, on every host.")
                self._say("Keep it apart, as long as you keep backups of its time: none can be restored without it.")

    # --- the parts ---------------------------------------------------------------------------------------------------

    async def _state(self) -> SecretState:
        state = await self._store.secrets.read()
        if state is None:
            raise RotationRefused("the database holds no hub")
        if missing := state.missing(self._known()):
            raise RotationRefused(f"in force and not known here: {', '.join(missing)}; put it into {self._file}")
        return state

    async def _change(self, before: SecretState, after: SecretState) -> SecretState:
        if not await self._store.secrets.change(before, after):
            raise RotationRefused("another command changed the secrets meanwhile: run it again")
        return await self._state()

    def _known(self) -> dict[str, str]:
        """Return the secrets that this host knows: their fingerprints, and where each stands."""
        found = dict.fromkeys(map(fingerprint_of, secrets_in_file(self._settings)), str(self._file))
        found |= dict.fromkeys(map(fingerprint_of, self._settings.other_secrets), "HUB_OTHER_SECRETS")
        return found | ({fingerprint_of(self._settings.secret): "HUB_SECRET"} if self._settings.secret else {})

    @property
    def _file(self) -> str:
        return str(secret_file(self._settings))

    def _vault(self, state: SecretState, *, first: str | None = None) -> Vault:
        """Return a vault of the secrets known here, whose current one is `first`, else the state's."""
        known: Sequence[str] = known_secrets(self._settings)
        vault = Vault(*known)
        vault.adopt(known, state)
        if first is not None:
            vault.seal_by(first)
        return vault

    def _resealer(self, state: SecretState) -> Resealer:
        return Resealer(self._store.sealed_texts, self._store.journal, self._vault(state))


def _named(holder: SecretHolder) -> str:
    return f"{holder.host} {holder.id.removeprefix('process/')}"


def _listed(counted: Counter[str]) -> str:
    return ", ".join(f"{collection} {count}" for collection, count in counted.items() if count)
