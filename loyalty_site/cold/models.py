"""The calls that wait, and those that were refused when their turn came."""

from uuid import uuid4

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from loyalty_site.access.actors import Actor
from loyalty_site.access.partner_models import Partner


class ColdCall(models.Model):
    """One call, under the trace that its caller was told."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        REFUSED = "refused", _("Refused")
        BROKEN = "broken", _("Broken")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    action = models.CharField(max_length=32, help_text=_("As the setting COLD_ACTIONS knows it."))
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="+")
    customer_id = models.UUIDField(help_text=_("Whom it is about."))
    arguments = models.JSONField(encoder=DjangoJSONEncoder)
    actor_key = models.CharField(max_length=60)
    actor_label = models.CharField(max_length=255)
    created_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    refusal = models.CharField(max_length=64, blank=True, help_text=_("The name of the refusal's class."))
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder, help_text=_("The refusal's."))
    refused_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cold_call_waits_or_was_refused",
                condition=Q(state="waiting", refused_at__isnull=True)
                | Q(state__in=["refused", "broken"], refused_at__isnull=False),
            )
        ]
        indexes = [
            models.Index(fields=["created_at", "id"], condition=Q(state="waiting"), name="cold_call_waiting"),
            models.Index(fields=["refused_at"], condition=Q(refused_at__isnull=False), name="cold_call_refused"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.pk}"

    @property
    def actor(self) -> Actor:
        """Who called: in whose name it is done."""
        kind, _, key = self.actor_key.partition(":")
        return Actor(kind, key, self.actor_label)
