"""Filters that the lists of several apps use."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import DateTimeField, QuerySet
from django.forms import DateField
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from loyalty_site.backoffice.theme import DropdownFilter, RangeDateFilter
from loyalty_site.days import start_of

FIRST_YEAR, LAST_YEAR = 1900, 2999  # time zones cannot be reckoned at the calendar's very ends


class KnownChoiceFilter(DropdownFilter):
    """A choice that is not among the offered ones is not looked at."""

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        chosen = self.value()
        known = {str(lookup) for lookup, _ in self.lookup_choices}
        return self.chosen(queryset, chosen) if chosen in known else queryset

    def chosen(self, rows: QuerySet, value: str) -> QuerySet:
        raise NotImplementedError


class DaysFilter(RangeDateFilter):
    """From one day to another, both included. What is no date of our time is not looked at."""

    name: str | Promise = gettext_lazy("day")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.title = self.name

    @classmethod
    def called(cls, name: str | Promise) -> type["DaysFilter"]:
        """The same with another title, for lists with days of several kinds."""
        return type(cls.__name__, (cls,), {"name": name})

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        first, last = self._day("from"), self._day("to")
        conditions: dict[str, Any] = {}
        if first:
            conditions[f"{self.field_path}__gte"] = self._bound(first)
        if last:
            conditions[f"{self.field_path}__lt"] = self._bound(last + timedelta(days=1))
        return queryset.filter(**conditions)

    def _day(self, end: str) -> date | None:
        try:
            day = DateField(required=False).clean(self.used_parameters.get(f"{self.field_path}_{end}"))
        except ValidationError:
            return None
        return day if day and FIRST_YEAR <= day.year <= LAST_YEAR else None

    def _bound(self, day: date) -> date:
        return start_of(day) if isinstance(self.field, DateTimeField) else day
