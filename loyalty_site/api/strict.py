"""JSON bodies of partners, read strictly: a number is a number, and all that is wrong is told at once.

OFFER = Object({"source": Text(64), "rank": Integer(required=False), "ruleParams": Object({"endDate": Day()})})

class OfferView(APIView):
    parser_classes = (ObjectParser,)

    def post(self, request):
        values = read(request, OFFER)  # {"source": "braze", "ruleParams": {"endDate": date(2024, 5, 22)}}
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from rest_framework import status
from rest_framework.exceptions import APIException, ParseError
from rest_framework.request import Request

Values = dict[str, Any]


class Offence(NamedTuple):
    """What is wrong with one field, by its dotted name; whether it is that the field is not there."""

    field: str
    message: str
    is_missing: bool = False


class FieldsInvalid(APIException):
    """The body has fields that are wrong: all of them."""

    status_code = status.HTTP_400_BAD_REQUEST

    def __init__(self, *offences: Offence) -> None:
        super().__init__()
        self.offences = offences


class Wrong(ValueError):
    """A value that its field does not take; the text says what it must be."""


class Field:
    """A value in a body. `null` is a value like any other: no field takes it, unless it is `nullable`."""

    def __init__(self, *, required: bool = True, nullable: bool = False) -> None:
        self.required, self.nullable = required, nullable

    def read(self, raw: Any) -> Any:
        """The value in Python's types. Raises Wrong."""
        raise NotImplementedError

    def take(self, raw: Any, name: str, offences: list[Offence]) -> Any:
        """The value, or None beside the offences added."""
        if raw is None and self.nullable:
            return None
        try:
            return self.read(raw)
        except Wrong as reason:
            offences.append(Offence(name, str(reason)))
            return None


Check = Callable[[Values], list[Offence]]


class Object(Field):
    """Fields by name; others are ignored. `check` finds what is wrong between them, of those that could be read."""

    def __init__(self, fields: Mapping[str, Field], *, check: Check | None = None, **options: bool) -> None:
        super().__init__(**options)
        self.fields, self.check = fields, check

    def take(self, raw: Any, name: str, offences: list[Offence]) -> Values | None:
        if raw is None and self.nullable:
            return None
        if not isinstance(raw, dict):
            offences.append(Offence(name, "must be an object"))
            return None
        found: list[Offence] = []
        values = {part: value for part, field in self.fields.items() for value in _read(part, field, raw, found)}
        found += self.check(values) if self.check else []
        offences += [offence._replace(field=f"{name}.{offence.field}".strip(".")) for offence in found]
        return values


def read(request: Request, body: Object, *, besides: Sequence[Offence] = ()) -> Values:
    """The values of the fields that the request's body has. Raises ParseError and FieldsInvalid.

    `besides` is what was found wrong outside the body, in a header perhaps, to be told with the rest.
    """
    raw, offences = body_of(request), [*besides]
    values = body.take(raw, "", offences)
    if offences:
        raise FieldsInvalid(*offences)
    return values


def body_of(request: Request) -> dict[str, Any]:
    """The body, an object. Raises UnsupportedMediaType and ParseError, for an empty body too."""
    if request.META.get("CONTENT_LENGTH", "") in ("", "0"):
        raise ParseError("The body is empty.")
    return request.data


def _read(name: str, field: Field, raw: dict[str, Any], offences: list[Offence]) -> list[Any]:
    """The field's value in a list; none where it is absent or wrong."""
    if name not in raw:
        offences += [Offence(name, "is required", is_missing=True)] if field.required else []
        return []
    before = len(offences)
    value = field.take(raw[name], name, offences)
    return [value] if len(offences) == before else []
