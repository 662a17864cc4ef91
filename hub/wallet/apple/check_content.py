"""Check of `pass.json`: required fields, style, dates, barcodes and web service. Pure.

Source: Apple's "Pass" reference (Wallet Passes).
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import msgspec

from hub.wallet.apple.refusal import Refusal

TEXTS = ("passTypeIdentifier", "serialNumber", "teamIdentifier", "organizationName", "description")
STYLES = ("boardingPass", "coupon", "eventTicket", "generic", "storeCard")
FORMATS = tuple(f"PKBarcodeFormat{name}" for name in ("QR", "PDF417", "Aztec", "Code128"))
COLOURS = ("backgroundColor", "foregroundColor", "labelColor")
COLOUR = re.compile(r"rgb\(\s*\d{1,3}\s*,\s*\d{1,3}\s*,\s*\d{1,3}\s*\)", re.ASCII)
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)", re.ASCII)
SHORTEST_TOKEN = 16


def check_document(content: bytes) -> tuple[dict[str, Any], list[Refusal]]:
    """Document in `pass.json`, empty where it cannot be read, and its refusals."""
    try:
        document = msgspec.json.decode(content, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return {}, [Refusal("pass_unreadable", "pass.json is no JSON object")]
    checks = (_check_fields, _check_style, _check_dates, _check_barcodes, _check_web_service)
    return document, [refusal for check in checks for refusal in check(document)]


def _check_fields(document: dict[str, Any]) -> Iterator[Refusal]:
    for name in (name for name in ("formatVersion", *TEXTS) if name not in document):
        yield Refusal("field_missing", f"pass.json has no {name}")
    if "formatVersion" in document and (document["formatVersion"] != 1 or document["formatVersion"] is True):
        yield Refusal("field_wrong", "formatVersion must be 1")
    for name in TEXTS:
        value = document.get(name, "-")
        if not isinstance(value, str) or not value:
            yield Refusal("field_wrong", f"{name} must be text")
    for name in COLOURS:
        value = document.get(name, "rgb(0,0,0)")
        if not isinstance(value, str) or not COLOUR.fullmatch(value):
            yield Refusal("field_wrong", f"{name} must be a colour such as rgb(24, 61, 122)")
    if not isinstance(document.get("voided", False), bool):
        yield Refusal("field_wrong", "voided must be true or false")


def _check_style(document: dict[str, Any]) -> Iterator[Refusal]:
    styles = [name for name in STYLES if name in document]
    if len(styles) != 1:
        yield Refusal("style_wrong", f"a pass has one style of {', '.join(STYLES)}, and this one {len(styles)}")
    for name in styles:
        if not isinstance(document[name], dict):
            yield Refusal("style_wrong", f"{name} must be an object")


def _check_dates(document: dict[str, Any]) -> Iterator[Refusal]:
    dates: list[tuple[str, object]] = [
        (name, document[name]) for name in ("expirationDate", "relevantDate") if name in document
    ]
    days = document.get("relevantDates", [])
    for day in days if isinstance(days, list) else [days]:
        if not isinstance(day, dict):
            yield Refusal("date_wrong", "relevantDates must be a list of objects")
            continue
        dates += [
            (f"relevantDates.{name}", day[name])
            for name in ("date", "relevantDate", "startDate", "endDate")
            if name in day
        ]
        if ("startDate" in day) != ("endDate" in day):
            yield Refusal("date_wrong", "relevantDates: startDate and endDate belong together")
    for name, value in dates:
        if not is_date(value):
            yield Refusal("date_wrong", f"{name} must be a date with time and zone, such as 2026-12-24T20:30+01:00")


def is_date(value: object) -> bool:
    """Return whether `value` is a W3C timestamp with a time zone."""
    if not isinstance(value, str) or not DATE.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _check_barcodes(document: dict[str, Any]) -> Iterator[Refusal]:
    barcodes = document.get("barcodes", [])
    for barcode in barcodes if isinstance(barcodes, list) else [barcodes]:
        if not isinstance(barcode, dict) or barcode.get("format") not in FORMATS:
            yield Refusal("barcode_wrong", f"a barcode's format must be one of {', '.join(FORMATS)}")
        elif not isinstance(barcode.get("message"), str) or not isinstance(barcode.get("messageEncoding"), str):
            yield Refusal("barcode_wrong", "a barcode needs a message and a messageEncoding")
        elif not _can_encode(barcode["message"], barcode["messageEncoding"]):
            yield Refusal("barcode_wrong", "a barcode's message cannot be written in its messageEncoding")


def _can_encode(message: str, encoding: str) -> bool:
    try:
        message.encode(encoding)
    except (LookupError, ValueError):
        return False
    return True


def _check_web_service(document: dict[str, Any]) -> Iterator[Refusal]:
    url, token = document.get("webServiceURL"), document.get("authenticationToken")
    if url is None:
        return
    if not isinstance(url, str) or not _is_https(url):
        yield Refusal("web_service_wrong", "webServiceURL must be an address that begins with https://")
    if not isinstance(token, str) or len(token) < SHORTEST_TOKEN:
        yield Refusal("web_service_wrong", f"authenticationToken must be text of {SHORTEST_TOKEN} characters or more")


def _is_https(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname)
