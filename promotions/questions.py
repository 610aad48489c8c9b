"""What is asked about promotions and enrolments."""

from datetime import datetime
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce


class PromotionQuerySet(models.QuerySet):
    def with_customer(self, found: QuerySet) -> Self:
        """Adds the `customer_id` and `customer_status` of the one customer asked for, None where there is none."""
        one = found.order_by()[:1]
        return self.annotate(customer_id=Subquery(one.values("pk")), customer_status=Subquery(one.values("status")))

    def with_counts(self, at: datetime) -> Self:
        """Adds `enrolments_made`, and `enrolments_running` at that moment."""
        enrolments = self.model._meta.get_field("enrolments").related_model.objects
        return self.annotate(enrolments_made=_count(enrolments), enrolments_running=_count(enrolments.running_at(at)))


class ParticipationQuerySet(models.QuerySet):
    def in_force_of(self, customer_id: UUID) -> Self:
        """The customer's, but those whose enrolments were all revoked; the latest first."""
        return self.filter(customer=customer_id, turns__gt=F("revoked")).order_by("-pk")


class EnrolmentQuerySet(models.QuerySet):
    def running_at(self, at: datetime) -> Self:
        """Neither replaced nor revoked, and not over."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gte=at), state=self.model.State.RUNNING)

    def for_lists(self) -> Self:
        return self.select_related("customer", "promotion")


def _count(enrolments: QuerySet) -> Coalesce:
    """Of one promotion's enrolments, asked on its own so that a page of promotions costs one query."""
    own = enrolments.filter(promotion=OuterRef("pk")).order_by()
    return Coalesce(Subquery(own.values("promotion").annotate(n=Count("pk")).values("n")), 0)
