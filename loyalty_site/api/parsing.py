"""Bodies, whatever their encoding, as one plain tree. Whatever is malformed raises ParseError."""

from collections.abc import Iterator
from io import BytesIO
from json import loads
from math import isfinite
from typing import IO, Any, NoReturn

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from django.utils.datastructures import MultiValueDict
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from loyalty_site.api.brackets import DEEPEST, Tree, pairs_of, tree_of
from loyalty_site.api.failures import BodyTooLarge
from loyalty_site.api.texts import is_storable

Context = dict[str, Any]


class StrictJSONParser(BaseParser):
    """An object or a list in UTF-8, no deeper than 32. A number that no float can hold stays the text that was sent."""

    media_type = "application/json"

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Context | None = None) -> Any:
        value = _json_of(body_of(stream, parser_context))
        if not isinstance(value, dict | list):
            raise ParseError("The body is neither an object nor a list.")
        _inspect(value, DEEPEST)
        return value


class ObjectParser(BaseParser):
    """An object in UTF-8, no deeper than 32. What its texts may hold is for the fields to say, by name."""

    media_type = "application/json"

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Context | None = None) -> Any:
        value = _json_of(body_of(stream, parser_context))
        if not isinstance(value, dict):
            raise ParseError("The body is no object.")
        if _is_deeper(value, DEEPEST):
            raise ParseError("The body is too deep.")
        return value


class BracketFormParser(BaseParser):
    """`campaign[levels][0]=…`"""

    media_type = "application/x-www-form-urlencoded"

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Context | None = None) -> Tree:
        return tree_of(pairs_of(body_of(stream, parser_context)))


class KeptInMemory(MemoryFileUploadHandler):
    """The body is in memory already and within its limit: no temporary file, which somebody would have to close."""

    def handle_raw_input(self, *args: Any, **options: Any) -> None:
        self.activated = True


class BracketMultiPartParser(BaseParser):
    """As the form above; files stand in the tree where their names say.

    Django would put a mark for each byte that is no UTF-8. Read as Latin-1 the bytes come through, to be refused here.
    """

    media_type = "multipart/form-data"

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Context | None = None) -> Tree:
        body = body_of(stream, parser_context)
        meta = {"CONTENT_TYPE": media_type or "", "CONTENT_LENGTH": len(body)}
        try:
            fields, files = MultiPartParser(meta, BytesIO(body), [KeptInMemory()], "latin-1").parse()
            texts = [(name, value.encode("latin-1").decode()) for name, value in _each(fields)]
        except RequestDataTooBig as error:
            raise BodyTooLarge from error
        except (MultiPartParserError, SuspiciousOperation, ValueError) as error:
            raise ParseError("The body is not a multipart form.") from error
        return tree_of([*texts, *_each(files)])


def body_limit(view: object) -> int:
    """The most bytes a body for this view may have: the view's own `max_body`, or the setting."""
    return getattr(view, "max_body", settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


def body_of(stream: IO[bytes], context: Context | None) -> bytes:
    """The whole body. Raises BodyTooLarge, and ParseError for one that ends before its announced length."""
    context = context or {}
    limit = body_limit(context.get("view"))
    try:
        body = stream.read(limit + 1)
    except OSError as error:  # the client went away
        raise ParseError("The body could not be read.") from error
    if len(body) > limit:
        raise BodyTooLarge
    if "request" in context and len(body) < int(context["request"].META.get("CONTENT_LENGTH") or 0):
        raise ParseError("The body is shorter than announced.")
    return body


def _each(parts: MultiValueDict) -> Iterator[tuple[str, Any]]:
    return ((name, value) for name, values in parts.lists() for value in values)


def _is_deeper(value: Any, room: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    items = value.values() if isinstance(value, dict) else value
    return room == 0 or any(_is_deeper(item, room - 1) for item in items)


def _json_of(body: bytes) -> Any:
    try:
        return loads(body.decode(), parse_float=_finite_or_text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise ParseError("The body is not JSON.") from error


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _finite_or_text(digits: str) -> float | str:
    number = float(digits)
    return number if isfinite(number) else digits


def _inspect(value: Any, room: int) -> None:
    """Refuse what is deeper than `room`, and texts and keys that cannot be kept."""
    if isinstance(value, str):
        if not is_storable(value):
            raise ParseError("A text holds a character that cannot be kept.")
    elif isinstance(value, dict | list):
        if room == 0:
            raise ParseError("The body is too deep.")
        for item in value:  # a dict's keys
            _inspect(item, room - 1)
        if isinstance(value, dict):
            for item in value.values():
                _inspect(item, room - 1)
