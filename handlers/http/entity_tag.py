"""Entity tags of answers that are asked for again and again: `If-None-Match` is answered 304 (RFC 9110, 13.1.2).

Tornado gives every other answer of 200 a strong tag of its bytes, and compares it.
"""

import hashlib
from typing import Any

import msgspec
from tornado.web import RequestHandler

from handlers.http.base import BaseHandler


def is_known(handler: BaseHandler, tag: str) -> bool:
    """Set the tag of an answer; finish with 304, and return true, where the client has it already."""
    handler.set_header("Etag", tag)
    if not handler.check_etag_header():
        return False
    handler.set_status(304)
    handler.finish()
    return True


def answer_unless_known(handler: BaseHandler, body: Any, lasting: Any) -> None:
    """Finish with `body` as JSON under a weak tag of `lasting`, which is the body without the time of the answer."""
    if not is_known(handler, f"W/{tag_of(msgspec.json.encode(lasting))}"):
        handler.answer(body)


def tag_of(body: bytes) -> str:
    """Return the strong tag of these bytes."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def untagged(_: RequestHandler) -> None:
    """`compute_etag` of an answer that is given once: no condition keeps it from its client."""
