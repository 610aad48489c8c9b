"""A POST that means another method, of clients that send only GET and POST. Rule: Symfony, `http_method_override`."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.http.request import UnreadablePostError
from rest_framework.exceptions import ParseError

from loyalty_site.api.brackets import MalformedNames, pairs_of
from loyalty_site.api.parsing import BracketFormParser

MEANT = {"PUT", "PATCH", "DELETE"}
NAME = "_method"


def meant_method(request: HttpRequest) -> str:
    """What the header X-HTTP-Method-Override, else `_method` in an urlencoded body, else in the query makes of a POST.

    Any other word leaves it a POST. Raises ParseError where the client went away while it sent the body. A multipart
    body is left to its parser: it holds an upload, which nothing but a POST is meant by.
    """
    word = request.headers.get("X-HTTP-Method-Override") or _in_body(request) or _in_query(request)
    return word.upper() if word.upper() in MEANT else "POST"


def _in_body(request: HttpRequest) -> str:
    is_form = request.content_type == BracketFormParser.media_type
    if not is_form or not request.META.get("CONTENT_LENGTH", "").isdecimal():
        return ""
    try:
        body = request.body
    except RequestDataTooBig:  # more than most views take: an upload
        return ""
    except UnreadablePostError as error:
        raise ParseError("The body could not be read.") from error
    return _last(body)


def _in_query(request: HttpRequest) -> str:
    return _last(request.META.get("QUERY_STRING", "").encode("latin-1", "replace"))


def _last(encoded: bytes) -> str:
    if NAME.encode() not in encoded:
        return ""
    try:
        return dict(pairs_of(encoded)).get(NAME, "")
    except MalformedNames:  # the view says so, or does not care
        return ""
