"""Offers that marketing sets up, and the copies of them that customers were given."""

from secrets import choice
from string import ascii_uppercase, digits
from uuid import uuid4

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from customers.models import Customer
from loyalty_site.access.models import Partner
from offers import batch_models  # noqa: F401 (Django finds an app's models from here)
from offers.questions import CustomerOfferQuerySet, OfferQuerySet

# Exchange Solutions, offer ids: 3 to 128 letters, digits and underscores
CODE = RegexValidator(r"\A[A-Za-z0-9_]{3,128}\Z", _("Use 3 to 128 letters, digits and underscores."))
LETTERS = ascii_uppercase + digits


def new_code() -> str:
    """A code for an offer given once more: a customer's codes differ."""
    return "".join(choice(LETTERS) for _ in range(20))


class Offer(models.Model):
    """What customers can be given. Its status is marketing's switch; it is never derived from dates."""

    class Status(models.TextChoices):
        DRAFT = "DRAFT", _("draft")
        ACTIVE = "ACTIVE", _("active")
        PAUSED = "PAUSED", _("paused")
        CANCELLED = "CANCELLED", _("cancelled")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    code = models.CharField(max_length=128, unique=True, validators=[CODE], help_text=_("What tills and apps call it."))
    name = models.CharField(max_length=255)
    description = models.TextField(blank=True)
    status = models.CharField(max_length=16, choices=Status, default=Status.DRAFT)
    rank = models.PositiveSmallIntegerField(default=5, help_text=_("A lower number is shown first."))
    partners = models.ManyToManyField(
        Partner, blank=True, related_name="offers", help_text=_("The partners that may give it to customers.")
    )
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering = ["rank", "name", "id"]
        constraints = [
            models.CheckConstraint(
                name="offer_status_known", condition=Q(status__in=["DRAFT", "ACTIVE", "PAUSED", "CANCELLED"])
            ),
            models.CheckConstraint(name="offer_code_filled", condition=~Q(code="")),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_label(self) -> str:
        return self.code


class CustomerOffer(models.Model):
    """An offer given to one customer, with dates of its own, and the customer's answer."""

    class State(models.TextChoices):
        NONE = "NONE", _("not answered")
        ACCEPTED = "ACCEPTED", _("accepted")
        DECLINED = "DECLINED", _("declined")
        COMPLETED = "COMPLETED", _("completed")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    trace_id = models.UUIDField(unique=True, default=uuid4, editable=False, help_text=_("What the partner was told."))
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="given")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="offers")
    code = models.CharField(max_length=128, validators=[CODE])
    rank = models.PositiveSmallIntegerField()
    displayed_from = models.DateTimeField(help_text=_("From when the customer sees it."))
    effective_from = models.DateTimeField(help_text=_("From when it brings its benefit."))
    expires_at = models.DateTimeField(null=True, blank=True, help_text=_("Empty: it does not expire."))
    state = models.CharField(max_length=16, choices=State, default=State.NONE)
    accepted_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, help_text=_("Steps with every change of the answer."))
    source = models.CharField(max_length=64, blank=True)
    reference = models.CharField(max_length=255, blank=True)
    partner = models.ForeignKey(Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="given_offers")
    given_at = models.DateTimeField(db_index=True)
    batch = models.ForeignKey(
        "offers.GiftBatch", null=True, blank=True, on_delete=models.PROTECT, related_name="gifts", db_index=False
    )

    objects = CustomerOfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer of a customer")
        verbose_name_plural = _("offers of customers")
        ordering = ["-given_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["customer", "code"], name="offer_code_once_per_customer"),
            models.UniqueConstraint(
                fields=["batch", "customer"], name="offer_once_per_batch", condition=Q(batch__isnull=False)
            ),
            models.CheckConstraint(
                name="given_offer_state_known", condition=Q(state__in=["NONE", "ACCEPTED", "DECLINED", "COMPLETED"])
            ),
            models.CheckConstraint(
                name="given_offer_has_the_date_of_its_acceptance",
                condition=Q(state="ACCEPTED", accepted_at__isnull=False)
                | Q(state__in=["NONE", "DECLINED"], accepted_at__isnull=True)
                | Q(state="COMPLETED"),
            ),
            models.CheckConstraint(name="given_offer_version_from_one", condition=Q(version__gte=1)),
            models.CheckConstraint(
                name="given_offer_dates_in_order",
                condition=Q(displayed_from__lte=F("effective_from"))
                & (Q(expires_at__isnull=True) | Q(expires_at__isnull=False, effective_from__lte=F("expires_at"))),
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "-given_at"], name="given_offer_by_customer"),
            # Most offers are never answered: those that were are found without reading the others.
            models.Index(fields=["state", "-given_at"], condition=~Q(state="NONE"), name="given_offer_answered"),
            models.Index(fields=["offer", "-given_at"], name="given_offer_by_offer"),
            models.Index(fields=["partner", "-given_at"], name="given_offer_by_partner"),
        ]

    def __str__(self) -> str:
        return f"{self.code} of {self.customer}"

    @property
    def audit_label(self) -> str:
        return self.code


class MemberSession(models.Model):
    """A partner's session for one customer: the id in its calls that stands for the customer.

    Rule: Exchange Solutions, "Start Session for User Account", `correlationId`.
    """

    correlation_id = models.CharField(max_length=128)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    channel = models.CharField(max_length=64, blank=True)
    started_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partner", "correlation_id"], name="session_id_once_per_partner"),
            models.CheckConstraint(name="session_id_filled", condition=~Q(correlation_id="")),
        ]

    def __str__(self) -> str:
        return f"{self.customer} for {self.partner}"
