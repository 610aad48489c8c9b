"""Where a webhook may be sent: to hosts of the public internet, whatever their names resolve to by now.

The address is looked at when it is saved, and again at every delivery, which then connects to what was looked at: a
name that is turned to an inner address in between reaches nothing. On the ways around such checks see OWASP, "Server
Side Request Forgery Prevention Cheat Sheet".
"""

import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from loyalty_site.outbox.errors import AddressRefused

Address = IPv4Address | IPv6Address
Resolver = Callable[[str, int], Sequence[Address]]

VISIBLE = re.compile(r"[!-~]+")
LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
LONGEST_HOST = 253
DEFAULT_PORTS = {"https": 443, "http": 80}

# Python's `is_global` is right about private networks and says too much of the rest.
NOT_FOR_HOSTS = [IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24")]  # protocols; relays into 6to4
GLOBAL_UNICAST = IPv6Network("2000::/3")
TUNNELS = [IPv6Network("2001::/23"), IPv6Network("2002::/16")]  # Teredo and the like; 6to4: they end at an IPv4 address
NAT64 = IPv6Network("64:ff9b::/96")  # how a network without IPv4 writes one


@dataclass(frozen=True)
class Target:
    """An address that is well written."""

    scheme: str
    host: str
    port: int
    path: str  # with the query

    @property
    def host_header(self) -> str:
        return self.host if self.port == DEFAULT_PORTS[self.scheme] else f"{self.host}:{self.port}"


def target_of(url: str) -> Target:
    """What the address says. Raises AddressRefused."""
    if not VISIBLE.fullmatch(url) or "\\" in url:
        raise AddressRefused(because=_("An address has no spaces, backslashes or letters beyond ASCII."))
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise AddressRefused(because=_("This is no address.")) from error
    if parts.scheme not in _schemes():
        raise AddressRefused(because=_("The address must begin with https://."))
    if "@" in parts.netloc:
        raise AddressRefused(because=_("An address must hold no user name or password."))
    if "#" in url:
        raise AddressRefused(because=_("An address must have no part after a #: it is never sent."))
    host = (parts.hostname or "").lower()
    if not (settings.WEBHOOK_LOOPBACK and host in ("127.0.0.1", "localhost")):
        _refuse_unless_a_name(host)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    target = Target(parts.scheme, host, port or DEFAULT_PORTS[parts.scheme], path)
    if port == 0 or not (settings.WEBHOOK_LOOPBACK or target.port in settings.WEBHOOK_PORTS):
        raise AddressRefused(because=_("Webhooks are not sent to this port."))
    return target


def checked(target: Target, resolve: Resolver) -> Sequence[Address]:
    """The addresses that the host's name stands for now, each of which may be connected to. Raises AddressRefused."""
    found = resolve(target.host, target.port)
    if not found:
        raise AddressRefused(because=_("There is no host of this name."))
    if settings.WEBHOOK_LOOPBACK and all(address.is_loopback for address in found):
        return found
    if not all(is_public(address) for address in found):
        raise AddressRefused(because=_("This host is not on the public internet."))
    return found


def is_public(address: Address) -> bool:
    """Whether it is a host's on the public internet, and leads nowhere else."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or (IPv4Address(int(address) & 0xFFFFFFFF) if address in NAT64 else None)
        if inner is not None:
            return is_public(inner)
        return address in GLOBAL_UNICAST and address.is_global and not any(address in tunnel for tunnel in TUNNELS)
    public = address.is_global and not address.is_multicast and not address.is_reserved
    return public and not any(address in network for network in NOT_FOR_HOSTS)


def resolved(host: str, port: int) -> Sequence[Address]:
    """What the system's resolver says; nothing where it knows no such name."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(ip_address(str(line[4][0])) for line in found))


def _schemes() -> Sequence[str]:
    return ("https", "http") if settings.WEBHOOK_LOOPBACK else ("https",)


def _refuse_unless_a_name(host: str) -> None:
    """Numbers in all the ways in which systems read them, and names that mean something inside of a network only."""
    labels = host.split(".")
    if len(host) > LONGEST_HOST or not all(LABEL.fullmatch(label) for label in labels):
        raise AddressRefused(because=_("The host must be a name such as crm.example.com, in ASCII."))
    if len(labels) < 2 or not labels[-1][0].isalpha():
        raise AddressRefused(because=_("The host must be a full name such as crm.example.com, and no number."))
