"""The codes of a campaign, and how many of them are on sale."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.batches import CouponBatch
from campaigns.models.campaign import Campaign
from campaigns.questions import CouponQuerySet


class Coupon(models.Model):
    """One code of a campaign, at its place in the pool. A sale never writes it: the purchase says who holds it."""

    # The unique constraints are indexes that begin with the campaign: a third would cost every import a tenth.
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="coupons", db_index=False)
    position = models.PositiveIntegerField(help_text=_("Codes are given out in this order."))
    code = models.CharField(max_length=255)
    voided_at = models.DateTimeField(null=True, blank=True, help_text=_("Withdrawn before it was sold."))
    batch = models.ForeignKey(
        CouponBatch,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="coupons",
        db_index=False,
        db_constraint=False,  # it would cost every import a fifth; verify_ledger asks instead
        help_text=_("With which it came. Empty: by hand, or over the API."),
    )

    objects = CouponQuerySet.as_manager()

    class Meta:
        ordering = ["campaign", "position"]
        permissions = [("export_coupons", _("Can export codes, those that are not sold yet too"))]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "code"], name="code_once_per_campaign"),
            models.UniqueConstraint(fields=["campaign", "position"], name="position_once_per_campaign"),
            models.CheckConstraint(name="coupon_has_a_code", condition=~Q(code="")),
        ]
        # The operator class lets PostgreSQL find codes by how they begin, whatever its collation.
        indexes = [
            models.Index(fields=["code"], opclasses=["varchar_pattern_ops"], name="coupon_by_code"),
            models.Index(fields=["batch", "position"], condition=Q(batch__isnull=False), name="coupon_by_batch"),
            models.Index(
                fields=["batch"],
                condition=Q(batch__isnull=False, voided_at__isnull=False),
                name="coupon_withdrawn_by_batch",
            ),
            models.Index(
                fields=["campaign"], condition=Q(voided_at__isnull=False), name="coupon_withdrawn_by_campaign"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Slice(models.Model):
    """A run of places on sale: from `next` up to, not including, `stop`, less the holes. Known to stock.py alone.

    What a buyer gets is told by the slice alone, since the campaign may have changed after the buyer read it.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="slices")
    shard = models.PositiveSmallIntegerField()
    next = models.BigIntegerField()
    stop = models.BigIntegerField()
    holes = models.BigIntegerField(default=0, help_text=_("Places in between that cannot be sold."))
    shared_coupon = models.ForeignKey(
        Coupon,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        help_text=_("What every buyer gets. Empty: each gets the coupon at the place."),
    )
    units = models.GeneratedField(
        expression=F("stop") - F("next") - F("holes"), output_field=models.BigIntegerField(), db_persist=True
    )

    class Meta:
        ordering = ["campaign", "shard"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "shard"], name="shard_once_per_campaign"),
            models.CheckConstraint(name="slice_never_oversold", condition=Q(holes__gte=0, units__gte=0)),
        ]
        # For the database's own question, asked of each coupon that is removed.
        indexes = [
            models.Index(
                fields=["shared_coupon"], condition=Q(shared_coupon__isnull=False), name="slice_by_shared_code"
            )
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} #{self.shard}"
