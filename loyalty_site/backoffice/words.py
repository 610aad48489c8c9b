"""What the back office calls the fields and the values that an audit entry tells of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.db.models import Field


@dataclass(frozen=True)
class Words:
    """Each by what the trail has for it; what is not here is shown as it is."""

    fields: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, Mapping[Any, str]] = field(default_factory=dict)  # by field
    ids: Mapping[str, str] = field(default_factory=dict)


PLAIN = Words()


def of_kind(site: AdminSite, kind: str, ids: Mapping[str, str] | None = None) -> Words:
    """The words for records of that kind: as their form has them, else as their columns are called."""
    admin = next((admin for model, admin in site._registry.items() if model._meta.model_name == kind), None)
    if admin is None:
        return Words(ids=ids or {})
    columns = {column.name: column for column in admin.model._meta.get_fields() if isinstance(column, Field)}
    named = {name: str(column.verbose_name) for name, column in columns.items()}
    choices = {name: dict(column.flatchoices) for name, column in columns.items() if column.choices}
    told = {name: str(word) for name, word in getattr(admin, "trail_words", {}).items()}
    return Words(named | _labels(admin) | told, choices, ids or {})


def _labels(admin: ModelAdmin) -> dict[str, str]:
    entries = getattr(admin.form, "base_fields", {})
    overridden = getattr(getattr(admin.form, "Meta", None), "labels", None) or {}
    return {name: str(entry.label) for name, entry in entries.items() if entry.label} | {
        name: str(label) for name, label in overridden.items()
    }
