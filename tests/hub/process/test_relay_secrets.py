"""Secrets of a relay at rest: sealed by a passphrase, and opened by it alone."""

from pathlib import Path

import pytest

from hub.process.relay_secrets import FILE, unlock
from hub.setting_checks import SettingsError

WORDS = "four words nobody guesses"
KEY = "relaykey.0123456789abcdef0123456789abcdef"


def test_what_was_sealed_at_the_first_start_is_opened_by_the_passphrase_alone(tmp_path: Path) -> None:
    data = tmp_path / "relay"
    first = unlock(data, WORDS, KEY)
    assert first.upstream_key == KEY
    assert unlock(data, WORDS, None) == first
    for wrong in ("four words somebody guesses", WORDS + " ", WORDS.upper()):
        with pytest.raises(SettingsError, match="HUB_RELAY_PASSPHRASE: does not open"):
            unlock(data, wrong, None)


def test_nothing_of_it_is_readable_in_the_folder(tmp_path: Path) -> None:
    opened = unlock(tmp_path, WORDS, KEY)
    kept = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert len(kept) == 1
    for text in (KEY, KEY.partition(".")[2], opened.secret, WORDS):
        assert text.encode() not in kept[0]
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600


def test_two_folders_share_no_secret_though_they_share_a_passphrase(tmp_path: Path) -> None:
    first, second = unlock(tmp_path / "a", WORDS, KEY), unlock(tmp_path / "b", WORDS, KEY)
    assert first.secret != second.secret
    assert (tmp_path / "a" / FILE).read_bytes() != (tmp_path / "b" / FILE).read_bytes()


def test_a_new_key_of_the_hub_takes_the_sealed_ones_place(tmp_path: Path) -> None:
    first = unlock(tmp_path, WORDS, KEY)
    other = KEY.replace("relaykey", "otherkey")
    assert unlock(tmp_path, WORDS, other).upstream_key == other
    again = unlock(tmp_path, WORDS, None)
    assert (again.upstream_key, again.secret) == (other, first.secret)


def test_a_first_start_needs_the_hubs_key(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="HUB_UPSTREAM_KEY"):
        unlock(tmp_path, WORDS, None)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_was_begun_without_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "hub-secret").write_text("a secret of its own, in the clear\n")
    with pytest.raises(SettingsError, match="begun without a passphrase"):
        unlock(tmp_path, WORDS, KEY)


@pytest.mark.parametrize("passphrase", ["", "too short", "x" * 1001])
def test_a_passphrase_that_could_be_guessed_or_is_none_is_refused(tmp_path: Path, passphrase: str) -> None:
    with pytest.raises(SettingsError, match="12 to 1000"):
        unlock(tmp_path, passphrase, KEY)


@pytest.mark.parametrize("torn", [b"", b"{}", b"not JSON", b'{"salt":"","nonce":"","box":""}'])
def test_a_file_that_is_torn_is_named(tmp_path: Path, torn: bytes) -> None:
    unlock(tmp_path, WORDS, KEY)
    (tmp_path / FILE).write_bytes(torn)
    with pytest.raises(SettingsError, match="relay-sealed"):
        unlock(tmp_path, WORDS, KEY)
