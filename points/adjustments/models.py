"""Why staff may adjust points, how many each of them may move alone, and what they moved or asked for."""

from uuid import uuid4

from django.contrib.auth.models import Group
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from loyalty_site.access.models import User

MOVED = ("done", "approved")  # the states in which there is a movement


class AdjustmentReason(models.Model):
    """One line of the list that staff choose from, so that adjustments can be counted by their cause."""

    code = models.SlugField(
        gettext_lazy("code"),
        max_length=32,
        unique=True,
        help_text=gettext_lazy("A short name for reports. It stays, whatever the text is changed to."),
    )
    name = models.CharField(gettext_lazy("text"), max_length=100, help_text=gettext_lazy("What staff choose."))
    position = models.PositiveSmallIntegerField(
        gettext_lazy("place in the list"), default=50, help_text=gettext_lazy("Small numbers stand first.")
    )
    active = models.BooleanField(
        gettext_lazy("can be chosen"), default=True, help_text=gettext_lazy("Past adjustments keep a reason.")
    )

    class Meta:
        verbose_name = gettext_lazy("reason for adjustments")
        verbose_name_plural = gettext_lazy("reasons for adjustments")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class AdjustmentCeiling(models.Model):
    """How many points the members of a group may move by themselves. Of several groups the highest figure counts."""

    group = models.OneToOneField(
        Group, on_delete=models.CASCADE, related_name="adjustment_ceiling", verbose_name=gettext_lazy("group")
    )
    per_adjustment = models.PositiveBigIntegerField(
        gettext_lazy("points in one adjustment"), help_text=gettext_lazy("More than this needs a second person.")
    )
    per_day = models.PositiveBigIntegerField(
        gettext_lazy("points a day"),
        help_text=gettext_lazy("Of one person, added and taken counted together. More needs a second person."),
    )
    per_approval = models.PositiveBigIntegerField(
        gettext_lazy("points in one approval"),
        null=True,
        blank=True,
        help_text=gettext_lazy("The most that a member may approve as the second person. Empty: no limit."),
    )

    class Meta:
        verbose_name = gettext_lazy("ceiling for adjustments")
        verbose_name_plural = gettext_lazy("ceilings for adjustments")
        ordering = ["group__name"]

    def __str__(self) -> str:
        return str(self.group)


class StaffDay(models.Model):
    """How many points one person has moved on one day without a second person."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    day = models.DateField(db_index=True)
    points = models.PositiveBigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="staff_day_once_per_person")]

    def __str__(self) -> str:
        return f"{self.points} on {self.day}"


class Adjustment(models.Model):
    """Points moved by hand, or asked to be moved. What was asked never changes, and what was decided stays so.

    waiting → approved, refused, withdrawn (by whoever asked) or lapsed (by the clock); done: within the ceiling.
    """

    class Kind(models.TextChoices):
        ADD = "add", gettext_lazy("add")
        TAKE = "take", gettext_lazy("take")
        TAKE_BACK = "take_back", gettext_lazy("take a movement back")

    class State(models.TextChoices):
        DONE = "done", gettext_lazy("done")
        WAITING = "waiting", gettext_lazy("waits for approval")
        APPROVED = "approved", gettext_lazy("approved")
        REFUSED = "refused", gettext_lazy("refused")
        WITHDRAWN = "withdrawn", gettext_lazy("withdrawn")
        LAPSED = "lapsed", gettext_lazy("lapsed")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    customer = models.ForeignKey(
        "customers.Customer", on_delete=models.PROTECT, related_name="+", verbose_name=gettext_lazy("customer")
    )
    kind = models.CharField(gettext_lazy("kind"), max_length=9, choices=Kind)
    points = models.BigIntegerField(
        gettext_lazy("points"),
        help_text=gettext_lazy("What the balance changes by: added when positive, taken when negative."),
    )
    corrects = models.ForeignKey(
        "points.Transfer",
        null=True,
        on_delete=models.PROTECT,
        related_name="take_backs",
        verbose_name=gettext_lazy("takes back"),
    )
    reason = models.ForeignKey(
        AdjustmentReason, on_delete=models.PROTECT, related_name="+", verbose_name=gettext_lazy("reason")
    )
    text = models.TextField(gettext_lazy("what happened"))
    state = models.CharField(gettext_lazy("state"), max_length=9, choices=State)
    asked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name=gettext_lazy("asked by")
    )
    asked_at = models.DateTimeField(gettext_lazy("asked at"))
    decided_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=gettext_lazy("decided by")
    )
    decided_at = models.DateTimeField(gettext_lazy("decided at"), null=True)
    word = models.TextField(gettext_lazy("what the second person says"), blank=True)
    transfer = models.OneToOneField(
        "points.Transfer",
        null=True,
        on_delete=models.PROTECT,
        related_name="adjustment",
        verbose_name=gettext_lazy("movement of points"),
    )

    class Meta:
        verbose_name = gettext_lazy("adjustment of points")
        verbose_name_plural = gettext_lazy("adjustments of points")
        ordering = ["-asked_at", "-id"]
        permissions = [
            ("approve_adjustment", gettext_lazy("Can approve adjustments of points that somebody else asks for"))
        ]
        constraints = [
            models.CheckConstraint(name="adjustment_moves_something", condition=~Q(points=0)),
            models.CheckConstraint(
                name="adjustment_sign_fits_its_kind",
                condition=Q(kind="add", points__gt=0, corrects__isnull=True)
                | Q(kind="take", points__lt=0, corrects__isnull=True)
                | Q(kind="take_back", corrects__isnull=False),
            ),
            models.CheckConstraint(
                name="adjustment_movement_where_moved",
                condition=Q(state__in=MOVED, transfer__isnull=False)
                | Q(state__in=["waiting", "refused", "withdrawn", "lapsed"], transfer__isnull=True),
            ),
            models.CheckConstraint(
                name="adjustment_decided_by_whom_it_may_be",
                condition=Q(state__in=["done", "waiting", "lapsed"], decided_by__isnull=True)
                | (Q(state__in=["approved", "refused"], decided_by__isnull=False) & ~Q(decided_by=F("asked_by")))
                | Q(state="withdrawn", decided_by__isnull=False, decided_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="adjustment_decided_at_some_time",
                condition=Q(state="waiting", decided_at__isnull=True)
                | (~Q(state="waiting") & Q(decided_at__isnull=False)),
            ),
            models.CheckConstraint(name="adjustment_says_what_happened", condition=~Q(text="")),
            models.UniqueConstraint(
                fields=["corrects"], condition=Q(state="waiting"), name="adjustment_taken_back_once_at_a_time"
            ),
        ]
        indexes = [
            models.Index(fields=["-asked_at", "-id"], name="adjustment_latest_first"),
            models.Index(fields=["asked_at", "id"], condition=Q(state="waiting"), name="adjustment_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.points:+}"

    audit_label = property(__str__)

    @property
    def is_open(self) -> bool:
        return self.state == self.State.WAITING
