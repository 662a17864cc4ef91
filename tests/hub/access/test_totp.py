"""One-time passwords: as RFC 6238 has them, good for a step around now, and recovery codes."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.access.totp import (
    RECOVERY_CODES,
    STEP_S,
    code_at,
    new_recovery_codes,
    new_secret,
    plain_code,
    provisioning_uri,
    shown_secret,
    step_of,
)

RFC = b"12345678901234567890"
SECRETS = st.binary(min_size=20, max_size=20)
TIMES = st.integers(min_value=0, max_value=2**33)


@pytest.mark.parametrize(
    ("unix_s", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_codes_are_those_of_the_rfc(unix_s: int, code: str) -> None:
    assert code_at(RFC, unix_s // STEP_S) == code
    assert step_of(RFC, code, unix_s) == unix_s // STEP_S


@given(SECRETS, TIMES, st.integers(-3, 3))
def test_code_is_good_one_step_around_now_and_no_further(secret: bytes, unix_s: int, away: int) -> None:
    step = unix_s // STEP_S + away
    if step < 0:
        return
    found = step_of(secret, code_at(secret, step), unix_s)
    around = {code_at(secret, each) for each in range(max(0, unix_s // STEP_S - 1), unix_s // STEP_S + 2)}
    assert (found is not None) == (code_at(secret, step) in around)
    if abs(away) <= 1:
        assert found is not None


@given(SECRETS, st.text(max_size=20), TIMES)
def test_any_text_is_a_code_or_none(secret: bytes, code: str, unix_s: int) -> None:
    assert step_of(secret, plain_code(code), unix_s) in {None, *range(unix_s // STEP_S - 1, unix_s // STEP_S + 2)}


def test_app_is_told_the_secret_by_the_qr_and_by_letters() -> None:
    secret = new_secret()
    text = shown_secret(secret).replace(" ", "")
    assert base64.b32decode(text) == secret
    uri = provisioning_uri(secret, "ada", "The Old: Mill")
    assert uri.startswith("otpauth://totp/The%20Old%20%20Mill:ada?") and f"secret={text}" in uri
    assert "digits=6" in uri and "period=30" in uri and "issuer=The+Old++Mill" in uri


def test_recovery_codes_are_ten_unlike_each_other_and_typed_in_any_way() -> None:
    codes = new_recovery_codes()
    assert len(set(codes)) == RECOVERY_CODES == 10
    for code in codes:
        assert plain_code(f" {code.upper().replace('-', ' ')}") == plain_code(code)
    assert len({plain_code(code) for code in codes}) == 10
