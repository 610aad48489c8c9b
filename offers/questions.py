"""What is asked about offers and what customers were given."""

from datetime import datetime
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce


class OfferQuerySet(models.QuerySet):
    def given_by(self, partner_id: UUID) -> Self:
        """The live offers released to that partner."""
        return self.filter(status=self.model.Status.ACTIVE, partners=partner_id)

    def with_counts(self) -> Self:
        """Adds `times_given`, and of these `times_accepted`, `times_declined` and `times_completed`."""
        given = self.model._meta.get_field("given").related_model.objects
        states = given.model.State
        answers = {
            f"times_{name}": _count(given.filter(state=state))
            for name, state in (
                ("accepted", states.ACCEPTED),
                ("declined", states.DECLINED),
                ("completed", states.COMPLETED),
            )
        }
        return self.annotate(times_given=_count(given.all()), **answers)


class CustomerOfferQuerySet(models.QuerySet):
    def shown_at(self, at: datetime) -> Self:
        """Those a customer sees: switched on, displayed, and not over."""
        displayed = Q(displayed_from__lte=at) & (Q(expires_at=None) | Q(expires_at__gte=at))
        return self.filter(displayed, offer__status="ACTIVE")

    def for_lists(self) -> Self:
        return self.select_related("offer", "customer", "partner")


def _count(given: QuerySet) -> Coalesce:
    """Of one offer, asked on its own so that a page of offers costs one query."""
    own = given.filter(offer=OuterRef("pk")).order_by()
    return Coalesce(Subquery(own.values("offer").annotate(n=Count("pk")).values("n")), 0)
