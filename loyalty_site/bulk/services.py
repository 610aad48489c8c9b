"""An act on many rows is begun and undone here: a few rows at once, many by a job."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from loyalty_site.access.actors import Actor
from loyalty_site.bulk import doing, selecting
from loyalty_site.bulk.actions import Action, Order
from loyalty_site.bulk.errors import ChangeNotFound, NothingToChange, NotUndoable
from loyalty_site.bulk.jobs import DO, UNDO
from loyalty_site.bulk.models import BulkChange
from loyalty_site.database import unit_of_work
from loyalty_site.jobs.services import enqueue

AT_ONCE = 300  # rows that are done while one waits; more become a job
State = BulkChange.State


@unit_of_work
def begin(action: Action, rows: QuerySet, order: Order, *, query: str | None = None) -> BulkChange:
    """Do the act to these rows. `query` is the address of the list where the rows are all that it finds.

    Raises NothingToChange.
    """
    keys = selecting.after(rows, None, AT_ONCE + 1)
    if not keys:
        raise NothingToChange
    change = BulkChange.objects.create(
        action=action.name,
        data=order.data,
        query=query,
        reason=order.reason,
        actor_key=order.actor.key,
        actor_label=order.actor.label[:255],
        made_at=order.at,
    )
    if len(keys) > AT_ONCE:
        _hand_on(change, rows, order)
        return change
    selecting.note(change, keys)
    while doing.do_piece(change, action, at=order.at):
        pass
    doing.finish(change, at=order.at)
    return change


@unit_of_work
def undo(change_id: UUID, *, actor: Actor, at: datetime) -> BulkChange:
    """Restore the rows that nobody has changed since; what stopped halfway is gone on with.

    Raises ChangeNotFound and NotUndoable.
    """
    change = held(change_id)
    action = change.known_action
    if action is None or not is_undoable(change):
        raise NotUndoable(state=change.state)
    change.state, change.undone_by, change.undone_at = State.UNDOING, actor.label[:255], at
    change.save(update_fields=["state", "undone_by", "undone_at"])
    if change.changed > AT_ONCE:
        arguments = {"change": str(change.pk)}
        change.undo_job = enqueue(UNDO, arguments, title=f"{UNDO.title}: {change}", actor=actor, at=at, about=change)
        change.save(update_fields=["undo_job"])
        return change
    while doing.undo_piece(change, action, actor=actor, at=at):
        pass
    doing.finish_undoing(change, actor=actor, at=at)
    return change


def is_undoable(change: BulkChange) -> bool:
    """Whether something of it can be undone: once it is done, or a job that did or undid it has stopped halfway."""
    if change.known_action is None or change.forgotten or not change.changed:
        return False
    if change.state == State.DONE:
        return True
    return change.state != State.UNDONE and not _is_at_work(change)


def held(change_id: UUID | str) -> BulkChange:
    """The act, held against others who would go on with it or undo it. Raises ChangeNotFound.

    Its jobs are read afterwards: joined to it, they would be those from before a wait.
    """
    change = BulkChange.objects.select_for_update(no_key=True).filter(pk=change_id).first()
    if change is None:
        raise ChangeNotFound(id=change_id)
    return change


def _is_at_work(change: BulkChange) -> bool:
    return change.current_job is not None and not change.current_job.is_finished


def _hand_on(change: BulkChange, rows: QuerySet, order: Order) -> None:
    """To a job. Rows that were ticked are written down now; what the list finds, by the job."""
    if change.query is None:
        selecting.note(change, selecting.after(rows, None, rows.count()))
    arguments = {"change": str(change.pk)}
    change.job = enqueue(DO, arguments, title=str(change), actor=order.actor, at=order.at, about=change)
    change.save(update_fields=["job"])
