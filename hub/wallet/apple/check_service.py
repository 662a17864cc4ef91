"""Check of a pass's web service: asks it for the pass over TLS, as a phone does.

Source: Apple's "Adding a Web Service to Update Passes".
"""

import ssl
from typing import Any

import httpx

from hub.wallet.apple.refusal import Refusal

TIMEOUT_S = 15.0


def check_web_service(document: dict[str, Any], client: httpx.Client) -> list[Refusal]:
    """Return the refusals of the web service that `pass.json` names; none where it names none.

    `client` trusts what a phone trusts: the public authorities.
    """
    url = document.get("webServiceURL")
    if not isinstance(url, str) or not url.startswith("https://"):
        return []
    path = f"v1/passes/{document.get('passTypeIdentifier')}/{document.get('serialNumber')}"
    headers = {"Authorization": f"ApplePass {document.get('authenticationToken')}"}
    try:
        with client.stream("GET", f"{url.rstrip('/')}/{path}", headers=headers, timeout=TIMEOUT_S) as answer:
            return _check_status(answer.status_code)
    except httpx.TransportError as wrong:
        if _is_of_tls(wrong):
            return [Refusal("service_not_trusted", "the web service shows no TLS certificate that phones trust")]
        return [Refusal("service_unreachable", "the web service cannot be reached")]
    except (httpx.InvalidURL, httpx.DecodingError, UnicodeError):
        return [Refusal("service_unreachable", "the web service's address cannot be used")]


def _check_status(status: int) -> list[Refusal]:
    if status == httpx.codes.OK:
        return []
    if status == httpx.codes.UNAUTHORIZED:
        return [Refusal("service_token_refused", "the web service refuses the pass's token")]
    return [Refusal("service_failed", f"the web service answers {status} when it is asked for the pass")]


def _is_of_tls(error: BaseException | None) -> bool:
    while error is not None and not isinstance(error, ssl.SSLError):
        error = error.__cause__ or error.__context__
    return error is not None
