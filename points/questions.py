"""What is asked about accounts and the ledger."""

from datetime import datetime
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from points.days import day_of


class AccountQuerySet(models.QuerySet):
    def with_spendable(self, at: datetime) -> Self:
        """Adds `spendable`: the balance less points whose day has passed and that no movement has expired yet."""
        buckets = self.model.buckets.rel.related_model.objects
        due = buckets.filter(account=OuterRef("pk"), expires_on__lt=day_of(at)).order_by()
        total = due.values("account").annotate(total=Sum("points")).values("total")
        return self.annotate(spendable=F("balance") - Coalesce(Subquery(total), 0))

    def spendable_of(self, customer_id: UUID, at: datetime) -> int:
        """How many points the customer can spend; 0 without an account."""
        return self.with_spendable(at).filter(pk=customer_id).values_list("spendable", flat=True).first() or 0


class TransferQuerySet(models.QuerySet):
    def for_lists(self) -> Self:
        """With the customer each row shows."""
        return self.select_related("account__customer")
