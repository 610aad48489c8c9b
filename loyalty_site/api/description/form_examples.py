"""Documented examples of forms, which are names with brackets, in JSON."""

from collections.abc import Mapping
from typing import Any

from loyalty_site.api.description.forms import flat_fields
from loyalty_site.api.fields import CheckBoxField, is_checked
from loyalty_site.api.forms import Form
from loyalty_site.api.number_fields import DecimalField, IntegerField


def json_example(form: Form, root: str | None, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the example as a client that speaks JSON sends them."""
    body: dict[str, Any] = {}
    for name, field, _ in flat_fields(form, root or ""):
        if name in fields:
            *groups, last = name.removesuffix("[]").replace("]", "").split("[")
            place = body
            for group in groups:
                place = place.setdefault(group, {})
            place[last] = _typed(field, fields[name])
    return body


def _typed(field: Any, sent: Any) -> Any:
    if isinstance(field, CheckBoxField):
        return is_checked(sent)
    if isinstance(field, IntegerField):
        return int(sent)
    return float(sent) if isinstance(field, DecimalField) else sent
