"""Vault: what any secret in force sealed or signed is good, what a retired one did is not, whatever the rotations."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from hub.model.access import SecretState
from hub.rotation.steps import begun, retired, switched
from hub.vault import LINKS, IndexPurpose, TokenPurpose, Vault, WrongSecret, fingerprint_of

VAULT = Vault("a secret of the hub's")
NOW = datetime(2026, 12, 1, tzinfo=UTC)


@given(st.binary())
def test_what_is_sealed_opens_again(plain: bytes) -> None:
    assert VAULT.open(VAULT.seal(plain)) == plain


def test_sealing_hides_even_that_two_are_the_same() -> None:
    assert VAULT.seal(b"private key") != VAULT.seal(b"private key")
    assert b"private key" not in VAULT.seal(b"private key")


def test_another_secret_is_told_plainly() -> None:
    with pytest.raises(WrongSecret, match="secret does not fit"):
        Vault("another secret").open(VAULT.seal(b"private key"))


@given(st.data())
def test_what_was_changed_or_cut_does_not_open(data: st.DataObject) -> None:
    sealed = VAULT.seal(b"private key")
    at = data.draw(st.integers(0, len(sealed) - 1))
    flipped = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
    for broken in (flipped, sealed[:at]):
        with pytest.raises(WrongSecret):
            VAULT.open(broken)


def test_a_secret_has_one_key_for_each_purpose() -> None:
    assert VAULT.derive("cookies") == Vault(b"a secret of the hub's").derive("cookies")
    keys = {VAULT.derive("cookies"), VAULT.derive("phones"), VAULT.derive(""), Vault("other").derive("cookies")}
    assert [len(key) for key in keys] == [32] * 4


def test_the_fingerprint_belongs_to_the_secret() -> None:
    assert re.fullmatch("[0-9a-f]{16}", VAULT.fingerprint())
    assert VAULT.fingerprint() == Vault("a secret of the hub's").fingerprint()
    assert VAULT.fingerprint() != Vault("another secret").fingerprint()


def test_an_empty_secret_is_refused() -> None:
    with pytest.raises(ValueError):
        Vault("")


@pytest.mark.parametrize("purpose", [*TokenPurpose, *IndexPurpose])
def test_keys_of_each_purpose_are_those_of_the_version_before(purpose: str) -> None:
    """Links, passes, recovery codes and counts of before go on: these names are stored nowhere, and derived from."""
    names = {
        "ticket access token",
        "wallet pass token",
        "waiting entry token",
        "known browser",
        "hand code",
        "recovery code",
        "phone limit",
        "waiting mailbox",
        "idempotency record",
    }
    assert purpose in names and len(names) == len(TokenPurpose) + len(IndexPurpose)
    if purpose in [*IndexPurpose]:
        assert VAULT.index_key(IndexPurpose(purpose)) == VAULT.derive(purpose)
    else:
        assert VAULT.token_keys(TokenPurpose(purpose)) == [VAULT.derive(purpose)]


def state_of(*secrets: str, **fields: object) -> SecretState:
    proof, *beside = [fingerprint_of(each) for each in secrets]
    return SecretState(proof=proof, beside=beside, **fields)  # type: ignore[arg-type]


def test_a_secret_that_is_not_known_yet_changes_nothing_and_is_taken_up_when_it_comes() -> None:
    vault = Vault("the first")
    sealed = vault.seal(b"before")
    vault.adopt(["the first"], state_of("the second", "the first"))
    assert vault.fingerprint() == fingerprint_of("the first")
    vault.adopt(["the first", "the second"], state_of("the second", "the first"))
    assert vault.fingerprints() == [fingerprint_of("the second"), fingerprint_of("the first")]
    assert vault.open(sealed) == b"before" and vault.sealer(vault.seal(b"now")) == fingerprint_of("the second")


def test_a_secret_that_left_the_file_stays_in_force_until_it_is_retired() -> None:
    vault = Vault("the second", "the first")
    sealed = Vault("the first").seal(b"before")
    vault.adopt(["the second"], state_of("the second", "the first"))
    assert vault.open(sealed) == b"before"
    vault.adopt(["the second", "the first"], state_of("the second", retired=[fingerprint_of("the first")]))
    with pytest.raises(WrongSecret):
        vault.open(sealed)


def test_a_hub_whose_only_secret_was_retired_without_it_goes_on_with_that_one() -> None:
    vault = Vault("the first")
    vault.adopt(["the first"], state_of("the second", retired=[fingerprint_of("the first")]))
    assert vault.open(vault.seal(b"text")) == b"text"


class Rotations(RuleBasedStateMachine):
    """Any number of rotations, seen by a process that follows them, and by one that is started anew each time."""

    def __init__(self) -> None:
        super().__init__()
        self.secrets = ["secret 0"]
        self.state = state_of("secret 0")
        self.vault = Vault("secret 0")
        self.sealed: list[tuple[str, bytes]] = []
        self.signed: list[tuple[TokenPurpose, bytes]] = []
        self.ended: list[tuple[TokenPurpose, bytes]] = []
        self.index = {purpose: self.vault.index_key(purpose) for purpose in IndexPurpose}

    def vaults(self) -> list[Vault]:
        fresh = Vault(*reversed(self.secrets))
        for vault in (self.vault, fresh):
            vault.adopt(self.secrets, self.state)
        return [self.vault, fresh]

    @rule(purpose=st.sampled_from(TokenPurpose))
    def seal_and_sign(self, purpose: TokenPurpose) -> None:
        for vault in self.vaults():
            assert vault.fingerprint() == self.state.proof
            self.sealed.append((self.state.proof, vault.seal(b"text")))
            self.signed.append((purpose, vault.token_key(purpose).sign(b"about")))

    @precondition(lambda self: self.state.next is None and not self.state.beside)
    @rule()
    def begin(self) -> None:
        self.secrets.append(f"secret {len(self.secrets)}")
        self.state = begun(self.state, fingerprint_of(self.secrets[-1]))

    @precondition(lambda self: self.state.next is not None)
    @rule()
    def switch(self) -> None:
        vault = self.vaults()[1]
        assert self.state.next is not None
        vault.seal_by(self.state.next)
        self.state = switched(self.state, vault, NOW)

    @precondition(lambda self: self.state.next is None)
    @rule(end_links=st.booleans())
    def retire(self, end_links: bool) -> None:
        current = [(purpose, key) for purpose, key in self.signed if self.is_current(purpose, key)]
        self.state = retired(self.state, self.vaults()[1], end_links=end_links)
        ending = {TokenPurpose.BROWSER, *(LINKS if end_links else ())}
        self.ended += [one for one in self.signed if one not in current and one[0] in ending]
        self.signed = [one for one in self.signed if one in current or one[0] not in ending]

    def is_current(self, purpose: TokenPurpose, signature: bytes) -> bool:
        return signature == self.vaults()[0].token_key(purpose).sign(b"about")

    @invariant()
    def what_was_sealed_opens_by_any_secret_in_force_and_by_no_retired_one(self) -> None:
        for vault in self.vaults():
            for sealer, text in self.sealed:
                if sealer in self.state.retired:
                    with pytest.raises(WrongSecret):
                        vault.open(text)
                else:
                    assert (vault.open(text), vault.sealer(text)) == (b"text", sealer)

    @invariant()
    def what_was_signed_stays_good_until_its_links_are_ended(self) -> None:
        for vault in self.vaults():
            assert all(each in vault.token_key(purpose).signatures(b"about") for purpose, each in self.signed)
            assert not any(each in vault.token_key(purpose).signatures(b"about") for purpose, each in self.ended)

    @invariant()
    def stored_hashes_are_found_by_the_key_they_were_made_with(self) -> None:
        for vault in self.vaults():
            assert {purpose: vault.index_key(purpose) for purpose in IndexPurpose} == self.index


TestRotations = Rotations.TestCase
