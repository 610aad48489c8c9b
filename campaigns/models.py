"""Reward campaigns, their coupons and stock, and what customers bought."""

from datetime import datetime
from decimal import Decimal
from uuid import uuid4

from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.db.models import F, Q

from campaigns.batch_models import CodeOnceSeen, CouponBatch
from campaigns.questions import CampaignQuerySet, CouponQuerySet, PurchaseQuerySet
from customers.models import Customer
from points.models import Transfer

__all__ = [
    "Campaign",
    "CodeOnceSeen",
    "Coupon",
    "CouponBatch",
    "Label",
    "LevelTarget",
    "Purchase",
    "SegmentTarget",
    "Slice",
]

A_WEB_PAGE = [URLValidator(schemes=["http", "https"])]
ABOVE_0 = [MinValueValidator(Decimal("0.01"))]
A_TAX = [MinValueValidator(0), MaxValueValidator(Decimal("98.99"))]


class Campaign(models.Model):
    """A reward that customers buy with points. Rule of all fields: Open Loyalty, "Reward Campaigns API"."""

    class Reward(models.TextChoices):
        DISCOUNT_CODE = "discount_code", "discount code"
        FREE_DELIVERY_CODE = "free_delivery_code", "free delivery"
        GIFT_CODE = "gift_code", "gift"
        EVENT_CODE = "event_code", "event"
        VALUE_CODE = "value_code", "value code"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    reward = models.CharField("kind of reward", max_length=24, choices=Reward, default=Reward.DISCOUNT_CODE)
    name = models.CharField(max_length=255)
    short_description = models.TextField(blank=True)
    conditions_description = models.TextField("conditions", blank=True)
    usage_instruction = models.TextField("how to use it", blank=True)
    brand_description = models.TextField("about the brand", blank=True)
    more_information_link = models.CharField(
        "link to more information", max_length=2048, blank=True, validators=A_WEB_PAGE
    )
    reward_value = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True, validators=ABOVE_0)
    tax = models.DecimalField("tax (%)", max_digits=4, decimal_places=2, null=True, blank=True, validators=A_TAX)
    tax_price_value = models.DecimalField(
        "value of the tax", max_digits=12, decimal_places=2, null=True, blank=True, validators=ABOVE_0
    )
    active = models.BooleanField(default=False, help_text="Switched on. Customers also need its dates to be right.")
    cost_in_points = models.IntegerField(help_text="Whole points; 0 or less: it is free.")
    unlimited = models.BooleanField(default=False, help_text="No limits but the number of coupons.")
    single_coupon = models.BooleanField(default=False, help_text="Every buyer gets the same code, the first one.")
    limit = models.PositiveIntegerField("limit", null=True, blank=True, help_text="How many may be sold in all.")
    limit_per_customer = models.PositiveIntegerField(null=True, blank=True, help_text="How many one customer may have.")
    all_time_active = models.BooleanField("can be bought at any time", default=False)
    active_from = models.DateTimeField("can be bought from", null=True, blank=True)
    active_to = models.DateTimeField("can be bought until", null=True, blank=True)
    all_time_visible = models.BooleanField("shown at any time", default=False)
    visible_from = models.DateTimeField("shown from", null=True, blank=True)
    visible_to = models.DateTimeField("shown until", null=True, blank=True)
    codes_withheld = models.PositiveIntegerField(
        default=0, editable=False, help_text="Free codes that the limit keeps off sale."
    )
    photo = models.ImageField(upload_to="campaigns", blank=True, editable=False)
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="campaign_limited_or_unlimited",
                condition=Q(unlimited=True)
                | Q(limit__isnull=False, limit__gte=1, limit_per_customer__isnull=False, limit_per_customer__gte=1),
            ),
            models.CheckConstraint(
                name="campaign_active_always_or_between",
                condition=Q(all_time_active=True) | Q(active_from__isnull=False, active_to__isnull=False),
            ),
            models.CheckConstraint(
                name="campaign_visible_always_or_between",
                condition=Q(all_time_visible=True) | Q(visible_from__isnull=False, visible_to__isnull=False),
            ),
            models.CheckConstraint(
                name="campaign_reward_value_positive",
                condition=Q(reward_value__isnull=True) | Q(reward_value__gt=0),
            ),
            models.CheckConstraint(
                name="campaign_tax_a_percentage",
                condition=Q(tax__isnull=True) | Q(tax__gte=0, tax__lt=99),
            ),
            models.CheckConstraint(
                name="campaign_tax_value_positive",
                condition=Q(tax_price_value__isnull=True) | Q(tax_price_value__gt=0),
            ),
            models.CheckConstraint(
                name="campaign_link_to_a_web_page",
                condition=Q(more_information_link="")
                | Q(more_information_link__istartswith="http://")
                | Q(more_information_link__istartswith="https://"),
            ),
        ]
        indexes = [models.Index(fields=["created_at", "id"], name="campaign_by_creation")]

    def __str__(self) -> str:
        return self.name

    @property
    def has_endless_stock(self) -> bool:
        return self.single_coupon and self.unlimited

    def is_active_at(self, at: datetime) -> bool:
        """Switched on, and within the days on which it can be bought."""
        return self.active and (self.all_time_active or self.active_from <= at <= self.active_to)

    def is_visible_at(self, at: datetime) -> bool:
        return self.all_time_visible or self.visible_from <= at <= self.visible_to


