"""Where a request comes from: in full for the audit trail, coarser for counting attempts."""

from ipaddress import IPv4Address, IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest


def full_address_of(request: HttpRequest) -> str | None:
    """The caller's address; None for what is none."""
    address = _parsed(request)
    return str(address) if address else None


def address_of(request: HttpRequest) -> str:
    """As attempts are counted.

    IPv6 counts by its first 64 bits: whoever has one such address has all that share them.
    """
    address = _parsed(request)
    if isinstance(address, IPv6Address):
        return f"{IPv6Address(int(address) >> 64 << 64)}/64"
    return str(address or "unknown")


def _parsed(request: HttpRequest) -> IPv4Address | IPv6Address | None:
    """Behind a proxy it is the one the proxy saw, which it appends to X-Forwarded-For."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        address = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() or address
    try:
        parsed = ip_address(address)
    except ValueError:
        return None
    if isinstance(parsed, IPv6Address):
        return parsed.ipv4_mapped or IPv6Address(int(parsed))  # without a scope, which may be of any length
    return parsed
