"""Members of the programme, the levels and segments they belong to, and their sales in the shops."""

from secrets import randbelow
from uuid import uuid4

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from customers.crowds import models as crowds  # noqa: F401 (Django finds an app's models from here)
from customers.questions import CustomerQuerySet, GroupQuerySet, LevelQuerySet
from loyalty_site.access.models import Store

FIFTEEN_DIGITS = 10**14


def random_number() -> int:
    """Fifteen digits: no counter that registrations queue on, and nothing to tell how many customers there are."""
    return FIFTEEN_DIGITS + randbelow(9 * FIFTEEN_DIGITS)


class Level(models.Model):
    """A tier. A customer is on exactly one."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=255)
    description = models.TextField(blank=True)
    active = models.BooleanField(default=True)
    from_amount = models.DecimalField(
        max_digits=14, decimal_places=2, default=0, help_text=_("Customers who have spent this much reach the level.")
    )
    reward_name = models.CharField(max_length=255, blank=True)
    reward_value = models.DecimalField(
        max_digits=6, decimal_places=4, default=0, help_text=_("A share of the price: 0.15 is 15 percent.")
    )
    reward_code = models.CharField(max_length=64, blank=True)
    special_rewards = models.JSONField(default=list, blank=True)

    objects = LevelQuerySet.as_manager()

    class Meta:
        ordering = ["from_amount", "id"]
        constraints = [
            models.CheckConstraint(name="level_from_amount_not_negative", condition=models.Q(from_amount__gte=0)),
            models.CheckConstraint(name="level_reward_not_negative", condition=models.Q(reward_value__gte=0)),
        ]

    def __str__(self) -> str:
        return self.name


class Segment(models.Model):
    """A group of customers that campaigns can be aimed at. A customer may be in many."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=255)
    description = models.TextField(blank=True)
    active = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = GroupQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Customer(models.Model):
    """A member. Only an active one may spend points; who is blocked or erased cannot log in."""

    class Status(models.TextChoices):
        NEW = "new", _("New")
        ACTIVE = "active", _("Active")
        BLOCKED = "blocked", _("Blocked")
        ERASED = "erased", _("Erased")

    SHUT_OUT = frozenset({Status.BLOCKED, Status.ERASED})  # may not log in

    class Gender(models.TextChoices):
        MALE = "male", _("Male")
        FEMALE = "female", _("Female")
        NOT_DISCLOSED = "not_disclosed", _("Not Disclosed")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    number = models.BigIntegerField(
        unique=True, default=random_number, editable=False, help_text=_("The number that systems without UUIDs show.")
    )
    external_id = models.CharField(max_length=255, null=True, blank=True, unique=True)
    email = models.EmailField(max_length=254, null=True, blank=True)
    phone = models.CharField(max_length=64, null=True, blank=True, unique=True)
    card_number = models.CharField(_("loyalty card"), max_length=64, null=True, blank=True, unique=True)
    status = models.CharField(max_length=8, choices=Status, default=Status.NEW)
    first_name = models.CharField(max_length=255, blank=True)
    last_name = models.CharField(max_length=255, blank=True)
    gender = models.CharField(max_length=16, choices=Gender, blank=True)
    birth_date = models.DateTimeField(null=True, blank=True)
    street = models.CharField(max_length=255, blank=True)
    address1 = models.CharField(_("house number"), max_length=64, blank=True)
    address2 = models.CharField(_("flat number"), max_length=64, blank=True)
    postal = models.CharField(_("postal code"), max_length=32, blank=True)
    city = models.CharField(max_length=128, blank=True)
    province = models.CharField(max_length=128, blank=True)
    country = models.CharField(max_length=64, blank=True)
    company_name = models.CharField(max_length=255, blank=True)
    company_tax_number = models.CharField(max_length=64, blank=True)
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="customers")
    level_set_by_hand = models.BooleanField(
        default=False, help_text=_("Spending no longer moves the customer to another level.")
    )
    store = models.ForeignKey(Store, null=True, blank=True, on_delete=models.PROTECT, related_name="customers")
    agreement1 = models.BooleanField(_("agrees to the terms"), default=False)
    agreement2 = models.BooleanField(_("agrees to marketing"), default=False)
    agreement3 = models.BooleanField(_("agrees to data processing"), default=False)
    language = models.CharField(max_length=5, blank=True, default="", db_default="")  # of mail; empty: the programme's
    reward_mail = models.BooleanField(_("gets mail about own rewards"), default=True, db_default=True)
    created_at = models.DateTimeField(db_index=True)
    updated_at = models.DateTimeField()

    objects = CustomerQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "id"]
        permissions = [
            ("export_customers", _("Can export customers with their personal data")),
            ("export_held_data", _("Can export everything that is held on one customer")),
            ("erase_customer", _("Can erase a customer for good")),
        ]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="customer_email_once"),
            models.CheckConstraint(
                name="customer_status_known", condition=models.Q(status__in=["new", "active", "blocked", "erased"])
            ),
            *(
                models.CheckConstraint(name=f"customer_{field}_unset_or_filled", condition=~models.Q(**{field: ""}))
                for field in ("external_id", "email", "phone", "card_number")
            ),
        ]
        indexes = [
            models.Index(fields=["last_name", "first_name"], name="customer_by_name"),
            # Nearly all customers are active: the others are found without reading those.
            models.Index(
                fields=["status", "-created_at"], condition=~models.Q(status="active"), name="customer_not_active"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.email or self.phone or self.audit_label

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def audit_label(self) -> str:
        return str(self.number)

    @property
    def may_spend(self) -> bool:
        return self.status == self.Status.ACTIVE


class SegmentMembership(models.Model):
    """A customer's place in a segment."""

    segment = models.ForeignKey(Segment, on_delete=models.CASCADE, related_name="memberships")
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="memberships")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["segment", "customer"], name="customer_once_per_segment")]

    def __str__(self) -> str:
        return f"{self.customer} in {self.segment}"


