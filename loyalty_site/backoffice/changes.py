"""What changed, from a form for the audit trail, and from the audit trail for the reader."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Model
from django.forms import Field, Form, ModelChoiceField, ModelMultipleChoiceField, PasswordInput
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from loyalty_site.backoffice.theme import moment

Change = tuple[str, str, str]  # what, before, after
NOTHING = "–"
CHANGED = "changed"  # of what has a value that the trail must not keep
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")


def of_form(form: Form, *, private: Sequence[str], add: bool) -> dict[str, Any]:
    """`before` and `after` of the fields that a valid form changed, as an audit entry keeps them."""
    before, after = {}, {}
    for name in form.changed_data:
        field = form.fields.get(name)
        if field is None or isinstance(field.widget, PasswordInput):  # Django's forms for passwords say "password"
            after["password"] = CHANGED
        elif name in private:
            after[name] = CHANGED
        else:
            before[name] = _plain(field, form.get_initial_for_field(field, name))
            after[name] = _plain(field, form.cleaned_data.get(name))
    return {"before": None if add else before, "after": after}


def between(
    before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, names: Mapping[str, str] | None = None
) -> list[Change]:
    """What an audit entry tells, line by line; fields that stayed the same are left out, ids show as their names."""
    known = names or {}
    before, after = before or {}, after or {}
    fields = dict.fromkeys([*before, *after])
    differing = [field for field in fields if before.get(field) != after.get(field)]
    return [(_heading(f), _readable(before.get(f), known), _readable(after.get(f), known)) for f in differing]


def _plain(field: Field, value: Any) -> Any:
    if isinstance(field, ModelMultipleChoiceField):
        return sorted(str(row) for row in value or ())
    if isinstance(field, ModelChoiceField):
        row = value if isinstance(value, Model) else field.to_python(value)
        return row and str(row)
    return value


def _heading(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _readable(value: Any, names: Mapping[str, str]) -> str:
    if value is None or value in ("", []):
        return NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(_readable(part, names) for part in value)
    if isinstance(value, dict):
        return "; ".join(f"{_heading(key)}: {_readable(part, names)}" for key, part in value.items())
    at = parse_datetime(value) if isinstance(value, str) and MOMENT.match(value) else None
    return moment(at) if at else names.get(str(value), str(value))
