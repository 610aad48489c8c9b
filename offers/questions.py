"""What is asked about offers and what customers were given."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Case, Count, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce


class OfferQuerySet(models.QuerySet):
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

    def running_at(self, at: datetime) -> Self:
        """Those a customer sees whose benefit has begun."""
        return self.shown_at(at).filter(effective_from__lte=at)

    def coming_between(self, first: datetime, last: datetime) -> Self:
        """Those that are switched on and whose benefit begins then, shown already or not."""
        return self.filter(offer__status="ACTIVE", effective_from__range=(first, last))

    def live_between(self, first: datetime | None, last: datetime | None) -> Self:
        """Those that bring their benefit at some moment of that time; None: since ever, for ever."""
        found = self if last is None else self.filter(effective_from__lte=last)
        return found if first is None else found.filter(Q(expires_at=None) | Q(expires_at__gte=first))

    def in_order_of_showing(self) -> Self:
        """By rank, completed ones last. Rule: Exchange Solutions, "All Offers"."""
        completed_last = Case(When(state="COMPLETED", then=Value(1)), default=Value(0))
        return self.order_by(completed_last, "rank", "-given_at", "code")

    def for_lists(self) -> Self:
        return self.select_related("offer", "customer", "partner")


def _count(given: QuerySet) -> Coalesce:
    """Of one offer, asked on its own so that a page of offers costs one query."""
    own = given.filter(offer=OuterRef("pk")).order_by()
    return Coalesce(Subquery(own.values("offer").annotate(n=Count("pk")).values("n")), 0)
