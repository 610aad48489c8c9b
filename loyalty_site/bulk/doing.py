"""An act is done and undone piece by piece: each piece in a transaction that also keeps what became of its rows."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from loyalty_site.access import audit, origins
from loyalty_site.access.actors import Actor
from loyalty_site.bulk.actions import GONE, Action, Deed, Done, Order, Stay
from loyalty_site.bulk.models import BulkChange, BulkRow

State = BulkRow.State


@contextmanager
def in_one_go(batch: str) -> Iterator[None]:
    """What is written meanwhile stands together in the audit trail."""
    with origins.coming_from(replace(origins.current(), batch=batch)):
        yield


def do_piece(change: BulkChange, action: Action, *, at: datetime) -> int:
    """Do the act to the next rows. Returns how many; the caller holds the change."""
    rows = list(change.rows.filter(state=State.WAITING).order_by("pk")[: action.piece])
    if not rows:
        return 0
    order = Order(actor=change.actor, at=at, reason=change.reason, data=change.data)
    with in_one_go(change.batch):
        deeds = action.act([row.key for row in rows], order)
    for row in rows:
        deed = deeds.get(row.key, Deed(why=GONE))
        row.state, row.why = (State.LEFT, deed.why) if deed.why else (State.CHANGED, "")
        row.before, row.after, row.changed_at = deed.before, deed.after, None if deed.why else at
    BulkRow.objects.bulk_update(rows, ["state", "why", "before", "after", "changed_at"])
    change.changed += sum(row.state == State.CHANGED for row in rows)
    change.left = _counted(change.left, rows, State.LEFT)
    change.save(update_fields=["changed", "left"])
    return len(rows)


def finish(change: BulkChange, *, at: datetime) -> None:
    change.state = BulkChange.State.DONE
    change.save(update_fields=["state"])
    told = {"changed": change.changed, "left": sum(change.left.values())}
    with in_one_go(change.batch):
        audit.record("bulk change made", change, actor=change.actor, at=at, after=told, reason=change.reason)


def undo_piece(change: BulkChange, action: Action, *, actor: Actor, at: datetime) -> int:
    """Take the next changed rows back, the last ones first. Returns how many; the caller holds the change."""
    rows = list(change.rows.filter(state=State.CHANGED).order_by("-pk")[: action.piece])
    if not rows:
        return 0
    done = [Done(row.key, row.before, row.after, row.changed_at) for row in rows]
    with in_one_go(change.undo_batch):
        stays = action.undo(done, Order(actor=actor, at=at, reason=change.reason, data=change.data), change.batch)
    for row in rows:
        stay = stays.get(row.key, Stay(GONE))
        row.state = State.KEPT if stay.why else State.RESTORED
        row.why, row.who = stay.why, stay.who
    BulkRow.objects.bulk_update(rows, ["state", "why", "who"])
    change.restored += sum(row.state == State.RESTORED for row in rows)
    change.kept = _counted(change.kept, rows, State.KEPT)
    change.save(update_fields=["restored", "kept"])
    return len(rows)


def finish_undoing(change: BulkChange, *, actor: Actor, at: datetime) -> None:
    change.state = BulkChange.State.UNDONE
    change.save(update_fields=["state"])
    told = {"restored": change.restored, "not restored": sum(change.kept.values())}
    with in_one_go(change.undo_batch):
        audit.record("bulk change undone", change, actor=actor, at=at, after=told)


def _counted(before: dict[str, int], rows: list[BulkRow], state: str) -> dict[str, int]:
    return dict(Counter(before) + Counter(row.why for row in rows if row.state == state))
