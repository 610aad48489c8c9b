"""Accounts, stores, credentials, and the record of who did what."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser, Group, PermissionsMixin
from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MinLengthValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from loyalty_site.access.accounts import UserManager
from loyalty_site.access.actors import Role
from loyalty_site.access.partner_models import Partner
from loyalty_site.access.session_models import StaffSession

ROLES = [
    (Role.ADMIN.value, _("Admin")),
    (Role.SELLER.value, _("Seller")),
    (Role.CUSTOMER.value, _("Customer")),
    (Role.PARTNER.value, _("Partner")),
]
LOG_IN_ROLES = [(role, name) for role, name in ROLES if role != Role.PARTNER]  # partners have tokens, no log-in


class Store(models.Model):
    """A point of sale (POS)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=255)
    identifier = models.CharField(max_length=64, unique=True, help_text=_("Short name that tills and shops send."))
    description = models.TextField(blank=True)
    street = models.CharField(max_length=255, blank=True)
    address1 = models.CharField(_("house number"), max_length=64, blank=True)
    address2 = models.CharField(_("flat number"), max_length=64, blank=True)
    postal = models.CharField(_("postal code"), max_length=32, blank=True)
    city = models.CharField(max_length=128, blank=True)
    province = models.CharField(max_length=128, blank=True)
    country = models.CharField(max_length=2, blank=True, help_text=_("Two-letter country code."))

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody with a password: staff of the admin, a caller of the API, or both."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    username = models.CharField(max_length=150, unique=True)
    email = models.EmailField(null=True, blank=True)
    first_name = models.CharField(max_length=150, blank=True)
    last_name = models.CharField(max_length=150, blank=True)
    phone = models.CharField(max_length=64, blank=True)
    role = models.CharField(
        _("API role"),
        max_length=24,
        choices=LOG_IN_ROLES,
        blank=True,
        help_text=_("What this account may do over the API. Empty: it uses the admin only."),
    )
    store = models.ForeignKey(
        Store, null=True, blank=True, on_delete=models.PROTECT, help_text=_("Where a seller works; for information.")
    )
    may_transfer_points = models.BooleanField(
        default=False, help_text=_("A seller may add and spend points at the till.")
    )
    password_is_temporary = models.BooleanField(default=False)
    token_version = models.PositiveIntegerField(
        default=0, editable=False, help_text=_("A step ends every log-in token issued before.")
    )
    is_staff = models.BooleanField(_("may open the admin"), default=False)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects = UserManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["email"]

    class Meta:
        ordering = ["username"]
        permissions = [("manage_staff", _("Can let people into the back office and say what they may do there"))]
        indexes = [
            # Sellers are few, and listed beside a million customers who log in.
            models.Index(fields=["date_joined"], condition=models.Q(role=Role.SELLER.value), name="user_sellers"),
            # So are all who work here, and looked for by any part of their names.
            models.Index(fields=["username"], condition=~models.Q(role=Role.CUSTOMER.value), name="user_not_customers"),
            models.Index(fields=["username"], condition=models.Q(is_staff=True), name="user_staff"),
            models.Index(fields=["username"], condition=models.Q(is_active=False), name="user_shut_out"),
        ]
        constraints = [
            models.UniqueConstraint(Lower("email"), "role", name="user_email_once_per_role"),
            models.CheckConstraint(
                name="user_role_known", condition=models.Q(role__in=["", *(role for role, _ in LOG_IN_ROLES)])
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def save(self, *, update_fields: Iterable[str] | None = None, **options: Any) -> None:
        """A new password, and a deactivation, end every log-in and session from before.

        The version is stepped in the database, never written: a stale object would set it back.
        """
        written = None if update_fields is None else {*update_fields}
        ends_log_ins = self._password is not None or (
            not self.is_active and (written is None or "is_active" in written)
        )
        if self._state.adding or not (ends_log_ins or written is None):
            super().save(update_fields=written, **options)
            return
        with transaction.atomic():
            self.token_version = F("token_version") + int(ends_log_ins)
            super().save(update_fields=None if written is None else {*written, "token_version"}, **options)
            self.refresh_from_db(fields=["token_version"])
            if ends_log_ins:
                self.refresh_tokens.all().delete()
                StaffSession.objects.filter(user=self).delete()

    @property
    def audit_label(self) -> str:
        """How the audit trail names the user: a customer by role only, whose name may have to be erased."""
        return "customer" if self.role == Role.CUSTOMER else self.username

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        return self.first_name or self.username


class ShippedGroup(models.Model):
    """Marks a group as one of the product's own roles, whatever it is called by now."""

    role = models.CharField(max_length=24, primary_key=True)
    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="shipped")

    def __str__(self) -> str:
        return self.role


class RefreshToken(models.Model):
    """What a front end shows to get a new log-in token. Only its digest is kept."""

    digest = models.CharField(max_length=64, primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="refresh_tokens")
    token_version = models.PositiveIntegerField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.user} until {self.expires_at:%Y-%m-%d}"


