"""What a customer can buy with points."""

from datetime import datetime
from decimal import Decimal
from uuid import uuid4

from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.questions import CampaignQuerySet

A_WEB_PAGE = [URLValidator(schemes=["http", "https"])]
ABOVE_0 = [MinValueValidator(Decimal("0.01"))]
MIDDLE = 50  # percent of a picture's width or height
A_TAX = [MinValueValidator(0), MaxValueValidator(Decimal("98.99"))]


class Campaign(models.Model):
    """A reward that customers buy with points. Rule of all fields: Open Loyalty, "Reward Campaigns API"."""

    class Reward(models.TextChoices):
        DISCOUNT_CODE = "discount_code", _("discount code")
        FREE_DELIVERY_CODE = "free_delivery_code", _("free delivery")
        GIFT_CODE = "gift_code", _("gift")
        EVENT_CODE = "event_code", _("event")
        VALUE_CODE = "value_code", _("value code")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    reward = models.CharField(_("kind of reward"), max_length=24, choices=Reward, default=Reward.DISCOUNT_CODE)
    name = models.CharField(max_length=255)
    short_description = models.TextField(blank=True)
    conditions_description = models.TextField(_("conditions"), blank=True)
    usage_instruction = models.TextField(_("how to use it"), blank=True)
    brand_description = models.TextField(_("about the brand"), blank=True)
    more_information_link = models.CharField(
        _("link to more information"), max_length=2048, blank=True, validators=A_WEB_PAGE
    )
    reward_value = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True, validators=ABOVE_0)
    tax = models.DecimalField(_("tax (%)"), max_digits=4, decimal_places=2, null=True, blank=True, validators=A_TAX)
    tax_price_value = models.DecimalField(
        _("value of the tax"), max_digits=12, decimal_places=2, null=True, blank=True, validators=ABOVE_0
    )
    active = models.BooleanField(default=False, help_text=_("Switched on. Customers also need its dates to be right."))
    cost_in_points = models.IntegerField(help_text=_("Whole points; 0 or less: it is free."))
    unlimited = models.BooleanField(default=False, help_text=_("No limits but the number of coupons."))
    single_coupon = models.BooleanField(default=False, help_text=_("Every buyer gets the same code, the first one."))
    limit = models.PositiveIntegerField(_("limit"), null=True, blank=True, help_text=_("How many may be sold in all."))
    limit_per_customer = models.PositiveIntegerField(
        null=True, blank=True, help_text=_("How many one customer may have.")
    )
    all_time_active = models.BooleanField(_("can be bought at any time"), default=False)
    active_from = models.DateTimeField(_("can be bought from"), null=True, blank=True)
    active_to = models.DateTimeField(_("can be bought until"), null=True, blank=True)
    all_time_visible = models.BooleanField(_("shown at any time"), default=False)
    visible_from = models.DateTimeField(_("shown from"), null=True, blank=True)
    visible_to = models.DateTimeField(_("shown until"), null=True, blank=True)
    codes_withheld = models.PositiveIntegerField(
        default=0, editable=False, help_text=_("Free codes that the limit keeps off sale.")
    )
    low_stock_units = models.PositiveIntegerField(
        _("low from"),
        null=True,
        blank=True,
        help_text=_("Units on sale from which on its stock counts as low. Empty: never."),
    )
    pause_units = models.PositiveIntegerField(
        _("paused by itself at"),
        null=True,
        blank=True,
        help_text=_("Units on sale at which it is switched off by itself; 0: once it is sold out. Empty: never."),
    )
    paused_by_itself_at = models.DateTimeField(
        null=True, editable=False, help_text=_("Kept until it is switched off by hand, or is on again with more units.")
    )
    photo = models.ImageField(upload_to="campaigns", blank=True, editable=False)
    photo_alt = models.CharField(_("what the picture shows"), max_length=255, blank=True)
    focus_x = models.PositiveSmallIntegerField(_("focal point, from the left (%)"), default=MIDDLE)
    focus_y = models.PositiveSmallIntegerField(_("focal point, from the top (%)"), default=MIDDLE)
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
            models.CheckConstraint(
                name="campaign_focus_within_the_picture",
                condition=Q(focus_x__gte=0, focus_x__lte=100, focus_y__gte=0, focus_y__lte=100),
            ),
        ]
        indexes = [
            models.Index(fields=["created_at", "id"], name="campaign_by_creation"),
            models.Index(fields=["active_to", "active_from"], name="campaign_by_days_of_buying"),
            # Few of all that ever were; asked for every second or so.
            models.Index(fields=["id"], condition=Q(active=True, pause_units__isnull=False), name="campaign_watched"),
        ]

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
