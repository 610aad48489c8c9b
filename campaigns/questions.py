"""What is asked about campaigns, coupons and purchases."""

from collections.abc import Iterable
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

# What a line over many customers tells of a purchase.
REPORTED = (
    "purchased_at",
    "cost_in_points",
    "used",
    "coupon__code",
    "campaign_id",
    "campaign__name",
    "campaign__reward",
    "campaign__tax_price_value",
    "customer_id",
    "customer__first_name",
    "customer__last_name",
    "customer__email",
    "customer__phone",
)


class CampaignQuerySet(models.QuerySet):
    def with_stock(self) -> Self:
        """Adds `left`: the units on sale, where they are counted at all."""
        return self.annotate(left=_total(self._related("slices"), Sum("units")))

    def with_sold(self) -> Self:
        """Adds `sold`: how many were ever sold."""
        return self.annotate(sold=_total(self._related("purchases"), Count("pk")))

    def with_sales(self) -> Self:
        """Adds `sold`, and `buyers`: to how many customers."""
        return self.with_sold().annotate(buyers=_total(self._related("purchases"), Count("customer", distinct=True)))

    def with_sales_to(self, customer_id: UUID) -> Self:
        """Adds `bought`: how many this customer has; refunded ones do not count."""
        own = self._related("purchases").filter(customer=customer_id, refunded_at=None)
        return self.annotate(bought=_total(own, Count("pk")))

    def meeting(self, rules: Iterable[Any], *facts: Any) -> Self:
        """The campaigns that pass these rules of campaigns/eligibility.py, asked about these facts."""
        condition = Q()
        for rule in rules:
            condition &= rule.condition(*facts)
        return self.filter(condition)

    def with_details(self) -> Self:
        """With targets and labels, in one query each."""
        return self.prefetch_related("level_targets", "segment_targets", "labels")

    def _related(self, name: str) -> models.QuerySet:
        return self.model._meta.get_field(name).related_model.objects.filter(campaign=OuterRef("pk"))


def _total(rows: models.QuerySet, figure: models.Aggregate) -> Coalesce:
    """A figure over one campaign's rows, asked on its own so that a page of campaigns costs one query."""
    return Coalesce(Subquery(rows.order_by().values("campaign").annotate(n=figure).values("n")), 0)


class CouponQuerySet(models.QuerySet):
    def with_sold(self) -> Self:
        """Adds `sold`: somebody has or had this code."""
        return self.annotate(sold=Exists(self._purchases()))

    def with_fixed_places(self) -> Self:
        """Adds `fixed`: a purchase names the coupon's place, so the coupon cannot be moved to another."""
        return self.annotate(fixed=Exists(self._purchases().filter(position__gte=0)))

    def free(self) -> Self:
        """Neither withdrawn nor sold."""
        return self.filter(~Exists(self._purchases()), voided_at=None)

    def handed_out(self, **facts: Any) -> Self:
        """Sold in a purchase of which these facts hold, such as `used=True`."""
        return self.filter(Exists(self._purchases().filter(**facts)))

    def _purchases(self) -> models.QuerySet:
        return self.model._meta.get_field("purchases").related_model.objects.filter(coupon=OuterRef("pk"))


class CouponBatchQuerySet(models.QuerySet):
    def with_use(self) -> Self:
        """Adds `sold`, `withdrawn` and `free`: what became of the batch's codes."""
        coupons = self.model._meta.get_field("coupons").related_model
        purchases = coupons._meta.get_field("purchases").related_model
        sold = purchases.objects.filter(campaign=OuterRef("campaign"), coupon__batch=OuterRef("pk"))
        gone = coupons.objects.filter(batch=OuterRef("pk"), voided_at__isnull=False)
        return self.annotate(
            sold=_total(sold, Count("pk")),
            withdrawn=_total(gone, Count("pk")),
            free=F("added") - F("removed") - F("sold") - F("withdrawn"),
        )


class PurchaseQuerySet(models.QuerySet):
    def for_lists(self) -> Self:
        """With the names each row shows."""
        return self.select_related("campaign", "customer", "coupon")

    def for_reports(self) -> Self:
        """The same with no more than a line over many customers tells: campaigns hold long texts."""
        return self.for_lists().only(*REPORTED)

    def as_lines(self) -> Self:
        """The same in tuples, each with `campaign__name` and the like: millions of lines take no objects."""
        return self.values_list("pk", *REPORTED, named=True)
