"""Refusal: one reason why a phone would not take a pass, as `run.py wallet check` lists them."""

from typing import Literal

import msgspec

RefusalCode = Literal[
    "not_a_zip",
    "too_large",
    "bundle_too_large",
    "not_at_root",
    "duplicate_file",
    "file_missing",
    "manifest_unreadable",
    "file_changed",
    "file_not_listed",
    "pass_unreadable",
    "field_missing",
    "field_wrong",
    "style_wrong",
    "date_wrong",
    "barcode_wrong",
    "web_service_wrong",
    "picture_unreadable",
    "picture_size",
    "signature_unreadable",
    "signer_missing",
    "manifest_changed",
    "signature_wrong",
    "signing_time_missing",
    "intermediate_missing",
    "chain_broken",
    "not_apple",
    "not_yet_valid",
    "expired",
    "pass_type_differs",
    "team_differs",
    "service_unreachable",
    "service_not_trusted",
    "service_token_refused",
    "service_failed",
]


class Refusal(msgspec.Struct, frozen=True):
    """Reason for which a phone refuses a pass: a code for programs, a text for people."""

    code: RefusalCode
    text: str
