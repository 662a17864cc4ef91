"""Bodies and answers of the API about passes, as JSON."""

from datetime import datetime

import msgspec
from msgspec import UNSET, UnsetType


class PassAnswer(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Pass of a ticket: its description, its addresses and the file itself in base64."""

    ticket_id: str
    serial_number: str
    pass_type_identifier: str
    file_name: str
    content_type: str
    sha256: str
    """Of the file, in hex."""
    updated_at: datetime
    download_url: str
    google_wallet_url: str | UnsetType = UNSET
    """Absent where Google Wallet is not set up, or away."""
    development: bool | UnsetType = UNSET
    """True, and else absent, for a pass that phones refuse: no certificate is set up."""
    pkpass: str


class BundleAnswer(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Bundle of passes, `first` to `last` of the reservation, counted from 1."""

    part: int
    first: int
    last: int
    tickets: list[str]
    file_name: str
    content_type: str
    download_url: str


class BundlesAnswer(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Bundles of a reservation: ten passes at most in each."""

    reservation: str
    passes: int
    bundles: list[BundleAnswer]


class RegistrationForm(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Registration of a phone for a pass, as Apple Wallet sends it."""

    push_token: str


class PhoneLog(msgspec.Struct, frozen=True, kw_only=True):
    """Log of a phone about passes, as Apple Wallet sends it."""

    logs: list[str] = []
