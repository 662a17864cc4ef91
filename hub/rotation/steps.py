"""Steps of a rotation as changes of the secrets' state. Pure."""

from datetime import datetime

from msgspec.structs import replace

from hub.model.access import KeptKey, SecretState
from hub.vault import LINKS, OUTLASTING, IndexPurpose, Vault


def begun(state: SecretState, fingerprint: str) -> SecretState:
    """Return the state in which hubs learn the secret that is to be the current one."""
    return replace(state, next=fingerprint)


def switched(state: SecretState, vault: Vault, now: datetime) -> SecretState:
    """Return the state in which `next` is the current secret, by a vault whose current secret is that one already.

    The keys of stored hashes are kept with it: they are the first secret's for ever.
    """
    assert state.next == vault.fingerprint()
    kept = [_resealed(each, vault) for each in state.kept]
    held = {each.purpose for each in kept}
    kept += [vault.keep(purpose, state.proof) for purpose in IndexPurpose if purpose not in held]
    beside = [*state.beside, state.proof]
    return replace(state, proof=state.next, since=now, next=None, beside=beside, kept=kept)


def retired(state: SecretState, vault: Vault, *, end_links: bool) -> SecretState:
    """Return the state in which the earlier secrets are in force no longer.

    What they signed and outlasts them stays good by their keys, kept; `end_links`: but recovery codes nothing does.
    """
    kept = [*state.kept, *(vault.keep(purpose, origin) for origin in state.beside for purpose in sorted(OUTLASTING))]
    if end_links:
        kept = [each for each in kept if each.purpose not in LINKS]
    return replace(state, beside=[], retired=[*state.retired, *state.beside], kept=kept)


def _resealed(kept: KeptKey, vault: Vault) -> KeptKey:
    return replace(kept, sealed=vault.seal(vault.open(kept.sealed)))