class Transaction(models.Model):
    """A sale in a shop, or the return of one."""

    class Type(models.TextChoices):
        SALE = "sell", _("Sale")
        RETURN = "return", _("Return")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    document_number = models.CharField(max_length=128)
    document_type = models.CharField(max_length=8, choices=Type, default=Type.SALE)
    customer = models.ForeignKey(Customer, null=True, blank=True, on_delete=models.PROTECT, related_name="transactions")
    store = models.ForeignKey(Store, null=True, blank=True, on_delete=models.PROTECT, related_name="transactions")
    purchased_at = models.DateTimeField()
    gross_value = models.DecimalField(max_digits=14, decimal_places=2, help_text=_("In the currency of the programme."))
    delivery_value = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("sale")
        ordering = ["-purchased_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["document_number", "document_type"], name="document_once_per_type"),
            models.CheckConstraint(
                name="transaction_type_known", condition=models.Q(document_type__in=["sell", "return"])
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "-purchased_at"], name="transaction_by_customer"),
            models.Index(fields=["-purchased_at", "id"], name="transaction_latest"),
            # A store's figures are sums over all of its sales, read from here alone (customers/sales.py).
            models.Index(fields=["store"], include=["document_type", "gross_value"], name="transaction_sums_by_store"),
        ]

    def __str__(self) -> str:
        return self.document_number


class TransactionItem(models.Model):
    """One line of a sale's document."""

    transaction = models.ForeignKey(Transaction, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    sku = models.CharField(max_length=128)
    name = models.CharField(max_length=255)
    quantity = models.DecimalField(max_digits=12, decimal_places=3, default=1)
    gross_value = models.DecimalField(max_digits=14, decimal_places=2)
    category = models.CharField(max_length=255, blank=True)
    maker = models.CharField(max_length=255, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["transaction", "position"], name="item_position_once_per_transaction")
        ]

    def __str__(self) -> str:
        return f"{self.sku} {self.name}"
