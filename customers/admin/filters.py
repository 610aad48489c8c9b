"""Filters of the customer list."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from customers.models import Segment
from loyalty_site.backoffice.filters import KnownChoiceFilter


class SegmentFilter(KnownChoiceFilter):
    title = gettext_lazy("segment")
    parameter_name = "segment"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(segment_id), name) for segment_id, name in Segment.objects.values_list("pk", "name")]

    def chosen(self, rows: QuerySet, value: str) -> QuerySet:
        return rows.filter(memberships__segment=UUID(value))
