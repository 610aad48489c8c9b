"""The books: what each customer has, when it expires, and every movement that led there."""

from secrets import choice
from string import ascii_uppercase, digits
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from customers.models import Customer
from loyalty_site.access.partner_models import Partner
from points.adjustments import models as adjustments  # noqa: F401 (Django finds an app's models from here)
from points.liability.models import Outstanding
from points.questions import AccountQuerySet, TransferQuerySet
from points.totals.models import LedgerDay, LedgerTotal

__all__ = ["Account", "Bucket", "LedgerDay", "LedgerTotal", "Outstanding", "PartnerDay", "Transfer", "new_short_id"]

SHORT_ID_LETTERS = ascii_uppercase + digits


def new_short_id() -> str:
    """Sixteen letters and digits that support can read out. Rule: RBI, "Update Points Balance", `shortId`."""
    return "".join(choice(SHORT_ID_LETTERS) for _ in range(16))


class Account(models.Model):
    """One customer's points, and the totals they come from. Made with the first movement."""

    customer = models.OneToOneField(Customer, primary_key=True, on_delete=models.PROTECT, related_name="account")
    balance = models.BigIntegerField(default=0)
    earned = models.BigIntegerField(default=0, help_text=_("All points added, less those of cancelled additions."))
    spent = models.BigIntegerField(default=0, help_text=_("All points spent or deducted, less those given back."))
    expired = models.BigIntegerField(default=0)
    sequence = models.BigIntegerField(default=0, help_text=_("How many movements the account has had."))

    objects = AccountQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="account_balance_not_negative", condition=Q(balance__gte=0)),
            models.CheckConstraint(
                name="account_balance_is_earned_less_gone",
                condition=Q(balance=F("earned") - F("spent") - F("expired")),
            ),
        ]
        permissions = [("adjust_points", _("Can add points to an account and take them away"))]

    def __str__(self) -> str:
        return f"{self.customer}: {self.balance}"


class Bucket(models.Model):
    """Points of one account that expire at the end of the same day."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="buckets")
    expires_on = models.DateField(help_text=_("The last day on which these points can be spent."))
    points = models.BigIntegerField()
    moved = models.BigIntegerField(default=0, editable=False, help_text=_("The latest change, for the ledger row."))

    class Meta:
        ordering = ["expires_on"]
        verbose_name = _("points with their last day")
        verbose_name_plural = _("points with their last day")
        constraints = [
            models.UniqueConstraint(fields=["account", "expires_on"], name="bucket_once_per_account_and_day"),
            models.CheckConstraint(name="bucket_not_negative", condition=Q(points__gte=0)),
        ]
        indexes = [models.Index(fields=["expires_on"], name="bucket_by_day")]

    def __str__(self) -> str:
        return f"{self.points} until {self.expires_on}"


class PartnerDay(models.Model):
    """How many points a partner has added on one day: to one customer, or to all. Kept where a ceiling bounds it."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    customer = models.ForeignKey(Customer, null=True, on_delete=models.PROTECT, related_name="+")
    day = models.DateField(db_index=True)
    points = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partner", "customer", "day"], name="partner_day_once_per_customer"),
            models.UniqueConstraint(
                fields=["partner", "day"], name="partner_day_once_for_all", condition=Q(customer__isnull=True)
            ),
            models.CheckConstraint(name="partner_day_adds", condition=Q(points__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.points} on {self.day}"


class Transfer(models.Model):
    """A movement of points: one row of the ledger. Rows are only ever added; the database refuses anything else."""

    class Kind(models.TextChoices):
        EARN = "earn", _("earned")
        SPEND = "spend", _("spent")
        DEDUCT = "deduct", _("deducted")
        EXPIRE = "expire", _("expired")
        CANCEL = "cancel", _("addition cancelled")
        REVERSE = "reverse", _("given back")

    class Channel(models.TextChoices):
        ADMIN = "admin", _("staff")
        SELLER = "seller", _("till")
        PARTNER = "partner", _("partner")
        SALE = "sale", _("sale")
        REWARD = "reward", _("reward")
        EXPIRY = "expiry", _("expiry")
        SYSTEM = "system", _("system")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    short_id = models.CharField(max_length=16, unique=True, default=new_short_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="transfers")
    sequence = models.BigIntegerField(help_text=_("The how-manieth movement of its account."))
    kind = models.CharField(max_length=8, choices=Kind)
    points = models.BigIntegerField(help_text=_("Added when positive, taken when negative."))
    balance_after = models.BigIntegerField()
    buckets = models.JSONField(help_text=_("Which expiry days changed by how much, the soonest first."))
    expires_on = models.DateField(
        null=True, editable=False, help_text=_("Of an addition: the last day on which its points can be spent.")
    )
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="corrections")
    channel = models.CharField(max_length=8, choices=Channel)
    partner = models.CharField(max_length=64, blank=True)
    reference = models.CharField(max_length=255, blank=True)
    comment = models.TextField(blank=True)
    actor = models.CharField(max_length=60)
    actor_label = models.CharField(max_length=255)
    created_at = models.DateTimeField(db_index=True)

    objects = TransferQuerySet.as_manager()

    class Meta:
        permissions = [("export_transfers", _("Can export the ledger"))]
        verbose_name = _("movement of points")
        verbose_name_plural = _("movements of points")
        ordering = ["-created_at", "-sequence"]
        constraints = [
            models.UniqueConstraint(fields=["account", "sequence"], name="transfer_sequence_once_per_account"),
            models.UniqueConstraint(fields=["corrects"], name="transfer_corrected_once"),
            models.CheckConstraint(name="transfer_balance_not_negative", condition=Q(balance_after__gte=0)),
            models.CheckConstraint(name="transfer_sequence_from_one", condition=Q(sequence__gte=1)),
            models.CheckConstraint(
                name="transfer_sign_fits_its_kind",
                condition=Q(kind__in=["earn", "reverse"], points__gt=0)
                | Q(kind__in=["spend", "deduct", "expire", "cancel"], points__lt=0),
            ),
            models.CheckConstraint(
                name="transfer_correction_names_its_target",
                condition=Q(kind__in=["cancel", "reverse"], corrects__isnull=False)
                | Q(kind__in=["earn", "spend", "deduct", "expire"], corrects__isnull=True),
            ),
            models.CheckConstraint(
                name="transfer_addition_has_a_last_day", condition=~Q(kind="earn") | Q(expires_on__isnull=False)
            ),
        ]
        indexes = [
            # The list of everybody's movements (points/history.py): a page, and a count by state, read nothing else.
            models.Index(
                fields=["-created_at", "-id"],
                include=["kind", "expires_on"],
                condition=Q(kind__in=["earn", "spend", "deduct"]),
                name="transfer_latest_first",
            ),
            # What one partner moved lately. Most movements are no partner's.
            models.Index(fields=["partner", "-created_at"], condition=~Q(partner=""), name="transfer_by_partner"),
            # What is added and spent is found by its time alone; among so much, the rest would be hard to find.
            models.Index(
                fields=["kind", "-created_at"],
                condition=Q(kind__in=["deduct", "expire", "cancel", "reverse"]),
                name="transfer_rarer_kinds",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.points:+} {self.short_id}"

    audit_label = property(__str__)
