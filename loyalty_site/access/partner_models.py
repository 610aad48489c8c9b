"""The companies whose systems call the API."""

from uuid import uuid4

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from loyalty_site.access.actors import Ceilings, PartnerFacts

HIGHEST_CEILING = 10**15  # points; sums of two still fit


def _ceiling(label: Promise) -> models.PositiveBigIntegerField:
    return models.PositiveBigIntegerField(
        label,
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(HIGHEST_CEILING)],
        help_text=_("The most that the partner may add. Empty: no ceiling."),
    )


class Partner(models.Model):
    """A company whose systems call the API: it gives points and offers, or shows them to customers."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=150, unique=True)
    active = models.BooleanField(default=True, help_text=_("Switched off, none of its tokens is let in."))
    region = models.CharField(
        max_length=2,
        blank=True,
        validators=[RegexValidator("^[A-Z]{2}\\Z", _("Two capital letters, such as DE."))],
        help_text=_("What a call that names no region is for: two capital letters."),
    )
    per_call = _ceiling(_("points in one call"))
    per_customer_day = _ceiling(_("points to one customer on one day"))
    per_partner_day = _ceiling(_("points to all customers together on one day"))
    note = models.TextField(blank=True, help_text=_("For staff: who to call, what was agreed."))

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(name="partner_name_not_empty", condition=~models.Q(name="")),
            *(
                models.CheckConstraint(
                    name=f"partner_{ceiling}_in_range",
                    condition=models.Q(**{f"{ceiling}__range": (1, HIGHEST_CEILING)})
                    | models.Q(**{f"{ceiling}__isnull": True}),
                )
                for ceiling in ("per_call", "per_customer_day", "per_partner_day")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def facts(self) -> PartnerFacts:
        """Without the values; who asks for a token gets them by the way."""
        ceilings = Ceilings(self.per_call, self.per_customer_day, self.per_partner_day)
        return PartnerFacts(self.pk, self.name, self.region, ceilings)


class PartnerValue(models.Model):
    """A text that stands for the partner in calls. Rule: RBI, "Update Points Balance", `partner`."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="own_values")
    value = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["value"]
        constraints = [models.CheckConstraint(name="partner_value_not_empty", condition=~models.Q(value=""))]

    def __str__(self) -> str:
        return self.value
