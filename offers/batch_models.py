"""An offer that is given to many customers at once."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from customers.models import Level, Segment
from loyalty_site.jobs.models import Job


class GiftBatch(models.Model):
    """Who shall get which offer on what terms; what a look at it said; how far it is."""

    class State(models.TextChoices):
        PREPARED = "prepared", _("to be looked at")
        GIVING = "giving", _("being given")
        GIVEN = "given", _("given")
        WITHDRAWING = "withdrawing", _("being taken back")
        WITHDRAWN = "withdrawn", _("taken back")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    offer = models.ForeignKey("offers.Offer", on_delete=models.PROTECT, related_name="batches")
    segment = models.ForeignKey(Segment, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    level = models.ForeignKey(Level, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    audience = models.CharField(max_length=300)  # in words
    listed = models.TextField(blank=True, help_text=_("Ids, one a line, of a list that no job has taken over yet."))
    begins_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True, help_text=_("Empty: it does not expire."))
    reference = models.CharField(max_length=255, blank=True)
    repeat = models.BooleanField(default=False, help_text=_("Who has the offer already gets it once more."))
    preview = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=State, default=State.PREPARED)
    given = models.PositiveIntegerField(default=0)
    withdrawn = models.PositiveIntegerField(default=0)
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+", help_text=_("The latest."))
    prepared_by = models.CharField(max_length=255)
    prepared_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("offer to many")
        verbose_name_plural = _("offers to many")
        ordering = ["-prepared_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="gift_batch_state_known",
                condition=Q(state__in=["prepared", "giving", "given", "withdrawing", "withdrawn"]),
            ),
            models.CheckConstraint(
                name="gift_batch_dates_in_order",
                condition=Q(expires_at__isnull=True) | Q(expires_at__isnull=False, begins_at__lte=F("expires_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offer.name}: {self.audience}"

    @property
    def audit_label(self) -> str:
        return self.offer.code
