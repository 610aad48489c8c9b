"""What changed, from a form for the audit trail, and from the audit trail for the reader."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Model
from django.forms import Field, Form, ModelChoiceField, ModelMultipleChoiceField, PasswordInput
from django.utils.dateparse import parse_datetime
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from loyalty_site.backoffice.theme import moment
from loyalty_site.backoffice.words import PLAIN, Words

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


def between(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, words: Words = PLAIN) -> list[Change]:
    """What an audit entry tells, line by line; fields that stayed the same, or empty, are left out.

    Of a list that had entries and has some, only those are told that went or came.
    """
    before, after = before or {}, after or {}
    fields = dict.fromkeys([*before, *after])
    return [_line(name, before.get(name), after.get(name), words) for name in fields if _differ(name, before, after)]


def _differ(name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    old, new = before.get(name), after.get(name)
    return old != new and not (_is_empty(old) and _is_empty(new))


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [], {})


def _line(name: str, before: Any, after: Any, words: Words) -> Change:
    heading = capfirst(words.fields.get(name) or _heading(name))
    if isinstance(before, list) and isinstance(after, list) and before and after:
        gone = [part for part in before if part not in after]
        come = [part for part in after if part not in before]
        if gone or come:  # else they only changed places
            removed = _("removed: %s") % _readable(gone, words, name) if gone else NOTHING
            added = _("added: %s") % _readable(come, words, name) if come else NOTHING
            return heading, removed, added
    return heading, _readable(before, words, name), _readable(after, words, name)


def _plain(field: Field, value: Any) -> Any:
    if isinstance(field, ModelMultipleChoiceField):
        return sorted(str(row) for row in value or ())
    if isinstance(field, ModelChoiceField):
        row = value if isinstance(value, Model) else field.to_python(value)
        return row and str(row)
    return value


def _heading(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _readable(value: Any, words: Words, name: str) -> str:
    if _is_empty(value):
        return NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(_readable(part, words, name) for part in value)
    if isinstance(value, dict):
        return "; ".join(f"{_heading(key)}: {_readable(part, words, key)}" for key, part in value.items())
    choices = words.choices.get(name, {})
    if value in choices:
        return str(choices[value])
    at = parse_datetime(value) if isinstance(value, str) and MOMENT.match(value) else None
    return moment(at) if at else words.ids.get(str(value), str(value))
