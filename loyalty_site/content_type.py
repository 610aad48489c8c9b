"""Bodies and query strings are UTF-8, whatever charset a request claims."""

import re
from collections.abc import Callable, Iterable
from typing import Any

BOUNDARY = re.compile(r"""boundary=("[^"]*"|[^";\s]+)""", re.IGNORECASE)

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def read_as_utf8(inner: Application) -> Application:
    """A WSGI application that sees no parameters of Content-Type but a form's boundary.

    Django decodes the query string with the charset named there before anything could refuse it: with one such as
    `bz2` that is a crash.
    """

    def outer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        media_type, _, parameters = environ.get("CONTENT_TYPE", "").partition(";")
        boundary = BOUNDARY.search(parameters)
        environ["CONTENT_TYPE"] = f"{media_type}; {boundary.group()}" if boundary else media_type
        return inner(environ, start_response)

    return outer
