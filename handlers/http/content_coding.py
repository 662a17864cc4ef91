"""Negotiation of a content coding: the header `Accept-Encoding` with its weights (RFC 9110, 12.5.3)."""

import re

from tornado.httputil import HTTPHeaders, HTTPServerRequest
from tornado.web import GZipContentEncoding
from typing_extensions import override

LONGEST_HEADER = 1000
CODING = re.compile(
    r"([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?:[ \t]*;[ \t]*[qQ]=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?))?", re.ASCII
)
GZIP = frozenset({"gzip", "x-gzip"})


def takes_gzip(header: str) -> bool:
    """Return whether a client that sends this header is answered in gzip: it accepts it, and wants none more.

    A part that cannot be read is passed over; of a coding that is named twice the last counts.
    """
    weights = _weights(header)
    gzip = max((weights[name] for name in GZIP if name in weights), default=weights.get("*", 0.0))
    plain = weights.get("identity", 0.0)
    return gzip > 0 and gzip >= plain


def _weights(header: str) -> dict[str, float]:
    """Return the weight of each coding that a header names, in small letters."""
    found: dict[str, float] = {}
    for part in header[:LONGEST_HEADER].split(","):
        if match := CODING.fullmatch(part.strip(" \t")):
            found[match[1].lower()] = float(match[2]) if match[2] else 1.0
    return found


class GzipWhereTaken(GZipContentEncoding):
    """Compression of an answer for a client that takes it; its entity tag is weak then, as the bytes are others."""

    def __init__(self, request: HTTPServerRequest) -> None:
        super().__init__(request)
        self._gzipping = takes_gzip(request.headers.get("Accept-Encoding", ""))

    @override
    def transform_first_chunk(
        self, status_code: int, headers: HTTPHeaders, chunk: bytes, finishing: bool
    ) -> tuple[int, HTTPHeaders, bytes]:
        found = super().transform_first_chunk(status_code, headers, chunk, finishing)
        if self._gzipping and not (tag := headers.get("Etag", "W/")).startswith("W/"):
            headers["Etag"] = f"W/{tag}"
        return found
