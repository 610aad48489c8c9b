"""What customers bought."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.campaign import Campaign
from campaigns.models.coupons import Coupon
from campaigns.questions import PurchaseQuerySet
from customers.models import Customer
from points.models import Transfer


class Purchase(models.Model):
    """A reward bought with points. It alone says who holds which code."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    # Indexes and constraints begin with the campaign: one of its own would cost every sale something.
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="purchases", db_index=False)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="purchases")
    coupon = models.ForeignKey(Coupon, on_delete=models.PROTECT, related_name="purchases")
    position = models.BigIntegerField(
        help_text=_("The unit of stock: a coupon's place, or -1, -2, … where all share one code.")
    )
    n = models.PositiveIntegerField(help_text=_("The customer's how-manieth purchase of this campaign."))
    cost_in_points = models.IntegerField()
    transfer = models.OneToOneField(Transfer, null=True, on_delete=models.PROTECT, related_name="purchase")
    purchased_at = models.DateTimeField()
    actor = models.CharField(max_length=60)
    used = models.BooleanField(default=False)
    used_at = models.DateTimeField(null=True, blank=True)
    refunded_at = models.DateTimeField(null=True, blank=True)

    objects = PurchaseQuerySet.as_manager()

    class Meta:
        ordering = ["-purchased_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "position"], name="unit_sold_once"),
            models.UniqueConstraint(fields=["coupon"], condition=Q(position__gte=0), name="pooled_coupon_sold_once"),
            models.UniqueConstraint(fields=["campaign", "customer", "n"], name="purchase_counted_once"),
            models.CheckConstraint(name="purchase_counted_from_one", condition=Q(n__gte=1)),
            models.CheckConstraint(
                name="purchase_paid_by_a_transfer",
                condition=Q(cost_in_points__gt=0, transfer__isnull=False) | Q(cost_in_points=0, transfer__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "-purchased_at"], name="purchase_by_customer"),
            models.Index(fields=["-purchased_at"], name="purchase_by_time"),
            models.Index(fields=["campaign", "-purchased_at"], name="purchase_by_campaign"),
            models.Index(
                fields=["campaign"], condition=Q(used=True, refunded_at__isnull=True), name="purchase_used_by_campaign"
            ),
            # For the list of all customers' purchases: the few that were used are found without reading the many.
            models.Index(
                fields=["used", "-purchased_at"], condition=Q(refunded_at__isnull=True), name="purchase_standing_by_use"
            ),
            # What was used and what was refunded on some days.
            models.Index(fields=["-used_at"], condition=Q(used_at__isnull=False), name="purchase_by_use"),
            models.Index(fields=["-refunded_at"], condition=Q(refunded_at__isnull=False), name="purchase_by_refund"),
        ]
        permissions = [
            ("refund_purchase", _("Can give a reward back and refund its points")),
            ("view_sold_codes", _("Can see the codes that customers bought")),
            ("export_purchases", _("Can export purchases with their buyers' personal data")),
        ]

    def __str__(self) -> str:
        return f"{self.campaign} for {self.customer}"

    @property
    def audit_label(self) -> str:
        return str(self.pk)
