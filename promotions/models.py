"""Programs, their promotions, and who is enrolled in them."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from customers.models import Customer
from promotions.days import after_days
from promotions.questions import EnrolmentQuerySet, ParticipationQuerySet, PromotionQuerySet

MOST_ENROLMENTS = 100  # of one customer in one promotion. Capillary, "Enrol & Issue loyalty promotion", limits
MOST_DAYS = 36_500


class Program(models.Model):
    """A loyalty program: what promotions belong to. Partners name it by its number."""

    id = models.BigAutoField(_("number"), primary_key=True)
    name = models.CharField(max_length=255)
    description = models.TextField(blank=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.CheckConstraint(name="program_number_positive", condition=Q(id__gt=0))]

    def __str__(self) -> str:
        return self.name


class Promotion(models.Model):
    """Something customers are enrolled in, to earn its benefit by what they do. Partners name it by its number."""

    class Kind(models.TextChoices):
        LOYALTY_EARNING = "LOYALTY_EARNING", _("enrol, then earn")
        LOYALTY = "LOYALTY", _("everybody earns")
        GENERIC = "GENERIC", _("general")

    class Status(models.TextChoices):
        DRAFT = "DRAFT", _("draft")
        ACTIVE = "ACTIVE", _("active")
        PAUSED = "PAUSED", _("paused")
        CANCELLED = "CANCELLED", _("cancelled")

    id = models.BigAutoField(_("number"), primary_key=True)
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="promotions")
    name = models.CharField(max_length=255)
    description = models.TextField(blank=True)
    kind = models.CharField(
        max_length=16,
        choices=Kind,
        default=Kind.LOYALTY_EARNING,
        help_text=_("Only customers of “enrol, then earn” promotions are enrolled."),
    )
    status = models.CharField(max_length=16, choices=Status, default=Status.DRAFT)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True, help_text=_("Empty: it does not end."))
    enrolment_limit = models.PositiveSmallIntegerField(
        default=1,
        help_text=format_lazy(_("How often one customer can be enrolled, 1 to {most}."), most=MOST_ENROLMENTS),
    )
    valid_days = models.PositiveIntegerField(
        null=True, blank=True, help_text=_("How many days an enrolment runs. Empty: until the promotion ends.")
    )
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    objects = PromotionQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(name="promotion_number_positive", condition=Q(id__gt=0)),
            models.CheckConstraint(
                name="promotion_kind_known", condition=Q(kind__in=["LOYALTY_EARNING", "LOYALTY", "GENERIC"])
            ),
            models.CheckConstraint(
                name="promotion_status_known", condition=Q(status__in=["DRAFT", "ACTIVE", "PAUSED", "CANCELLED"])
            ),
            models.CheckConstraint(
                name="promotion_starts_before_it_ends",
                condition=Q(ends_at__isnull=True) | Q(ends_at__isnull=False, starts_at__lt=F("ends_at")),
            ),
            models.CheckConstraint(
                name="promotion_enrolment_limit_in_bounds",
                condition=Q(enrolment_limit__gte=1, enrolment_limit__lte=MOST_ENROLMENTS),
            ),
            models.CheckConstraint(
                name="promotion_valid_days_in_bounds",
                condition=Q(valid_days__isnull=True)
                | Q(valid_days__isnull=False, valid_days__gte=1, valid_days__lte=MOST_DAYS),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def enrolment_ends_at(self, at: datetime) -> datetime | None:
        """When an enrolment made now ends: after its days, and with the promotion. None: never.

        Rule: Capillary, "Enrol & Issue loyalty promotion", expiry.
        """
        ends = [] if self.valid_days is None else [after_days(at, self.valid_days)]
        return min([*ends, *([self.ends_at] if self.ends_at else [])], default=None)


class Participation(models.Model):
    """How often one customer has been enrolled in one promotion. The row that parallel enrolments queue on."""

    promotion = models.ForeignKey(Promotion, on_delete=models.PROTECT, related_name="participations")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="participations")
    turns = models.PositiveIntegerField(help_text=_("Enrolments ever made; the last one is the running one."))
    revoked = models.PositiveIntegerField(default=0, help_text=_("Of these, revoked ones, which use up no limit."))

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["promotion", "customer"], name="participation_once_per_customer"),
            models.CheckConstraint(name="participation_turns_from_one", condition=Q(turns__gte=1)),
            models.CheckConstraint(name="participation_revoked_at_most_turns", condition=Q(revoked__lte=F("turns"))),
            models.CheckConstraint(
                name="participation_within_the_most", condition=Q(turns__lte=F("revoked") + MOST_ENROLMENTS)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer} in {self.promotion}: {self.turns}"

    @property
    def in_force(self) -> int:
        """Enrolments that use up the limit."""
        return self.turns - self.revoked


class Enrolment(models.Model):
    """A customer's turn in a promotion. The next turn takes its place."""

    class State(models.TextChoices):
        RUNNING = "running", _("running")
        REPLACED = "replaced", _("replaced by a later one")
        REVOKED = "revoked", _("revoked")

    id = models.BigAutoField(_("issual number"), primary_key=True)
    promotion = models.ForeignKey(Promotion, on_delete=models.PROTECT, related_name="enrolments")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="enrolments")
    turn = models.PositiveIntegerField(help_text=_("The how-manieth of this customer in this promotion."))
    state = models.CharField(max_length=8, choices=State, default=State.RUNNING)
    enrolled_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField(null=True, blank=True, help_text=_("Empty: it does not end."))
    source = models.CharField(max_length=64, blank=True, help_text=_("Where the customer was met, such as INSTORE."))
    actor = models.CharField(max_length=60)
    actor_label = models.CharField(max_length=255)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["promotion", "customer", "turn"], name="enrolment_once_per_turn"),
            models.UniqueConstraint(
                fields=["promotion", "customer"], condition=Q(state="running"), name="enrolment_one_running"
            ),
            models.CheckConstraint(name="enrolment_turn_from_one", condition=Q(turn__gte=1)),
            models.CheckConstraint(
                name="enrolment_state_known", condition=Q(state__in=["running", "replaced", "revoked"])
            ),
            models.CheckConstraint(
                name="enrolment_ends_after_it_begins",
                condition=Q(ends_at__isnull=True) | Q(ends_at__isnull=False, ends_at__gte=F("enrolled_at")),
            ),
        ]
        indexes = [models.Index(fields=["customer", "-id"], name="enrolment_by_customer")]

    def __str__(self) -> str:
        return f"{self.customer} in {self.promotion}"

    @property
    def audit_label(self) -> str:
        return f"{self.promotion_id}/{self.pk}"
