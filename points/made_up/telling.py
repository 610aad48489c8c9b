"""What the audit trail would tell of made-up movements."""

from collections.abc import Iterable, Iterator

from loyalty_site.access import audit
from loyalty_site.access.models import AuditEntry
from loyalty_site.source_texts import as_written
from points.made_up.books import Book, Movement
from points.models import Transfer

TOLD_OTHERWISE = {Transfer.Channel.REWARD, Transfer.Channel.EXPIRY}  # by the purchase, or not at all


def entries_of(books: Iterable[Book]) -> Iterator[AuditEntry]:
    for book in books:
        for movement in book.movements:
            if movement.note.channel not in TOLD_OTHERWISE:
                yield _entry(movement)


def _entry(movement: Movement) -> AuditEntry:
    return audit.entry(
        f"points {as_written(movement.kind.label)}",
        Transfer(pk=movement.id, short_id=movement.short_id, points=movement.points),
        actor=movement.note.actor,
        at=movement.at,
        after={"points": movement.points, "balance": movement.balance_after},
        reason=movement.note.comment,
    )