class ApiToken(models.Model):
    """A key for a till, a shop or a partner's system. Shown once; only its SHA-256 digest is kept."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=150, help_text=_("Who uses it, such as “Till 3, Warszawa”."))
    prefix = models.CharField(max_length=24, editable=False, help_text=_("How the token begins, to recognise it by."))
    digest = models.CharField(max_length=64, unique=True, editable=False, validators=[MinLengthValidator(64)])
    role = models.CharField(max_length=24, choices=ROLES)
    scopes = models.JSONField(default=list, blank=True, help_text=_("What it may do; see the list of scopes."))
    store = models.ForeignKey(
        Store,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        help_text=_("The token sees this store's customers and those of none. Empty: every customer."),
    )
    partner = models.ForeignKey(
        Partner,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="tokens",
        help_text=_("Whose token it is. For the role “Partner”, and for no other."),
    )
    requests_per_minute = models.PositiveIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("More are refused until the minute is over. Empty: no limit."),
    )
    created_by = models.ForeignKey(User, null=True, editable=False, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True, help_text=_("Empty: it does not expire."))
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_used_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("API token")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(name="token_role_known", condition=models.Q(role__in=[r.value for r in Role])),
            models.CheckConstraint(
                name="token_of_a_partner_has_one",
                condition=models.Q(role=Role.PARTNER.value, partner__isnull=False)
                | (~models.Q(role=Role.PARTNER.value) & models.Q(partner__isnull=True)),
            ),
            models.CheckConstraint(
                name="token_limit_lets_something_through",
                condition=models.Q(requests_per_minute__gte=1) | models.Q(requests_per_minute__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AccessGrant(models.Model):
    """A short-lived access token that stands for an API token, as OAuth clients ask for. Only its digest is kept."""

    digest = models.CharField(max_length=64, primary_key=True)
    api_token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, related_name="grants")
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.api_token} until {self.expires_at:%Y-%m-%d %H:%M}"


class IdempotencyKey(models.Model):
    """The answer that a request with this key got. Written in the transaction of the request's effect."""

    owner = models.CharField(max_length=60)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.TextField(default="")
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="idempotency_key_once_per_owner")]

    def __str__(self) -> str:
        return f"{self.owner} {self.key}"


class AttemptCounter(models.Model):
    """How many log-ins failed, of one account or address, or requests came, with one token, in the current window."""

    key = models.CharField(max_length=150, primary_key=True)
    count = models.PositiveIntegerField()
    window_ends_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key


class LockOut(AttemptCounter):
    """A counter of log-ins that has reached its limit."""

    class Meta:
        proxy = True
        verbose_name = _("lock-out")

    def __str__(self) -> str:
        return f"until {self.window_ends_at:%H:%M}"


class AuditEntry(models.Model):
    """Who did what to which object, when and why. Rows are only ever added; the database refuses anything else."""

    at = models.DateTimeField(db_index=True)
    actor = models.CharField(max_length=60, help_text=_("As user:<id>, token:<id> or system."))
    actor_label = models.CharField(max_length=255)
    action = models.CharField(max_length=64)
    object_type = models.CharField(max_length=64)
    object_id = models.CharField(max_length=64)
    object_label = models.CharField(max_length=255, blank=True)
    before = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    reason = models.TextField(blank=True)
    # NULL is unknown, not kept, or nowhere; see loyalty_site/access/origins.py.
    address = models.CharField(max_length=45, null=True)
    batch = models.CharField(max_length=64, null=True, help_text=_("Entries of one request or one job share it."))

    class Meta:
        verbose_name_plural = _("audit entries")
        ordering = ["-at", "-id"]
        permissions = [("export_auditentry", _("Can export audit entries"))]
        indexes = [
            models.Index(fields=["object_type", "object_id", "-at", "-id"], name="audit_by_object"),
            models.Index(fields=["actor", "-at", "-id"], name="audit_by_actor"),
            models.Index(fields=["action", "-at", "-id"], name="audit_by_action"),
            models.Index(fields=["batch"], condition=models.Q(batch__isnull=False), name="audit_by_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.object_type} {self.object_label or self.object_id}"
