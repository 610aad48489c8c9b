"""The totals of purchases, written by the clock and by nothing else."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.models.campaign import Campaign
from loyalty_site.daily import CountedDay


class PurchaseDay(CountedDay):
    """A day whose purchases are counted."""


class PurchaseTotal(models.Model):
    """What happened to one campaign's rewards on one day."""

    day = models.ForeignKey(PurchaseDay, on_delete=models.CASCADE, related_name="totals")
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="+")
    bought = models.IntegerField(default=0)
    points = models.BigIntegerField(default=0, help_text=_("What customers paid for them."))
    used = models.IntegerField(default=0, help_text=_("Marked as used on that day, whenever they were bought."))
    refunded = models.IntegerField(default=0, help_text=_("Given back on that day, whenever they were bought."))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "campaign"], name="purchase_total_once")]

    def __str__(self) -> str:
        return f"{self.bought} on {self.day_id}"
