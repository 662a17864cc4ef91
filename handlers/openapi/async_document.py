"""AsyncAPI 3.0 document of `/live` and of webhooks, made from the types of their messages: `GET /asyncapi.json`."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from handlers.http.operation import JSON
from handlers.openapi.async_messages import FRAMES, JOINED, REQUESTS, frame_messages, make_schemas, post_messages
from handlers.openapi.document import CREDENTIALS, VERSION
from handlers.openapi.schemas import Schema
from hub.live.protocol import SUBPROTOCOL, CloseCode

ABOUT = """Live updates over one WebSocket, and webhooks.

The hub receives requests, and sends their replies and pushes; clients ignore fields and frames that they do not know.
What a client does with them: docs/live-protocol.md, docs/webhooks.md."""
REPLIES: Mapping[str, Sequence[str]] = {
    "hello": ("welcome", "error"),
    "subscribe": ("subscribed", "error"),
    "unsubscribe": ("unsubscribed", "error"),
    "scan": ("result", "error"),
    "check": ("result", "error"),
    "undo": ("result", "error"),
}
"""Frames that answer a request under its `id`; a pong has no answer."""
HUB, RECEIVER = "hub", "receiver"
LIVE, WEBHOOK = "live", "webhook"


def make_async_document(base_url: str) -> dict[str, Any]:
    """Return the document; `base_url` is the hub's address."""
    schemas = make_schemas()
    live, posts = frame_messages(schemas), post_messages(schemas)
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Scan Hub", "version": VERSION, "description": ABOUT, "license": {"name": "MIT"}},
        "defaultContentType": JSON,
        "servers": _servers(base_url),
        "channels": {LIVE: _live(live), WEBHOOK: _webhook(posts)},
        "operations": {**_requests(), "push": _push(), "post": _post(posts)},
        "components": {
            "messages": {**_named(LIVE, live), **_named(WEBHOOK, posts)},
            "schemas": dict(sorted(schemas.components.items())),
            "securitySchemes": _security_schemes(base_url),
        },
    }


def _servers(base_url: str) -> Schema:
    hub = urlsplit(base_url)
    return {
        HUB: {
            "host": hub.netloc,
            "protocol": "wss" if hub.scheme == "https" else "ws",
            "description": "Every process of the hub. A client without a header says who it is by a hello.",
            "security": [_ref("components", "securitySchemes", name) for name in ("key", "login")],
        },
        RECEIVER: {
            "host": "{host}",
            "protocol": "https",
            "variables": {"host": {"description": "Of the webhook's `url`.", "examples": ["hooks.example.org"]}},
        },
    }


def _security_schemes(base_url: str) -> Schema:
    names = {"key": "Authorization", "login": "__Host-hub" if base_url.startswith("https:") else "hub"}
    return {name: {**CREDENTIALS[name], "type": "httpApiKey", "name": called} for name, called in names.items()}


def _live(messages: Iterable[str]) -> Schema:
    codes = ", ".join(f"{code.value} {code.name.lower()}" for code in CloseCode)
    return {
        "address": "/live",
        "title": "Live updates",
        "description": f"JSON in text frames; the subprotocol `{SUBPROTOCOL}` is optional. Close codes: {codes}.",
        "servers": [_ref("servers", HUB)],
        "messages": {name: _ref("components", "messages", f"{LIVE}_{name}") for name in messages},
        "bindings": {"ws": {"method": "GET", "bindingVersion": "0.1.0"}},
    }


def _webhook(messages: Iterable[str]) -> Schema:
    return {
        "address": None,
        "title": "Webhooks",
        "description": "Signed POST to the `url` of a webhook, at least once and in order within each event.",
        "servers": [_ref("servers", RECEIVER)],
        "messages": {name: _ref("components", "messages", f"{WEBHOOK}_{name}") for name in messages},
    }


def _requests() -> dict[str, Schema]:
    found: dict[str, Schema] = {}
    for name in REQUESTS:
        found[name] = {"action": "receive", **_on(LIVE, [name])}
        if name in REPLIES:
            found[name]["reply"] = _on(LIVE, REPLIES[name])
    return found


def _push() -> Schema:
    """Return the operation of the frames that answer no request."""
    replies = {name for names in REPLIES.values() for name in names}
    names = [str(each.__struct_config__.tag) for each in FRAMES] + [*JOINED]
    return {"action": "send", **_on(LIVE, [name for name in names if name not in replies])}


def _post(messages: Iterable[str]) -> Schema:
    bindings = {"http": {"method": "POST", "bindingVersion": "0.3.0"}}
    return {"action": "send", **_on(WEBHOOK, messages), "bindings": bindings}


def _on(channel: str, messages: Iterable[str]) -> Schema:
    listed = [_ref("channels", channel, "messages", name) for name in messages]
    return {"channel": _ref("channels", channel), "messages": listed}


def _named(channel: str, messages: Mapping[str, Schema]) -> dict[str, Schema]:
    return {f"{channel}_{name}": message for name, message in messages.items()}


def _ref(*path: str) -> dict[str, str]:
    return {"$ref": "#/" + "/".join(path)}
