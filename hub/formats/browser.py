"""Browser and network of a request, roughly, as a person knows their own again. Pure."""

import ipaddress
import re
from collections.abc import Sequence

BROWSERS: Sequence[tuple[str, str]] = (
    (r"\bEdg(?:e|A|iOS)?/", "Edge"),
    (r"\bOPR/|\bOpera\b", "Opera"),
    (r"\bSamsungBrowser/", "Samsung Internet"),
    (r"\bFirefox/|\bFxiOS/", "Firefox"),
    (r"Chrome/|\bCriOS/|\bChromium/", "Chrome"),
    (r"\bSafari/", "Safari"),
)
"""Patterns of `User-Agent`, the most exact first: most browsers call themselves several others, too."""
SYSTEMS: Sequence[tuple[str, str]] = (
    (r"\biPhone\b", "iPhone"),
    (r"\biPad\b", "iPad"),
    (r"\bAndroid\b", "Android"),
    (r"\bWindows\b", "Windows"),
    (r"\bMac OS X\b|\bMacintosh\b", "macOS"),
    (r"\bCrOS\b", "ChromeOS"),
    (r"\bLinux\b", "Linux"),
)
LONGEST_HEADER = 500


def browser_of(user_agent: str) -> str:
    """Browser and system of a `User-Agent`, as `Firefox, Windows`; an unknown part is left out, both may be."""
    head = user_agent[:LONGEST_HEADER]
    return ", ".join(name for table in (BROWSERS, SYSTEMS) if (name := _first(table, head)))


def rough_network(address: str) -> str:
    """Return the network of an IP address, as `203.0.113.x`, without the machine; "" for a text that is no address."""
    try:
        parsed = ipaddress.ip_address(address.partition("/")[0])
    except ValueError:
        return ""
    if isinstance(parsed, ipaddress.IPv4Address):
        return f"{str(parsed).rpartition('.')[0]}.x"
    groups = parsed.exploded.split(":")
    return ":".join([*(group.lstrip("0") or "0" for group in groups[:3]), "x"])


def asked_from(user_agent: str, address: str) -> str:
    """Return browser and network of a request, as `Firefox, Windows, 203.0.113.x`."""
    return ", ".join(part for part in (browser_of(user_agent), rough_network(address)) if part)


def _first(table: Sequence[tuple[str, str]], text: str) -> str | None:
    return next((name for pattern, name in table if re.search(pattern, text)), None)
