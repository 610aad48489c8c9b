"""Filters of the ledger."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy

from loyalty_site.backoffice.filters import KnownChoiceFilter
from loyalty_site.backoffice.theme import AutocompleteForm
from points.liability.asking import given_back_to, with_left
from points.models import Account


class DirectionFilter(KnownChoiceFilter):
    """Whether points came to the customer or left."""

    title = gettext_lazy("direction")
    parameter_name = "direction"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("in", gettext_lazy("points in")), ("out", gettext_lazy("points out"))]

    def chosen(self, rows: QuerySet, value: str) -> QuerySet:
        return rows.filter(points__gt=0) if value == "in" else rows.filter(points__lt=0)


class LeftFilter(KnownChoiceFilter):
    """Additions of which something can still be spent; the list then shows how much."""

    title = gettext_lazy("what is left")
    parameter_name = "left"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", gettext_lazy("additions that are not spent"))]

    def chosen(self, rows: QuerySet, value: str) -> QuerySet:
        return with_left(rows, timezone.now())


class GivenBackFilter(KnownChoiceFilter):
    """Points that were given back, where there is no addition that they belong to."""

    title = gettext_lazy("origin")
    parameter_name = "given_back"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", gettext_lazy("given back"))]

    def chosen(self, rows: QuerySet, value: str) -> QuerySet:
        return given_back_to(rows)


class CustomerFilter(SimpleListFilter):
    """One customer's movements; the customer is found by typing. What is no id is not looked at."""

    title = gettext_lazy("customer")
    parameter_name = "customer"
    template = "unfold/filters/filters_field.html"
    form_class = AutocompleteForm

    def __init__(self, request: HttpRequest, params: dict[str, Any], model: type, model_admin: Any) -> None:
        super().__init__(request, params, model, model_admin)
        self.request, self.model_admin = request, model_admin

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return []

    def has_output(self) -> bool:
        return True

    def choices(self, changelist: Any) -> Iterator[dict[str, Any]]:
        yield {
            "form": self.form_class(
                request=self.request,
                name=self.parameter_name,
                label=gettext_lazy("By customer"),
                choices=(),
                field=Account._meta.get_field("customer"),
                model_admin=self.model_admin,
                data={self.parameter_name: self._customer_id()},
            )
        }

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        customer_id = self._customer_id()
        return queryset.filter(account=customer_id) if customer_id else queryset

    def _customer_id(self) -> UUID | None:
        try:
            return UUID(self.value() or "")
        except ValueError:
            return None
