"""What a form takes is told by its fields."""

import pytest
from rest_framework.fields import Field

from loyalty_site.api.date_fields import DayField, MomentField
from loyalty_site.api.description.form_examples import json_example
from loyalty_site.api.description.forms import bracket_schema, form_schema, media_of, shape_of
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

TEXT, ID = {"type": "string"}, {"type": "string", "format": "uuid"}


class Window(Form):
    always = CheckBoxField()
    until = MomentField(end=True)


class Line(Form):
    sku = TextField(required=True, max_length=9, help_text="As on the shelf.")


class Order(Form):
    number = IntegerField(required=True, min_value=1, max_value=5)
    window = Window()
    lines = CollectionField(child=Line(), max_items=3)
    shops = CollectionField(child=UUIDField(), max_items=2, required=True)


class Picture(Form):
    file = UploadField(required=True)


SKU = {"type": "string", "minLength": 1, "maxLength": 9, "description": "As on the shelf."}
NUMBER = {"type": "integer", "minimum": 1, "maximum": 5}
SHOPS = {"type": "array", "items": ID, "maxItems": 2, "minItems": 1}
ALWAYS = {"type": "boolean", "default": False}
UNTIL = {
    "type": "string",
    "examples": ["2017-10-05 10:59", "2017-10-05"],
    "description": "A moment; a day without a time includes all of that day.",
}


def test_as_json():
    line = {"title": "Line", "type": "object", "properties": {"sku": SKU}, "required": ["sku"]}
    assert form_schema(Order()) == {
        "title": "Order",
        "type": "object",
        "properties": {
            "number": NUMBER,
            "window": {"title": "Window", "type": "object", "properties": {"always": ALWAYS, "until": UNTIL}},
            "lines": {"type": "array", "items": line, "maxItems": 3},
            "shops": SHOPS,
        },
        "required": ["number", "shops"],
    }


def test_as_names_with_brackets():
    assert bracket_schema(Order(), "order") == {
        "type": "object",
        "properties": {
            "order[number]": NUMBER,
            "order[window][always]": ALWAYS,
            "order[window][until]": UNTIL,
            "order[lines][0][sku]": SKU,
            "order[shops][]": SHOPS,
        },
        "required": ["order[number]", "order[shops][]"],
    }


def test_as_names_with_brackets_without_a_root():
    assert list(bracket_schema(Order(), None)["properties"])[:2] == ["number", "window[always]"]


def test_an_example_of_a_form_in_json():
    fields = {"order[number]": "3", "order[window][always]": "0", "order[shops][]": ["a", "b"], "order[more]": "x"}
    assert json_example(Order(), "order", fields) == {
        "order": {"number": 3, "window": {"always": False}, "shops": ["a", "b"]}
    }


def test_files_are_sent_in_parts():
    assert media_of(Picture()) == "multipart/form-data"
    assert media_of(Order()) == "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("field", "shape"),
    [
        (TextField(), TEXT),
        (EmailField(), TEXT | {"format": "email"}),
        (URLField(), TEXT | {"format": "uri"}),
        (ChoiceField(choices=("a", "b")), TEXT | {"enum": ["a", "b"]}),
        (UUIDField(), ID),
        (DecimalField(), {"type": "number"}),
        (
            DecimalField(above=0, below=99),
            {"type": "number", "minimum": 0.01, "maximum": 98.99},
        ),
        (DecimalField(at_least=0), {"type": "number", "minimum": 0}),
        (CollectionField(child=TextField()), {"type": "array", "items": TEXT, "maxItems": 1_000}),
        (
            CollectionField(child=TextField(), required=True),
            {"type": "array", "items": TEXT | {"minLength": 1}, "maxItems": 1_000, "minItems": 1},
        ),
        (DayField(), TEXT | {"examples": ["1990-09-11"]}),
        (UploadField(), TEXT | {"format": "binary"}),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_field(field, shape):
    assert shape_of(field) == shape


def test_a_field_of_an_unknown_kind_is_refused():
    with pytest.raises(TypeError, match="Field has no shape"):
        shape_of(Field())
