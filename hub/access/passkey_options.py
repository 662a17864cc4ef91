"""Passkey options (WebAuthn): what a browser needs to make a passkey, or to show one.

Names are those of the dictionaries that `navigator.credentials` takes; bytes are written as base64url.
"""

from collections.abc import Sequence
from typing import Literal

import msgspec

UserVerification = Literal["required", "preferred", "discouraged"]


class RelyingPartyEntity(msgspec.Struct, frozen=True, kw_only=True):
    """Relying party of a passkey: the hub, by its organisation's name and its host."""

    name: str
    id: str


class UserEntity(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """User of a passkey, by the handle and the names that the passkey keeps."""

    id: str
    name: str
    display_name: str


class KeyParameters(msgspec.Struct, frozen=True, kw_only=True):
    """Kind of key that the hub can check, by its COSE algorithm."""

    type: Literal["public-key"]
    alg: int


class CredentialDescriptor(msgspec.Struct, frozen=True, kw_only=True):
    """Passkey that is known, by its id."""

    id: str
    type: Literal["public-key"]


class AuthenticatorSelection(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Authenticators that will do."""

    resident_key: Literal["required", "preferred", "discouraged"]
    require_resident_key: bool
    user_verification: UserVerification


class CreationOptions(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Options of `navigator.credentials.create`: a passkey to be made."""

    rp: RelyingPartyEntity
    user: UserEntity
    challenge: str
    pub_key_cred_params: Sequence[KeyParameters]
    timeout: int
    """Milliseconds."""
    exclude_credentials: Sequence[CredentialDescriptor]
    """The user's other passkeys: an authenticator that holds one makes none beside it."""
    authenticator_selection: AuthenticatorSelection
    attestation: Literal["none", "indirect", "direct", "enterprise"]


class RequestOptions(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Options of `navigator.credentials.get`: a passkey to be shown."""

    challenge: str
    timeout: int
    """Milliseconds."""
    rp_id: str
    allow_credentials: Sequence[CredentialDescriptor]
    """The passkeys that will do; none means any of the hub's."""
    user_verification: UserVerification