class LevelTarget(models.Model):
    """A level the campaign is aimed at. The id is kept as it was sent, whether or not such a level exists."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="level_targets")
    level_id = models.UUIDField()
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["campaign", "level_id"], name="level_once_per_campaign")]
        indexes = [models.Index(fields=["level_id", "campaign"], name="campaign_by_level")]

    def __str__(self) -> str:
        return str(self.level_id)


class SegmentTarget(models.Model):
    """A segment the campaign is aimed at. The id is kept as it was sent, whether or not such a segment exists."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="segment_targets")
    segment_id = models.UUIDField()
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["campaign", "segment_id"], name="segment_once_per_campaign")]
        indexes = [models.Index(fields=["segment_id", "campaign"], name="campaign_by_segment")]

    def __str__(self) -> str:
        return str(self.segment_id)


class Label(models.Model):
    """A key, or a key and a value, that lists can be filtered by. A key may stand several times."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="labels")
    key = models.CharField(max_length=255)
    value = models.CharField(max_length=255, null=True, blank=True)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(fields=["key", "value"], name="label_by_key_and_value")]

    def __str__(self) -> str:
        return self.key if self.value is None else f"{self.key}:{self.value}"


class Coupon(models.Model):
    """One code of a campaign, at its place in the pool. A sale never writes it: the purchase says who holds it."""

    # The unique constraints are indexes that begin with the campaign: a third would cost every import a tenth.
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="coupons", db_index=False)
    position = models.PositiveIntegerField(help_text="Codes are given out in this order.")
    code = models.CharField(max_length=255)
    voided_at = models.DateTimeField(null=True, blank=True, help_text="Withdrawn before it was sold.")
    batch = models.ForeignKey(
        CouponBatch,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="coupons",
        db_index=False,
        db_constraint=False,  # it would cost every import a fifth; verify_ledger asks instead
        help_text="With which it came. Empty: by hand, or over the API.",
    )

    objects = CouponQuerySet.as_manager()

    class Meta:
        ordering = ["campaign", "position"]
        permissions = [("export_coupons", "Can export codes, those that are not sold yet too")]
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
    holes = models.BigIntegerField(default=0, help_text="Places in between that cannot be sold.")
    shared_coupon = models.ForeignKey(
        Coupon,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        help_text="What every buyer gets. Empty: each gets the coupon at the place.",
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


class Purchase(models.Model):
    """A reward bought with points. It alone says who holds which code."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="purchases")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="purchases")
    coupon = models.ForeignKey(Coupon, on_delete=models.PROTECT, related_name="purchases")
    position = models.BigIntegerField(
        help_text="The unit of stock: a coupon's place, or -1, -2, … where all share one code."
    )
    n = models.PositiveIntegerField(help_text="The customer's how-manieth purchase of this campaign.")
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
            # For the list of all customers' purchases: the few that were used are found without reading the many.
            models.Index(
                fields=["used", "-purchased_at"], condition=Q(refunded_at__isnull=True), name="purchase_standing_by_use"
            ),
        ]
        permissions = [
            ("refund_purchase", "Can give a reward back and refund its points"),
            ("view_sold_codes", "Can see the codes that customers bought"),
            ("export_purchases", "Can export purchases with their buyers' personal data"),
        ]

    def __str__(self) -> str:
        return f"{self.campaign} for {self.customer}"

    @property
    def audit_label(self) -> str:
        return str(self.pk)
