"""Segments, as Open Loyalty's clients read and switch them. Rule: Open Loyalty, "Segment API"."""

from typing import Any

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from customers import services
from customers.api.dialect import DIALECT
from customers.errors import SegmentNotFound
from customers.models import Segment
from loyalty_site.api.dates import write_moment
from loyalty_site.api.edge import run_write
from loyalty_site.api.fields import is_checked
from loyalty_site.api.ids import uuid_in
from loyalty_site.api.paging import page_of
from loyalty_site.api.parameters import parameters_of

SORTS = {"segmentId": "pk", "name": "name", "active": "active", "createdAt": "created_at"}


class SegmentViewSet(ViewSet):
    dialect = DIALECT

    def list(self, request: Request) -> Response:
        """`GET /api/segment`, with `active` only those that are or are not."""
        segments = Segment.objects.with_customer_counts()
        if (active := parameters_of(request).get("active")) not in (None, ""):
            segments = segments.filter(active=is_checked(active))
        page, total = page_of(segments, request, sorts=SORTS, default="name")
        return Response({"segments": [_segment(segment) for segment in page], "total": total})

    def retrieve(self, request: Request, segment: str) -> Response:
        """`GET /api/segment/<segment>`"""
        return Response(_segment(segment_in_path(segment)))

    def activate(self, request: Request, segment: str) -> Response:
        """`POST /api/segment/<segment>/activate`"""
        return self._switch(request, segment, True)

    def deactivate(self, request: Request, segment: str) -> Response:
        """`POST /api/segment/<segment>/deactivate`"""
        return self._switch(request, segment, False)

    def _switch(self, request: Request, segment: str, active: bool) -> Response:
        at, segment_id = timezone.now(), segment_in_path(segment).pk
        parameters_of(request)  # none is needed, but what cannot be read is refused

        def effect() -> Response:
            services.switch_segment(segment_id, active, actor=request.user.actor, at=at)
            return Response(status=204)

        return run_write(request, effect, dialect=self.dialect)


def segment_in_path(text: str) -> Segment:
    """The segment, with how many customers it has. Raises SegmentNotFound."""
    found = Segment.objects.with_customer_counts().filter(pk=uuid_in(text)).first()
    if found is None:
        raise SegmentNotFound(id=text)
    return found


def _segment(segment: Segment) -> dict[str, Any]:
    return {
        "segmentId": str(segment.pk),
        "name": segment.name,
        **({"description": segment.description} if segment.description else {}),
        "active": segment.active,
        "parts": [],  # who belongs to it is chosen, not computed
        "createdAt": write_moment(segment.created_at),
        "customersCount": segment.customers_count,
    }
