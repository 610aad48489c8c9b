"""A piece of long work, the files it reads and writes, and the processes that work."""

from uuid import uuid4

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from loyalty_site.access.actors import Actor


class Job(models.Model):
    """One piece of long work: what was asked, by whom, how far it is, and how it ended."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    UNFINISHED = (State.WAITING, State.RUNNING)
    STOPPED = (State.FAILED, State.CANCELLED)

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=64, help_text=_("The name of its kind, as the setting JOB_KINDS knows it."))
    title = models.CharField(max_length=200)
    arguments = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    actor_key = models.CharField(max_length=60)
    actor_label = models.CharField(max_length=255)
    object_type = models.CharField(
        max_length=64, blank=True, help_text=_("What it works on, as the audit trail says it.")
    )
    object_id = models.CharField(max_length=64, blank=True)

    state = models.CharField(max_length=16, choices=State.choices, default=State.WAITING)
    checkpoint = models.JSONField(default=dict, encoder=DjangoJSONEncoder, help_text=_("Where the next step goes on."))
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(null=True)
    outcome = models.JSONField(default=dict, encoder=DjangoJSONEncoder, help_text=_("Label to figure or sentence."))
    problem = models.TextField(blank=True, help_text=_("Why it failed, as a sentence for staff."))
    cancel_asked = models.BooleanField(default=False)

    task = models.UUIDField(help_text=_("Its place in the queue."))
    worker = models.CharField(max_length=64, blank=True)
    attempt = models.PositiveIntegerField(default=0, help_text=_("How often it was begun or taken up again."))
    stalls = models.PositiveIntegerField(default=0, help_text=_("How often in a row a worker died without a step."))
    attempt_at = models.DateTimeField(null=True)
    attempt_done = models.BigIntegerField(default=0, help_text=_("What had been done when this attempt began."))

    key = models.CharField(
        max_length=64, null=True, help_text=_("Of several with the same, one at a time is unfinished.")
    )
    due_at = models.DateTimeField(null=True, help_text=_("The moment of the schedule that it stands for."))
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    stepped_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        permissions = [("see_upkeep", _("Can see what the clock does"))]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="job_latest"),
            models.Index(fields=["object_type", "object_id", "-created_at"], name="job_by_object"),
            models.Index(fields=["state", "kind"], name="job_by_state"),
            models.Index(fields=["kind", "-created_at"], name="job_by_kind"),
        ]
        constraints = [
            models.CheckConstraint(
                name="job_finished_or_not",
                condition=Q(state__in=("waiting", "running"), finished_at__isnull=True)
                | Q(state__in=("done", "failed", "cancelled"), finished_at__isnull=False),
            ),
            models.CheckConstraint(
                name="job_done_within_total",
                condition=Q(done__gte=0) & (Q(total__isnull=True) | Q(total__gte=F("done"))),
            ),
            models.UniqueConstraint(
                name="job_one_unfinished_per_key", fields=["key"], condition=Q(state__in=("waiting", "running"))
            ),
            models.UniqueConstraint(name="job_once_per_due_moment", fields=["key", "due_at"]),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def actor(self) -> Actor:
        """Who asked for it: in whose name its steps are done."""
        kind, _, key = self.actor_key.partition(":")
        return Actor(kind, key, self.actor_label)

    @property
    def is_finished(self) -> bool:
        return self.state not in self.UNFINISHED


class JobFile(models.Model):
    """A file that a job reads or writes: in the database, so that a step's transaction holds it, on every machine."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=120)
    size = models.BigIntegerField(default=0)  # bytes
    is_result = models.BooleanField(help_text=_("Written by the job, for people to take away."))

    class Meta:
        constraints = [models.UniqueConstraint(name="job_file_name", fields=["job", "is_result", "name"])]

    def __str__(self) -> str:
        return self.name


class FilePart(models.Model):
    """A piece of a file's content."""

    file = models.ForeignKey(JobFile, on_delete=models.CASCADE, related_name="parts")
    start = models.BigIntegerField()  # bytes before it
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(name="job_file_part", fields=["file", "start"])]

    def __str__(self) -> str:
        return f"{self.file_id} from byte {self.start}"


class Worker(models.Model):
    """A process that works, for as long as it says so. What it held is taken up by others when it falls silent."""

    id = models.CharField(primary_key=True, max_length=64)
    place = models.CharField(max_length=255, help_text=_("Host and process."))
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.place
