"""What was outstanding when the clock last looked."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outstanding(models.Model):
    """Points that could be spent at one moment, and had one thing in common. All rows are of the same moment."""

    class By(models.TextChoices):
        EXPIRY = "expiry", _("by the month in which they expire")
        AGE = "age", _("by when they were earned")
        GIVEN_BACK = "given back", _("by no addition: they were given back")

    taken_at = models.DateTimeField()
    by = models.CharField(max_length=10, choices=By)
    first = models.DateField(null=True, help_text=_("Of the days that are meant; none: from the beginning."))
    last = models.DateField(null=True, help_text=_("The last of them; none: without an end."))
    points = models.BigIntegerField()

    class Meta:
        ordering = ["by", "first"]
        verbose_name_plural = _("outstanding points")
        verbose_name = _("outstanding points")
        constraints = [
            models.UniqueConstraint(fields=["by", "first"], name="outstanding_once"),
            models.CheckConstraint(name="outstanding_not_negative", condition=models.Q(points__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.points} {self.by} from {self.first}"
