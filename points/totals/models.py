"""The ledger's totals, written by the clock and by nothing else."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from loyalty_site.daily import CountedDay


class LedgerDay(CountedDay):
    """A day whose movements of points are counted."""


class LedgerTotal(models.Model):
    """What one kind of movement came to on one day, over one channel."""

    day = models.ForeignKey(LedgerDay, on_delete=models.CASCADE, related_name="totals")
    kind = models.CharField(max_length=8)
    channel = models.CharField(max_length=8)
    points = models.BigIntegerField(help_text=_("Added when positive, taken when negative."))
    movements = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "kind", "channel"], name="ledger_total_once")]

    def __str__(self) -> str:
        return f"{self.points:+} {self.kind} on {self.day_id}"
