"""Ceremonies of passkeys (WebAuthn) by the library: options for a browser, and the check of its answers.

Loaded with the first passkey that is used, since the library is large: see `load` in `hub/loading.py`.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import msgspec
import webauthn
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from hub.access.passkey_options import CreationOptions, RequestOptions
from hub.access.relying_party import RelyingParty
from hub.model.access import Passkey, User


class MadePasskey(NamedTuple):
    """Passkey as an authenticator has made it: id, public key, and its counter of uses."""

    id: str
    public_key: bytes
    sign_count: int


def registration_options(
    party: RelyingParty, user: User, known: Iterable[Passkey], challenge: bytes
) -> CreationOptions:
    """Options of `navigator.credentials.create` for a passkey beside those that are `known`."""
    options = webauthn.generate_registration_options(
        rp_id=party.host,
        rp_name=party.name,
        user_name=user.username,
        user_id=user.id.encode(),
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.PREFERRED
        ),
        exclude_credentials=_descriptors(known),
    )
    return msgspec.json.decode(webauthn.options_to_json(options), type=CreationOptions)


def made_passkey(party: RelyingParty, credential: Mapping[str, Any], challenge: bytes) -> MadePasskey:
    """Return the passkey that a browser made. Raises what the library does for one that does not fit."""
    made = webauthn.verify_registration_response(
        credential=dict(credential),
        expected_challenge=challenge,
        expected_rp_id=party.host,
        expected_origin=party.origin,
    )
    return MadePasskey(bytes_to_base64url(made.credential_id), made.credential_public_key, made.sign_count)


def request_options(
    party: RelyingParty, allowed: Iterable[Passkey], challenge: bytes, *, is_alone: bool
) -> RequestOptions:
    """Options of `navigator.credentials.get`; `is_alone`: the passkey has to verify its user."""
    options = webauthn.generate_authentication_options(
        rp_id=party.host,
        challenge=challenge,
        allow_credentials=_descriptors(allowed),
        user_verification=UserVerificationRequirement.REQUIRED if is_alone else UserVerificationRequirement.DISCOURAGED,
    )
    return msgspec.json.decode(webauthn.options_to_json(options), type=RequestOptions)


def is_of(user: User, credential: Mapping[str, Any]) -> bool:
    """Whether an answer names this user, or none. Raises `ValueError` for a handle that is none."""
    response = credential.get("response")
    handle = response.get("userHandle") if isinstance(response, dict) else None
    return not handle or bool(base64url_to_bytes(handle) == user.id.encode())


def new_count(
    party: RelyingParty, credential: Mapping[str, Any], passkey: Passkey, challenge: bytes, *, is_alone: bool
) -> int:
    """Return the new counter of a passkey whose signature is right. Raises what the library does for a wrong one."""
    checked = webauthn.verify_authentication_response(
        credential=dict(credential),
        expected_challenge=challenge,
        expected_rp_id=party.host,
        expected_origin=party.origin,
        credential_public_key=passkey.public_key,
        credential_current_sign_count=passkey.sign_count,
        require_user_verification=is_alone,
    )
    return checked.new_sign_count


def _descriptors(passkeys: Iterable[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(each.id)) for each in passkeys]
