"""Wallet check of the command line: reads a pass file, or an event's pass from a running hub, and lists refusals."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
from cryptography import x509

from hub.wallet.apple.check import CheckedPass, check_file
from hub.wallet.apple.check_service import check_web_service

TIMEOUT_S = 30.0
MOST_BYTES = 150 * 1024 * 1024
"""Of the file, unread beyond: far more than any pass or bundle has."""


class CheckError(Exception):
    """The check could not be made; the text is one line for a person."""


def is_event(target: str) -> bool:
    """Return whether `target` is an event's id, and no file."""
    try:
        UUID(target)
    except ValueError:
        return False
    return not Path(target).exists()


def read_pass(path: Path) -> bytes:
    """Return the content of a pass file. Raises `CheckError`."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise CheckError(f"{path} is too large for a pass")
        return path.read_bytes()
    except OSError as error:
        raise CheckError(f"{path} cannot be read ({error.strerror})") from error


def pass_of_event(event: str, url: str, key: str) -> bytes:
    """Return the pass of an event's first good ticket: all are made alike. Raises `CheckError`."""
    headers = {"Authorization": f"Api-Key {key}"}
    try:
        with httpx.Client(base_url=url, headers=headers, timeout=TIMEOUT_S) as hub:
            tickets: list[Any] = _get(hub, f"/api/tickets?event={event}&limit=100").json()
            offered = [each for each in tickets if each["status"] == "valid" and "pkpass" in each["links"]]
            if not offered:
                raise CheckError("the event has no ticket whose holder is offered a pass")
            return _get(hub, f"/tickets/{offered[0]['id']}/pkpass?format=pkpass").content
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise CheckError(f"the hub at {url} does not answer: is it running?") from error
    except (ValueError, KeyError, TypeError) as error:
        raise CheckError(f"{url} is no hub") from error


def _get(hub: httpx.Client, path: str) -> httpx.Response:
    answer = hub.get(path)
    if answer.status_code != httpx.codes.OK:
        no_key = "the key is not good, or may not read tickets"
        reason = {401: no_key, 403: no_key, 404: "there is no such event or pass"}
        raise CheckError(f"the hub refused: {reason.get(answer.status_code, f'status {answer.status_code}')}")
    return answer


def read_root(path: Path) -> x509.Certificate:
    """Return the root certificate in a file, PEM or DER. Raises `CheckError`."""
    content = read_pass(path)
    load = x509.load_pem_x509_certificate if b"-----BEGIN" in content else x509.load_der_x509_certificate
    try:
        return load(content)
    except ValueError as error:
        raise CheckError(f"{path} is no certificate in PEM or DER") from error


def check_all(body: bytes, now: datetime, root: x509.Certificate | None) -> list[CheckedPass]:
    """Check a pass, or the passes of a bundle, each with its web service."""
    checked = check_file(body, now, root)
    with httpx.Client(follow_redirects=False) as client:
        return [each._replace(refusals=each.refusals + check_web_service(each.document, client)) for each in checked]


def report(checked: list[CheckedPass]) -> Iterator[str]:
    """Yield the result in lines for a person."""
    for each in checked:
        name = f"{ascii(each.name)[1:-1]}: " if each.name else ""
        for refusal in each.refusals:
            yield f"{name}refused: {refusal.text} ({refusal.code})"
        if not each.refusals:
            yield f"{name}a phone takes this pass"
        if each.document and "webServiceURL" not in each.document:
            yield f"{name}note: it names no web service, so it never changes on the phone"
