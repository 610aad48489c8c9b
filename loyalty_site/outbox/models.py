"""Events, who wants them, and how telling each of them went."""

from uuid import uuid4

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Event(models.Model):
    """Something that has happened, written in the same transaction. Its id stays the same however often it is sent."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=64)
    object_id = models.CharField(max_length=64, help_text=_("What it happened to: a purchase, a movement of points, …"))
    customer_id = models.UUIDField(null=True)
    data = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    codes = models.JSONField(
        default=dict,
        encoder=DjangoJSONEncoder,
        help_text=_("What of it is told only to those who may know coupon codes."),
    )
    created_at = models.DateTimeField(db_index=True)
    passed_on = models.BooleanField(default=False, help_text=_("Whoever wants it has a delivery of it."))

    class Meta:
        ordering = ["-created_at", "id"]
        indexes = [models.Index(fields=["created_at"], condition=Q(passed_on=False), name="event_to_pass_on")]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class SubscriptionQuerySet(models.QuerySet):
    def wanting(self) -> "SubscriptionQuerySet":
        """Those that get events; a paused one gets them later."""
        return self.filter(active=True)

    def open(self) -> "SubscriptionQuerySet":
        """Those that are sent to now."""
        return self.filter(active=True, paused_at=None)


class Subscription(models.Model):
    """Another system that is told of events over HTTPS."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=120)
    url = models.CharField(_("address"), max_length=1000)
    description = models.TextField(blank=True)
    active = models.BooleanField(_("switched on"), default=True)
    with_codes = models.BooleanField(_("with coupon codes"), default=False)
    # The secret is made of the key LOYALTY_WEBHOOK_KEY, the id and this number: it stands nowhere.
    secret_version = models.PositiveIntegerField(default=1, editable=False)
    secret_renewed_at = models.DateTimeField(null=True, editable=False)
    failing_since = models.DateTimeField(null=True, editable=False)  # the first failure after the last success
    paused_at = models.DateTimeField(null=True, editable=False)
    paused_because = models.CharField(max_length=200, blank=True, editable=False)
    created_at = models.DateTimeField(editable=False)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook")
        ordering = ["name", "id"]
        permissions = [("send_codes", _("Can have coupon codes sent to webhooks"))]
        constraints = [models.UniqueConstraint(fields=["name"], name="subscription_name_once")]

    def __str__(self) -> str:
        return self.name


class SubscribedKind(models.Model):
    """A kind of events that a subscription wants. A row each: services look here, in the statement that writes."""

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="wanted")
    kind = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "subscription"], name="kind_once_per_subscription")]

    def __str__(self) -> str:
        return self.kind


class Delivery(models.Model):
    """One event on its way to one receiver: a subscription's, or the customer by mail.

    waiting → sent, failed (given up) or skipped (there was nobody to tell). A worker that claims a waiting one puts
    off `next_at` and counts `attempts`; what it found out is kept only where that number is still its own. So a worker
    that dies leaves it due again, and one that was thought dead keeps nothing.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")
        SKIPPED = "skipped", _("Skipped")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="deliveries")
    subscription = models.ForeignKey(
        Subscription, null=True, on_delete=models.PROTECT, related_name="deliveries", help_text=_("None: mail.")
    )
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0, help_text=_("Since it was first due, or was asked for again."))
    next_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    last_status = models.PositiveIntegerField(null=True, help_text=_("The receiver's HTTP status."))
    last_answer = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name_plural = _("deliveries")
        ordering = ["-id"]
        permissions = [("replay_delivery", _("Can send deliveries again"))]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "subscription"], name="event_once_per_subscription", condition=~Q(subscription=None)
            ),
            models.UniqueConstraint(fields=["event"], name="event_once_by_mail", condition=Q(subscription=None)),
            models.CheckConstraint(
                name="delivery_waiting_or_not",
                condition=Q(state="waiting", next_at__isnull=False)
                | Q(state__in=("sent", "failed", "skipped"), next_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["subscription", "next_at"], name="delivery_due", condition=Q(state="waiting")),
            models.Index(fields=["subscription", "-id"], name="delivery_latest"),
            models.Index(fields=["state", "-id"], name="delivery_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.event.kind} to {self.subscription or 'the customer'}"
