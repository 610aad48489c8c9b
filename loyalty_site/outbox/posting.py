"""Sending one webhook: to the address that was checked, over verified TLS, without redirects, within one time limit."""

import json
import socket
import ssl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from threading import Timer
from time import monotonic

from django.conf import settings
from django.utils.translation import gettext as _
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from loyalty_site.outbox.addresses import Address, Resolver, Target, checked, resolved, target_of
from loyalty_site.outbox.errors import AddressRefused
from loyalty_site.outbox.outcomes import Outcome

FAILURES = (HTTPError, HTTPException, OSError)
READ = 4_096  # bytes of an answer; its rest is not waited for
GONE = 410


class Late(Exception):
    """The time is up."""


@dataclass(frozen=True)
class Parcel:
    """One webhook, ready to go."""

    url: str
    body: bytes
    headers: Mapping[str, str]
    hidden: Sequence[str] = ()  # texts in the body that must not be kept where a receiver says them back


def post(parcel: Parcel, *, resolve: Resolver = resolved, context: ssl.SSLContext | None = None) -> Outcome:
    """Send it. `context` is whom to trust, the system's authorities unless given."""
    try:
        target = target_of(parcel.url)
        addresses = checked(target, resolve)
    except AddressRefused as refusal:
        return Outcome(answer=str(refusal.because))
    try:
        return _post(parcel, target, addresses, context)
    except Late:
        seconds = settings.WEBHOOK_SECONDS
        return Outcome(answer=_("There was no whole answer within %(n)s seconds.") % {"n": seconds})
    except FAILURES as error:
        return Outcome(answer=f"{type(error).__name__}: {error}")


def _post(parcel: Parcel, target: Target, addresses: Sequence[Address], context: ssl.SSLContext | None) -> Outcome:
    ends = monotonic() + settings.WEBHOOK_SECONDS
    connection = _connected(target, addresses, context, ends)
    try:
        with _cut_at(ends, connection):
            headers = {"Host": target.host_header, "Accept-Encoding": "identity", "Connection": "close"}
            connection.request("POST", target.path, parcel.body, {**headers, **parcel.headers}, preload_content=False)
            answer = connection.getresponse()
            said = answer.read(READ, decode_content=False)
    finally:
        connection.close()
    text = _without(parcel.hidden, said.decode(errors="replace"))
    if 300 <= answer.status < 400:
        text = _("A redirect, which is not followed. %(text)s") % {"text": text}
    arrived = 200 <= answer.status < 300
    return Outcome(arrived=arrived, gone=answer.status == GONE, status=answer.status, answer=text)


def _without(hidden: Sequence[str], text: str) -> str:
    for secret in hidden:
        text = text.replace(secret, "…").replace(json.dumps(secret)[1:-1], "…")
    return text


def _connected(
    target: Target, addresses: Sequence[Address], context: ssl.SSLContext | None, ends: float
) -> HTTPConnection:
    """A connection to the first of the addresses that takes one."""
    for number, address in enumerate(addresses, start=1):
        # The limit holds for connecting and for the handshake, each: half of the time for both.
        connection = _connection(target, address, context, max((ends - monotonic()) / 2, 0.001))
        try:
            connection.connect()
        except (HTTPError, OSError) as error:
            connection.close()
            if monotonic() >= ends or isinstance(error.__cause__ or error, TimeoutError):
                raise Late from error
            if number == len(addresses):
                raise
        else:
            connection.sock.settimeout(max(ends - monotonic(), 0.001))
            return connection
    raise Late


def _connection(target: Target, address: Address, context: ssl.SSLContext | None, seconds: float) -> HTTPConnection:
    if target.scheme == "http":
        return HTTPConnection(str(address), target.port, timeout=seconds)
    return HTTPSConnection(
        str(address),
        target.port,
        timeout=seconds,
        cert_reqs=ssl.CERT_REQUIRED,
        ssl_context=context,
        server_hostname=target.host,
    )


@contextmanager
def _cut_at(ends: float, connection: HTTPConnection) -> Iterator[None]:
    """Raises Late where the block has not ended by then: a peer that sends a byte now and then is cut off."""
    timer = Timer(max(ends - monotonic(), 0.001), _cut, [connection.sock])
    timer.start()
    try:
        yield
    except FAILURES as error:
        if monotonic() >= ends:
            raise Late from error
        raise
    finally:
        timer.cancel()
    if monotonic() >= ends:
        raise Late


def _cut(sock: socket.socket) -> None:
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:  # it has ended by itself
        return
