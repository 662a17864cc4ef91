"""Forms of webhooks: the bodies that organisers send, and which addresses and kinds they may name."""

import re
from typing import Annotated

import msgspec

from hub.validation import Problems, read_form
from hub.webhooks.addresses import MayReach, is_address
from hub.webhooks.kinds import unknown

_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]{0,252})")
LONGEST_URL = 2000
MOST_KINDS = 50
SHORTEST_SECRET, LONGEST_SECRET = 16, 200


class WebhookForm(msgspec.Struct, kw_only=True):
    """A webhook as organisers write it; None: not sent."""

    url: str | None = None
    kinds: list[str] | None = None
    secret: str | None = None
    paused: bool | None = None


Url = Annotated[str, msgspec.Meta(max_length=LONGEST_URL)]
Kinds = Annotated[list[str], msgspec.Meta(min_length=1, max_length=MOST_KINDS)]
Secret = Annotated[str, msgspec.Meta(min_length=SHORTEST_SECRET, max_length=LONGEST_SECRET)]


class WebhookPatch(msgspec.Struct, kw_only=True):
    """Body of `PATCH /api/webhooks/{id}`: a field that is left out stays."""

    url: Url | msgspec.UnsetType = msgspec.UNSET
    kinds: Kinds | msgspec.UnsetType = msgspec.UNSET
    secret: Secret | msgspec.UnsetType = msgspec.UNSET
    paused: bool | msgspec.UnsetType = msgspec.UNSET


class NewWebhook(msgspec.Struct, kw_only=True):
    """The body of `POST /api/webhooks`."""

    url: Url
    kinds: Kinds
    secret: Secret | msgspec.UnsetType = msgspec.UNSET
    paused: bool | msgspec.UnsetType = msgspec.UNSET


def read_webhook(raw: object, may_reach: MayReach, *, is_new: bool) -> WebhookForm:
    """Return the form. Raises `BadInput` naming each field that is wrong."""

    def check(sent: NewWebhook | WebhookPatch, problems: Problems) -> None:
        if isinstance(sent.url, str) and (text := _wrong_url(sent.url, may_reach)):
            problems.add("url", text)
        if isinstance(sent.kinds, list) and (wrong := unknown(sent.kinds)):
            problems.add("kinds", f"there is no kind {', '.join(wrong)[:200]}")

    kind: type[NewWebhook] | type[WebhookPatch] = NewWebhook if is_new else WebhookPatch
    sent = read_form(raw, kind, "The webhook cannot be kept so", check)
    given = {name: value for name, value in msgspec.structs.asdict(sent).items() if value is not msgspec.UNSET}
    form = WebhookForm(**given)
    if form.url is not None:
        form.url = _normal(form.url)
    if form.kinds is not None:
        form.kinds = sorted(set(form.kinds))
    return form


def _normal(url: str) -> str:
    import httpx

    return str(httpx.URL(url))


def _wrong_url(value: str, may_reach: MayReach) -> str | None:
    import httpx

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
    return None if _is_open(url.host, may_reach) else "leads to an address that webhooks may not reach"


def _is_open(host: str, may_reach: MayReach) -> bool:
    """Return whether an address may be reached; a host name passes here, and is checked when it is resolved."""
    return may_reach(host) if is_address(host) else True
