"""What organisers write of a webhook, checked: all that is wrong is named at once."""

import re
from collections.abc import Mapping
from typing import Any

import httpx
import msgspec

from hub.errors import BadInput
from hub.webhooks.addresses import is_address
from hub.webhooks.kinds import unknown
from hub.webhooks.wire import MayReach

_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]{0,252})")
LONGEST_URL = 2000
MOST_KINDS = 50
SHORTEST_SECRET, LONGEST_SECRET = 16, 200


class WebhookForm(msgspec.Struct, kw_only=True):
    """The body of `POST` and `PATCH /api/webhooks`; None: not told."""

    url: str | None = None
    kinds: list[str] | None = None
    secret: str | None = None
    paused: bool | None = None


def read_form(raw: Any, may_reach: MayReach, *, is_new: bool) -> WebhookForm:
    """Return the form. Raises `BadInput` naming each field that is wrong."""
    if not isinstance(raw, dict):
        raise BadInput("The body must be a JSON object", code="bad_request", status=400)
    errors = {name: wrong for name, check in _CHECKS.items() if name in raw and (wrong := check(raw[name]))}
    if "url" in raw and "url" not in errors and not _is_open(raw["url"], may_reach):
        errors["url"] = "leads to an address that webhooks may not reach"
    if is_new:
        errors |= dict.fromkeys([name for name in ("url", "kinds") if name not in raw], "is required")
    if errors:
        raise BadInput("The webhook cannot be kept so", errors)
    told: Mapping[str, Any] = {name: raw[name] for name in WebhookForm.__struct_fields__ if name in raw}
    form = WebhookForm(**told)
    if form.url is not None:
        form.url = str(httpx.URL(form.url))
    if form.kinds is not None:
        form.kinds = sorted(set(form.kinds))
    return form


def _check_url(value: object) -> str | None:
    if not isinstance(value, str) or len(value) > LONGEST_URL:
        return f"must be text of {LONGEST_URL} characters at most"
    try:
        url = httpx.URL(value)
    except httpx.InvalidURL:
        return "is no address"
    if url.scheme not in ("http", "https") or not url.host:
        return "must begin with https:// or http://"
    if not _HOST.fullmatch(url.raw_host.decode()) and not is_address(url.host):
        return "holds no name of a server"
    if url.port is not None and not 1 <= url.port <= 65535:
        return "holds no port that there is"
    if url.userinfo or url.fragment:
        return "must hold no user, password or fragment"
    return None


def _is_open(value: str, may_reach: MayReach) -> bool:
    """Return whether an address may be reached, as far as it says so itself: a name is looked at when it is called."""
    host = httpx.URL(value).host
    return may_reach(host) if is_address(host) else True


def _check_kinds(value: object) -> str | None:
    if not isinstance(value, list) or not 1 <= len(value) <= MOST_KINDS or not all(isinstance(n, str) for n in value):
        return f"must be a list of 1 to {MOST_KINDS} kinds"
    if wrong := unknown(value):
        return f"there is no kind {', '.join(wrong)[:200]}"
    return None


def _check_secret(value: object) -> str | None:
    if not isinstance(value, str) or not SHORTEST_SECRET <= len(value) <= LONGEST_SECRET:
        return f"must be text of {SHORTEST_SECRET} to {LONGEST_SECRET} characters"
    return None


def _check_paused(value: object) -> str | None:
    return None if isinstance(value, bool) else "must be true or false"


_CHECKS = {"url": _check_url, "kinds": _check_kinds, "secret": _check_secret, "paused": _check_paused}
