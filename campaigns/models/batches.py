"""Codes that came into a campaign together."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.questions import CouponBatchQuerySet
from loyalty_site.jobs.models import Job


class CouponBatch(models.Model):
    """Codes that came into a campaign together: imported from a file, or generated from a pattern."""

    class Source(models.TextChoices):
        IMPORT = "import", _("imported")
        GENERATION = "generation", _("generated")

    class State(models.TextChoices):
        CHECKING = "checking", _("being checked")
        CHECKED = "checked", _("waits for confirmation")
        FILLING = "filling", _("being added")
        FILLED = "filled", _("added")
        EMPTYING = "emptying", _("being undone")
        EMPTIED = "emptied", _("undone")

    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.PROTECT, related_name="batches")
    label = models.CharField(max_length=100)
    source = models.CharField(max_length=16, choices=Source)
    state = models.CharField(max_length=16, choices=State)
    pattern = models.CharField(max_length=255, blank=True, help_text=_("Each # was a letter or a digit."))
    wanted = models.PositiveIntegerField(default=0, help_text=_("How many codes were to be generated."))

    lines = models.PositiveIntegerField(default=0, help_text=_("Of the file; blank ones and a heading do not count."))
    known = models.PositiveIntegerField(
        default=0, help_text=_("Codes that the campaign had before, withdrawn ones too.")
    )
    repeated = models.PositiveIntegerField(default=0, help_text=_("Codes that stood in the file before."))
    malformed = models.PositiveIntegerField(default=0, help_text=_("Lines that are no code."))
    added = models.PositiveIntegerField(default=0)
    removed = models.PositiveIntegerField(default=0, help_text=_("Codes of those added that were taken out again."))

    made_by = models.CharField(max_length=255)
    created_at = models.DateTimeField()
    check_job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    fill_job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    empty_job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = CouponBatchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("coupon batches")
        default_permissions = ["view"]  # who fills and empties one, adds and changes coupons
        ordering = ["-id"]
        indexes = [models.Index(fields=["campaign", "-id"], name="batch_by_campaign")]
        constraints = [
            models.CheckConstraint(name="batch_removes_what_it_added", condition=Q(removed__lte=F("added"))),
            models.CheckConstraint(
                name="batch_generated_by_a_pattern",
                condition=Q(source="import", pattern="", wanted=0)
                | Q(~Q(pattern=""), source="generation", wanted__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def new(self) -> int:
        """The lines that gave a code, or would."""
        return self.lines - self.known - self.repeated - self.malformed

    @property
    def job(self) -> Job | None:
        """What was last asked to be done with it; None once that is forgotten."""
        return self.empty_job or self.fill_job or self.check_job


class CodeOnceSeen(models.Model):
    """A code of a file that is being checked, and its first line. Gone when the check is over."""

    pk = models.CompositePrimaryKey("batch_id", "code")
    batch_id = models.BigIntegerField()  # no key of the database's: it would be checked for each of a million rows
    code = models.CharField(max_length=255)
    line = models.PositiveIntegerField()

    class Meta:
        default_permissions: list[str] = []

    def __str__(self) -> str:
        return f"line {self.line}"
