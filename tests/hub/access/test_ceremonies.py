"""Options of passkeys: the JSON that browsers take, byte for byte."""

from datetime import UTC, datetime

import msgspec
import webauthn

from hub.access.ceremonies import registration_options, request_options
from hub.access.relying_party import RelyingParty
from hub.model.access import Passkey, User

PARTY = RelyingParty.at("https://hub.example.org", "Example Organization")
DAY = datetime(2026, 1, 1, tzinfo=UTC)
ADA = User(id="214df0b9", username="ada", password_hash="", created_at=DAY)
KNOWN = [Passkey(id="eHg", name="Phone", public_key=b"\xa0", sign_count=0, created_at=DAY)]


def test_options_to_make_a_passkey_are_what_browsers_take() -> None:
    assert msgspec.json.encode(registration_options(PARTY, ADA, KNOWN, b"\xff" * 3)) == (
        b'{"rp":{"name":"Example Organization","id":"hub.example.org"},'
        b'"user":{"id":"MjE0ZGYwYjk","name":"ada","displayName":"ada"},'
        b'"challenge":"____",'
        b'"pubKeyCredParams":[{"type":"public-key","alg":-8},{"type":"public-key","alg":-7},'
        b'{"type":"public-key","alg":-257}],'
        b'"timeout":60000,'
        b'"excludeCredentials":[{"id":"eHg","type":"public-key"}],'
        b'"authenticatorSelection":{"residentKey":"required","requireResidentKey":true,"userVerification":"preferred"},'
        b'"attestation":"none"}'
    )


def test_options_to_show_a_passkey_alone_want_its_user_verified() -> None:
    assert msgspec.json.encode(request_options(PARTY, [], b"\xff" * 3, is_alone=True)) == (
        b'{"challenge":"____","timeout":60000,"rpId":"hub.example.org","allowCredentials":[],'
        b'"userVerification":"required"}'
    )


def test_options_to_show_a_passkey_as_second_factor_name_those_of_the_user() -> None:
    assert msgspec.json.encode(request_options(PARTY, KNOWN, b"\xff" * 3, is_alone=False)) == (
        b'{"challenge":"____","timeout":60000,"rpId":"hub.example.org",'
        b'"allowCredentials":[{"id":"eHg","type":"public-key"}],"userVerification":"discouraged"}'
    )


def test_no_field_of_the_librarys_options_is_left_out() -> None:
    plain = webauthn.generate_registration_options(
        rp_id="hub.example.org", rp_name="Example Organization", user_name="ada"
    )
    ours = msgspec.json.decode(msgspec.json.encode(registration_options(PARTY, ADA, [], b"\xff")))
    assert {*msgspec.json.decode(webauthn.options_to_json(plain)), "authenticatorSelection"} == set(ours)
