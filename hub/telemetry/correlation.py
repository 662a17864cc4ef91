"""Correlation ids: the id of a request, which its answer, journal entries, live updates, problems and log lines carry.

It is the client's own `X-Request-ID`, or the trace id of its `traceparent` (W3C Trace Context), where those can be
trusted to be short and plain; else it is made here. It stays in a context variable as long as the request is served.
"""

import os
import re
from contextvars import ContextVar

HEADER = "X-Request-ID"

_TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+/=:-]{0,63}")
_TRACE = r"(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}"
_TRACEPARENT = re.compile(f"00-{_TRACE}|(?!00|ff)[0-9a-f]{{2}}-{_TRACE}(?:-.*)?")
_LONGEST_TRACEPARENT = 512

_current: ContextVar[str | None] = ContextVar("request_id", default=None)


def current_id() -> str | None:
    """Return the id of the request that is being served; None outside of any."""
    return _current.get()


def begin(request_id: str) -> None:
    """Serve a request from now on, in this context."""
    _current.set(request_id)


def new_id() -> str:
    """Return a new id, in the form of a trace id: 32 hexadecimal digits."""
    return os.urandom(16).hex()


def shown_id(request_id: str | None, traceparent: str | None) -> str | None:
    """Return the id that a request's headers show, None where they show none or none that can be kept."""
    if request_id is not None and _TOKEN.fullmatch(request_id):
        return request_id
    if traceparent is None or len(traceparent) > _LONGEST_TRACEPARENT:
        return None
    found = _TRACEPARENT.fullmatch(traceparent)
    return found and (found[1] or found[2])
