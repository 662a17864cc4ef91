import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from argon2 import PasswordHasher, Type, extract_parameters
from hypothesis import given
from hypothesis import strategies as st

from hub.access import passwords
from hub.access.passwords import hash_password, password_fits
from hub.secrets import is_same, key_prefix, new_api_key, new_token, token_fits, token_hash


def test_tokens_are_long_unlike_and_fit_a_url() -> None:
    tokens = {new_token() for _ in range(1000)}
    assert len(tokens) == 1000
    assert all(re.fullmatch("[A-Za-z0-9_-]{24}", token) for token in tokens)


def test_a_token_fits_its_own_hash_only() -> None:
    token = new_token()
    assert len(token_hash(token)) == 32
    assert token_fits(token, token_hash(token))
    assert not token_fits(new_token(), token_hash(token))
    assert not token_fits(token, b"")


@given(st.text(st.characters()))
def test_any_text_can_be_presented_as_a_token_or_key(text: str) -> None:
    assert token_fits(text, token_hash(text))
    prefix = key_prefix(text)
    assert prefix is None or text.startswith(f"{prefix}.")


def test_a_new_api_key_is_found_by_its_prefix_and_proven_by_its_hash() -> None:
    made = new_api_key()
    assert len(made.key) >= 32
    assert key_prefix(made.key) == made.prefix
    assert token_fits(made.key, made.hash)
    assert new_api_key().prefix != made.prefix


@pytest.mark.parametrize(
    ("key", "prefix"),
    [
        ("admin." + "s" * 26, "admin"),
        ("admin." + "s.t" * 10, "admin"),
        ("admin." + "s" * 25, None),
        ("admin." + "s" * 251, None),
        ("." + "s" * 40, None),
        ("s" * 40, None),
        ("s" * 40 + ".", None),
        ("admin." + "s" * 30 + "\n", None),
        ("ad min." + "s" * 30, None),
        ("", None),
    ],
)
def test_a_prefix_is_read_from_keys_of_the_right_form_only(key: str, prefix: str | None) -> None:
    assert key_prefix(key) == prefix


def test_a_hash_costs_whoever_guesses_as_much_as_is_recommended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "PasswordHasher", PasswordHasher)  # tests/conftest.py has a cheap one
    cost = extract_parameters(hash_password("pässword"))
    assert cost.type is Type.ID
    assert cost.memory_cost >= 19 * 1024 and cost.time_cost >= 2, "OWASP, password storage"


def test_a_password_fits_its_own_hash_only() -> None:
    stored = hash_password("pässword")
    assert stored.startswith("$argon2id$")
    assert hash_password("pässword") != stored
    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(password_fits, ["pässword", "password", ""], [stored] * 3)) == [True, False, False]


@pytest.mark.parametrize("stored", [None, "", "no hash", "$argon2id$v=19$m=65536", "é"])
def test_checking_a_password_never_raises(stored: str | None) -> None:
    assert not password_fits("pass\ud800word", stored)


@pytest.mark.parametrize("shown", ["", "toke", "tokens", "Token", "é", "\ud800", "token\x00"])
def test_what_is_shown_is_compared_whatever_characters_it_has(shown: str) -> None:
    assert is_same("token", "token") and not is_same(shown, "token")
