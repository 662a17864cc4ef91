import shutil
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hub.settings import Settings
from hub.wallet.apple.certificates import CertificateError, Credentials, load_credentials, status_of
from tests.hub.wallet.authority import PASS_TYPE, TEAM, Authority, issue, make_authority


def load(folder: Path, **named: Any) -> Credentials:
    return load_credentials(Settings(data=folder, secret="a secret long enough", **named))


@pytest.mark.parametrize("password", [None, "a password"])
def test_certificate_key_and_intermediate_are_read_from_pem_and_der(
    authority: Authority, tmp_path: Path, password: str | None
) -> None:
    credentials = load(tmp_path, **authority.files(tmp_path, password))
    assert (credentials.pass_type, credentials.team) == (PASS_TYPE, TEAM)
    assert not credentials.is_development
    assert status_of(credentials, datetime.now(UTC)).state == "ready"


@pytest.mark.parametrize(("days", "state"), [(300, "ready"), (31, "ready"), (29, "expiring"), (0, "unusable")])
def test_the_status_warns_a_month_ahead_and_tells_what_expired(
    authority: Authority, tmp_path: Path, days: int, state: str
) -> None:
    credentials = load(tmp_path, **authority.files(tmp_path))
    status = status_of(credentials, credentials.ends_at - timedelta(days=days))
    assert status.state == state
    assert f"{credentials.ends_at:%Y-%m-%d}" in status.detail


def test_a_certificate_of_the_future_is_not_used_yet(authority: Authority, tmp_path: Path) -> None:
    credentials = load(tmp_path, **authority.files(tmp_path))
    assert status_of(credentials, credentials.begins_at - timedelta(seconds=1)).state == "unusable"


@pytest.mark.parametrize("missing", ["wallet_cert", "wallet_key", "wallet_wwdr"])
def test_what_is_missing_is_named(authority: Authority, tmp_path: Path, missing: str) -> None:
    with pytest.raises(CertificateError, match=f"HUB_{missing.upper()} is missing"):
        load(tmp_path, **authority.files(tmp_path) | {missing: None})


@pytest.mark.parametrize("wrong", ["wallet_cert", "wallet_key", "wallet_wwdr"])
@pytest.mark.parametrize("content", [None, b"", b"-----BEGIN CERTIFICATE-----\nnonsense", b"\x30\x82"])
def test_a_file_that_cannot_be_read_is_named(
    authority: Authority, tmp_path: Path, wrong: str, content: bytes | None
) -> None:
    named = authority.files(tmp_path)
    if content is None:
        named[wrong] = tmp_path / "nowhere"
    else:
        named[wrong].write_bytes(content)
    with pytest.raises(CertificateError, match=f"HUB_{wrong.upper()}"):
        load(tmp_path, **named)


@pytest.mark.parametrize(
    ("kept", "given", "text"),
    [("right", "wrong", "with that password"), ("right", None, "needs HUB_WALLET"), (None, "needless", "no password")],
)
def test_a_wrong_password_is_told(
    authority: Authority, tmp_path: Path, kept: str | None, given: str | None, text: str
) -> None:
    named = authority.files(tmp_path, kept) | {"wallet_key_password": given}
    with pytest.raises(CertificateError, match=text):
        load(tmp_path, **named)


def test_the_key_of_another_certificate_is_refused(authority: Authority, tmp_path: Path) -> None:
    other = authority._replace(leaf=authority.leaf._replace(key=authority.wwdr.key))
    with pytest.raises(CertificateError, match="is not the key of"):
        load(tmp_path, **other.files(tmp_path))


def test_an_intermediate_that_did_not_issue_the_certificate_is_refused(authority: Authority, tmp_path: Path) -> None:
    namesake = issue("Worldwide Developer Relations", authority.root, is_authority=True)
    for wrong in (authority.root, namesake):
        with pytest.raises(CertificateError, match="did not issue"):
            load(tmp_path, **authority._replace(wwdr=wrong).files(tmp_path))


def test_a_certificate_of_another_kind_is_refused(authority: Authority, tmp_path: Path) -> None:
    web = issue("hub.example.org", authority.wwdr)
    with pytest.raises(CertificateError, match="no pass certificate"):
        load(tmp_path, **authority._replace(leaf=web).files(tmp_path))


def test_an_expired_certificate_loads_and_its_status_says_so(tmp_path: Path) -> None:
    expired = make_authority(datetime.now(UTC) - timedelta(days=1))
    status = status_of(load(tmp_path, **expired.files(tmp_path)), datetime.now(UTC))
    assert (status.state, "expired" in status.detail) == ("unusable", True)


def test_the_development_certificate_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    first = load(tmp_path / "data")
    again = load(tmp_path / "data")
    assert first.is_development
    assert first.fingerprint == again.fingerprint
    files = list((tmp_path / "data" / "wallet-development").iterdir())
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["wallet-development"]


def test_who_comes_second_uses_the_development_certificate_of_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load(tmp_path / "first")

    def too_late(draft: Path, folder: Path) -> None:
        shutil.copytree(tmp_path / "first" / "wallet-development", folder)
        raise FileExistsError

    monkeypatch.setattr("hub.wallet.apple.certificates.os.rename", too_late)
    assert load(tmp_path / "second").fingerprint == first.fingerprint
    assert [path.name for path in (tmp_path / "second").iterdir()] == ["wallet-development"]
