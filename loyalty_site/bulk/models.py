"""What was done to many rows in one go, and what became of each."""

from typing import Any
from uuid import uuid4

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from loyalty_site.access.actors import Actor
from loyalty_site.bulk.actions import Action, actions
from loyalty_site.jobs.models import Job


class BulkChange(models.Model):
    """One act on many rows: what was asked, by whom, how far it is, and whether it was undone."""

    class State(models.TextChoices):
        DOING = "doing", gettext_lazy("being done")
        DONE = "done", gettext_lazy("done")
        UNDOING = "undoing", gettext_lazy("being undone")
        UNDONE = "undone", gettext_lazy("undone")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    action = models.CharField(gettext_lazy("action"), max_length=64)
    data = models.JSONField(
        default=dict, encoder=DjangoJSONEncoder, help_text=gettext_lazy("What the act was done with.")
    )
    query = models.TextField(
        null=True, help_text=gettext_lazy("The list's address, where all that it finds was meant.")
    )
    reason = models.TextField(gettext_lazy("reason"), blank=True)
    actor_key = models.CharField(max_length=60)
    actor_label = models.CharField(gettext_lazy("who"), max_length=255)
    made_at = models.DateTimeField(gettext_lazy("when"))
    state = models.CharField(gettext_lazy("state"), max_length=8, choices=State, default=State.DOING)
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")

    changed = models.PositiveIntegerField(gettext_lazy("changed"), default=0)
    left = models.JSONField(default=dict, help_text=gettext_lazy("How many rows were left as they were, by why."))
    restored = models.PositiveIntegerField(gettext_lazy("restored"), default=0)
    kept = models.JSONField(default=dict, help_text=gettext_lazy("How many rows could not be restored, by why."))

    undone_by = models.CharField(gettext_lazy("undone by"), max_length=255, blank=True)
    undone_at = models.DateTimeField(gettext_lazy("undone"), null=True)
    undo_job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    forgotten = models.BooleanField(default=False, help_text=gettext_lazy("Its rows are not kept any more."))

    class Meta:
        verbose_name = gettext_lazy("bulk change")
        verbose_name_plural = gettext_lazy("bulk changes")
        default_permissions = ["view"]  # who may do and undo something to many may do it to one
        ordering = ["-made_at", "-id"]
        indexes = [models.Index(fields=["-made_at", "-id"], name="bulk_change_latest")]
        constraints = [
            models.CheckConstraint(
                name="bulk_change_undone_by_somebody",
                condition=Q(state__in=["doing", "done"], undone_at__isnull=True)
                | Q(state__in=["undoing", "undone"], undone_at__isnull=False),
            ),
            models.CheckConstraint(
                name="bulk_change_restores_what_it_changed", condition=Q(restored__lte=models.F("changed"))
            ),
        ]

    def __str__(self) -> str:
        known = self.known_action
        told = known and known.told(self.data)
        return f"{known.title}: {told}" if known and told else str(known.title if known else self.action)

    @property
    def known_action(self) -> Action | None:
        """None for what there was in an earlier version."""
        return actions().get(self.action)

    @property
    def batch(self) -> str:
        """Under which the audit trail keeps what was done to each row."""
        return f"bulk:{self.pk}"

    @property
    def undo_batch(self) -> str:
        return f"undo:{self.pk}"

    @property
    def actor(self) -> Actor:
        kind, _, key = self.actor_key.partition(":")
        return Actor(kind, key, self.actor_label)

    @property
    def current_job(self) -> Job | None:
        return self.undo_job or self.job


class BulkRow(models.Model):
    """One row that was meant: what became of it, and what it was before."""

    class State(models.TextChoices):
        WAITING = "waiting", gettext_lazy("waiting")
        CHANGED = "changed", gettext_lazy("changed")
        LEFT = "left", gettext_lazy("left as it was")
        RESTORED = "restored", gettext_lazy("restored")
        KEPT = "kept", gettext_lazy("not restored")

    change = models.ForeignKey(BulkChange, on_delete=models.CASCADE, related_name="rows", db_index=False)
    key = models.CharField(max_length=64, help_text=gettext_lazy("The row's own, as text."))
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    before = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    changed_at = models.DateTimeField(null=True)
    why = models.CharField(
        max_length=64, blank=True, help_text=gettext_lazy("Why it was left, or could not be restored.")
    )
    who = models.CharField(max_length=255, blank=True, help_text=gettext_lazy("Who has changed it since."))

    class Meta:
        default_permissions: list[str] = []
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["change", "key"], name="row_once_per_bulk_change")]
        indexes = [models.Index(fields=["change", "state", "id"], name="bulk_row_by_state")]

    def __str__(self) -> str:
        return f"{self.key}: {self.state}"

    @property
    def fact(self) -> dict[str, Any]:
        return {"key": self.key, "before": self.before, "after": self.after, "at": self.changed_at}
