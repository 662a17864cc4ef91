"""Origins: scheme, host and port of a page, in the form in which browsers send them. Pure."""

import re
from urllib.parse import urlsplit

import idna

USUAL_PORTS = {"http": 80, "https": 443}
HOST = re.compile(r"[a-z0-9_.-]+|\[[0-9a-f:.]+\]")


def browser_origin(url: str) -> str:
    """Return the origin of a URL as a browser writes it: in small letters, its name in ASCII (IDNA), no usual port.

    Raises `ValueError` for one that no browser can open.
    """
    parts = urlsplit(url)
    if not parts.hostname:
        raise ValueError("it names no host")
    host = _ascii_host(parts.hostname)
    port = "" if parts.port in (None, USUAL_PORTS.get(parts.scheme)) else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"


def _ascii_host(name: str) -> str:
    """Return a host as browsers ask for it (UTS 46, not transitional)."""
    try:
        host = name if name.isascii() else idna.encode(name, uts46=True).decode()
    except idna.IDNAError as error:
        raise ValueError(f"{name} is no name of a host") from error
    host = f"[{host}]" if ":" in host else host
    if HOST.fullmatch(host) is None:
        raise ValueError(f"{name} is no name of a host")
    return host
