"""All that can be asked of a list: its pages, its search box, each choice of its filters, each column's order."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.contrib.admin import FieldListFilter, SimpleListFilter
from django.contrib.admin.views.main import ChangeList
from django.db.models import BooleanField, Model

from loyalty_site.backoffice.theme import RangeDateFilter, TextFilter

DAY = "2026-01-15"
# What a caller may read out, of made-up rows and of no row at all.
SEARCHED = [
    *["Kowalska7", "customer7@example.org", "+491500000007", "Reward 7", "v7", "till/7", "nobody at all"],
    *["00000000-0000-4000-8000-000000000000", "200000000000007"],
]


def pages(shown: ChangeList) -> Iterator[str]:
    yield ""
    yield urlencode({"p": 2})
    for text in SEARCHED:
        yield urlencode({"q": text})
    for number, column in enumerate(shown.list_display):
        if column in shown.sortable_by and shown.get_ordering_field(column):
            yield urlencode({"o": number})
            yield urlencode({"o": -number})
    for spec in shown.filter_specs:
        for chosen in choices(spec):
            yield urlencode(chosen)


def choices(spec: Any) -> Iterator[dict[str, Any]]:
    if isinstance(spec, RangeDateFilter):
        yield {f"{spec.field_path}_from": DAY, f"{spec.field_path}_to": DAY}
        yield {f"{spec.field_path}_to": "1999-01-01"}
    elif isinstance(spec, SimpleListFilter) and not isinstance(spec, TextFilter):
        yield from ({spec.parameter_name: value} for value, _ in spec.lookup_choices)
    elif isinstance(spec, FieldListFilter):
        yield from ({spec.lookup_kwarg: value} for value in values(spec))
    else:
        yield {spec.parameter_name: "seven"}


def values(spec: FieldListFilter) -> Iterator[Any]:
    if spec.field.flatchoices:
        yield from (value for value, _ in spec.field.flatchoices)
    elif isinstance(spec.field, BooleanField):
        yield from (1, 0)
    elif spec.field.related_model:
        yield from ends_of(spec.field.related_model)
    else:
        yield 7


def ends_of(model: type[Model]) -> list[Any]:
    """A row that many others name, and one that few do."""
    rows = model._default_manager.order_by("pk").values_list("pk", flat=True)
    return [rows.first(), rows.last()]
