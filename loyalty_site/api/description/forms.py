"""Forms as shapes: what a field takes is told by the field itself."""

from collections.abc import Iterator
from functools import singledispatch

from django.core.validators import MaxLengthValidator
from rest_framework.fields import Field

from loyalty_site.api.date_fields import DayField, MomentField
from loyalty_site.api.description.shapes import BINARY, BOOLEAN, ID, INTEGER, NUMBER, TEXT, Schema, saying
from loyalty_site.api.fields import (
    CheckBoxField,
    ChoiceField,
    CollectionField,
    EmailField,
    TextField,
    UploadField,
    URLField,
    UUIDField,
)
from loyalty_site.api.forms import Form
from loyalty_site.api.number_fields import DecimalField, IntegerField

JSON = "application/json"
MULTIPART, URL_ENCODED = "multipart/form-data", "application/x-www-form-urlencoded"


def form_schema(form: Form) -> Schema:
    """The form in JSON."""
    fields = dict(form.fields.items())
    shape: Schema = {"title": type(form).__name__, "type": "object"}
    shape["properties"] = {name: field_schema(field) for name, field in fields.items()}
    required = [name for name, field in fields.items() if field.required and not isinstance(field, Form)]
    return shape | ({"required": required} if required else {})


def bracket_schema(form: Form, root: str | None) -> Schema:
    """The form as names with brackets; of a collection of forms, the first."""
    fields = list(flat_fields(form, root or ""))
    shape: Schema = {"type": "object", "properties": {name: field_schema(field) for name, field, _ in fields}}
    required = [name for name, _, required in fields if required]
    return shape | ({"required": required} if required else {})


def flat_fields(form: Form, prefix: str, *, sent: bool = True) -> Iterator[tuple[str, Field, bool]]:
    """Each name, its field, and whether it must be there; `sent`: the form itself must."""
    for name, field in form.fields.items():
        path = f"{prefix}[{name}]" if prefix else name
        if isinstance(field, Form):
            yield from flat_fields(field, path, sent=sent)
        elif isinstance(field, CollectionField) and isinstance(field.child, Form):
            yield from flat_fields(field.child, f"{path}[0]", sent=sent and field.required)
        else:
            yield f"{path}[]" if isinstance(field, CollectionField) else path, field, sent and field.required


def media_of(form: Form) -> str:
    """How the form is sent when not as JSON."""
    uploads = any(isinstance(field, UploadField) for field in form.fields.values())
    return MULTIPART if uploads else URL_ENCODED


def field_schema(field: Field) -> Schema:
    schema = shape_of(field)
    return saying(schema, str(field.help_text)) if field.help_text else schema


@singledispatch
def shape_of(field: Field) -> Schema:
    raise TypeError(f"{type(field).__name__} has no shape: register one in loyalty_site/api/description/forms.py")


shape_of.register(Form, form_schema)


@shape_of.register
def _(field: TextField) -> Schema:
    lengths = [validator.limit_value for validator in field.validators if isinstance(validator, MaxLengthValidator)]
    return TEXT | ({"minLength": 1} if field.required else {}) | ({"maxLength": min(lengths)} if lengths else {})


@shape_of.register
def _(field: EmailField) -> Schema:
    return TEXT | {"format": "email"}


@shape_of.register
def _(field: URLField) -> Schema:
    return TEXT | {"format": "uri"}


@shape_of.register
def _(field: ChoiceField) -> Schema:
    return TEXT | {"enum": list(field.choices)}


@shape_of.register
def _(field: UUIDField) -> Schema:
    return ID


@shape_of.register
def _(field: CheckBoxField) -> Schema:
    return BOOLEAN | {"default": False}


@shape_of.register
def _(field: DecimalField) -> Schema:
    """Numbers are rounded first: what is above 0 is at least 0.01."""
    unit = field.unit
    least = field.at_least if field.above is None else field.above + unit
    most = None if field.below is None else field.below - unit
    bounds = {"minimum": least, "maximum": most}
    return NUMBER | {name: float(bound) for name, bound in bounds.items() if bound is not None}


@shape_of.register
def _(field: IntegerField) -> Schema:
    return INTEGER | {"minimum": field.min_value, "maximum": field.max_value}


@shape_of.register
def _(field: MomentField) -> Schema:
    meaning = "a day without a time includes all of that day" if field.end else "a day without a time means its start"
    return saying(TEXT | {"examples": ["2017-10-05 10:59", "2017-10-05"]}, f"A moment; {meaning}.")


@shape_of.register
def _(field: DayField) -> Schema:
    return TEXT | {"examples": ["1990-09-11"]}


@shape_of.register
def _(field: UploadField) -> Schema:
    return BINARY


@shape_of.register
def _(field: CollectionField) -> Schema:
    least: Schema = {"minItems": 1} if field.required else {}
    not_blank = {"minLength": 1} if field.required and type(field.child) is TextField else {}  # blank ones are dropped
    return {"type": "array", "items": field_schema(field.child) | not_blank, "maxItems": field.max_items} | least
