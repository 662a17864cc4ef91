"""Addresses of clients: the network that limits count one as, and the networks of trusted proxies. Pure."""

import ipaddress


def counted_as(address: str) -> str:
    """Return the network that limits count an address as: of IPv6 the first 64 bits, which one customer has."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return address
    mapped = parsed.ipv4_mapped
    return str(mapped or ipaddress.IPv6Network((int(parsed), 64), strict=False))


def is_in(address: str, networks: tuple[str, ...]) -> bool:
    """Return whether an address is in one of `networks`."""
    try:
        return any(ipaddress.ip_address(address) in ipaddress.ip_network(network) for network in networks)
    except ValueError:
        return False
