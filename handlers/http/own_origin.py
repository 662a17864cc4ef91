"""Own origins: the pages that count as the hub's own, which forms of a login and cookies of a socket must come from.

A name of another site may be made to lead here for a moment (DNS rebinding), and its pages then have an origin that
equals the request's Host. So that counts only for the name of the base URL under its scheme, for this machine's, and
for plain addresses, which no name server can turn around.
"""

from ipaddress import ip_address
from urllib.parse import urlsplit

from hub.settings import Settings


def is_own_origin(origin: str, host: str, settings: Settings) -> bool:
    """Return whether `origin`, that of a page, is the hub's own; `host` is the one that the request names."""
    if origin == settings.base_url:
        return True
    try:
        page, base = urlsplit(origin), urlsplit(settings.base_url)
        name = page.hostname or ""
    except ValueError:
        return False
    is_base = name == base.hostname and page.scheme == base.scheme
    is_ours = is_base or name == "localhost" or name.endswith(".localhost") or _is_address(name)
    return is_ours and page.scheme in ("http", "https") and page.netloc == host


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
