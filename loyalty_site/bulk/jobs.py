"""The jobs that do an act to many rows and take it back, step by step."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loyalty_site.bulk import doing, selecting
from loyalty_site.bulk.actions import Action
from loyalty_site.bulk.models import BulkChange
from loyalty_site.jobs.errors import CannotGoOn
from loyalty_site.jobs.kinds import Kind, Step
from loyalty_site.jobs.models import Job

LISTED_AT_ONCE = 10_000  # rows
SEEN = "bulk.view_bulkchange"


def do(job: Job, *, at: datetime) -> Step:
    """The next rows are written down, until all that the list finds are; then the next ones are done."""
    change, action = _held(job, BulkChange.State.DOING)
    person = selecting.asked_by(change, action)
    if person is None:
        raise CannotGoOn(because=_("Who asked for it may not do this any more."))
    listed, mark = job.checkpoint.get("listed", 0), job.checkpoint.get("mark")
    if change.query is not None and not job.checkpoint.get("all_listed"):
        keys = selecting.after(selecting.of_list(action, person, change.query), mark, LISTED_AT_ONCE)
        selecting.note(change, keys)
        mark = str(keys[-1]) if keys else mark
        all_listed = len(keys) < LISTED_AT_ONCE
        return Step(job.done, {"listed": listed + len(keys), "mark": mark, "all_listed": all_listed})
    number = doing.do_piece(change, action, at=at)
    if not number:
        doing.finish(change, at=at)
    done = job.done + number
    total = listed or change.rows.count()
    outcome = {"Changed": change.changed, "Left as they were": sum(change.left.values())}
    return Step(done, job.checkpoint, finished=not number, total=max(done, total), outcome=outcome)


def undo(job: Job, *, at: datetime) -> Step:
    change, action = _held(job, BulkChange.State.UNDOING)
    number = doing.undo_piece(change, action, actor=job.actor, at=at)
    if not number:
        doing.finish_undoing(change, actor=job.actor, at=at)
    done = job.done + number
    outcome = {"Restored": change.restored, "Not restored": sum(change.kept.values())}
    return Step(done, finished=not number, total=max(done, change.changed), outcome=outcome)


def _held(job: Job, state: str) -> tuple[BulkChange, Action]:
    """The act that the job is about, held. Raises CannotGoOn where it is not in that state."""
    change = BulkChange.objects.select_for_update(no_key=True).get(pk=job.arguments["change"])
    if change.state != state or change.known_action is None:
        raise CannotGoOn(because=_("It was done before, or has been undone."))
    return change, change.known_action


def _page(job: Job) -> tuple[str, str]:
    return _("See what was done"), reverse("admin:bulk_bulkchange_change", args=[job.arguments["change"]])


DO = Kind("bulk.do", gettext_lazy("Bulk change"), do, SEEN, gettext_lazy("rows"), follow_up=_page)
UNDO = Kind("bulk.undo", gettext_lazy("Undo a bulk change"), undo, SEEN, gettext_lazy("rows"), follow_up=_page)
