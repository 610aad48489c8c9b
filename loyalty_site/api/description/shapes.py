"""The shapes of bodies and parameters, in the words of JSON Schema.

    record({"campaignId": ID, "shortDescription?": TEXT, "labels": list_of(LABEL)}, title="Campaign")

A shape with a title becomes a component of the description, and is referred to wherever it is used.
"""

from collections.abc import Collection, Mapping
from typing import Any

Schema = dict[str, Any]

ANYTHING: Schema = {}
TEXT: Schema = {"type": "string"}
ID: Schema = {"type": "string", "format": "uuid"}
INTEGER: Schema = {"type": "integer"}
NUMBER: Schema = {"type": "number"}
BOOLEAN: Schema = {"type": "boolean"}
BINARY: Schema = {"type": "string", "format": "binary"}
EMPTY_LIST: Schema = {"type": "array", "maxItems": 0}
MOMENT: Schema = {
    "type": "string",
    "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{4}$",
    "examples": ["2017-10-05T10:59:00+0200"],
}


def record(keys: Mapping[str, Schema], *, title: str | None = None) -> Schema:
    """An object with these keys; one whose name ends in `?` may be left out."""
    properties = {name.removesuffix("?"): schema for name, schema in keys.items()}
    required = [name for name in keys if not name.endswith("?")]
    shape: Schema = {"type": "object", "properties": properties}
    if required:
        shape["required"] = required
    return shape if title is None else {"title": title, **shape}


def list_of(item: Schema) -> Schema:
    return {"type": "array", "items": item}


def map_of(value: Schema) -> Schema:
    """An object with any keys; an empty one is `[]`, as PHP writes it."""
    return one_of({"type": "object", "additionalProperties": value, "minProperties": 1}, EMPTY_LIST)


def one_of(*shapes: Schema) -> Schema:
    return shapes[0] if len(shapes) == 1 else {"anyOf": list(shapes)}


def one_or_more(shape: Schema) -> list[Schema]:
    """The shapes that `one_of` was given."""
    return shape.get("anyOf", [shape])


def words(texts: Collection[str]) -> Schema:
    """One of these texts."""
    return {"type": "string", "enum": list(texts)}


def saying(shape: Schema, text: str) -> Schema:
    """The shape with a sentence about what it means here."""
    return {"allOf": [shape], "description": text} if "title" in shape else {**shape, "description": text}


def page_of(items: str, item: Schema) -> Schema:
    """A page of a list, and how many there are on all pages."""
    return record({items: list_of(item), "total": INTEGER})


def reference(title: str) -> Schema:
    """To the shape of that title; for shapes that hold themselves."""
    return {"$ref": f"#/components/schemas/{title}"}


def closed(description: Any) -> Any:
    """All of it, with no room for keys that it does not name. Clients must bear new ones, tests need not."""
    if isinstance(description, list):
        return [closed(item) for item in description]
    if not isinstance(description, dict):
        return description
    inner = {key: closed(value) for key, value in description.items()}
    if inner.get("type") == "object" and isinstance(inner.get("properties"), dict):
        inner.setdefault("additionalProperties", False)
    return inner
