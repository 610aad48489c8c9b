"""Writing made-up books: many accounts at once, and yet each row passes the walls that every other row passes.

The database takes a ledger row only when account and buckets stand as they did at that moment. So the movements are
laid out in a table of their own, and all accounts take their first one together, then all their second, and so on.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from loyalty_site.bulk_rows import add_rows, add_to
from loyalty_site.database import execute, fetch_one
from points.made_up.books import Book, Movement
from points.models import Account, Bucket, Transfer

ACCOUNT = ["customer", "balance", "earned", "spent", "expired", "sequence"]
TRANSFER = list(Transfer._meta.concrete_fields)
CHANGE = [
    *(Transfer._meta.get_field(name) for name in ("account", "sequence")),
    *(Bucket._meta.get_field(name) for name in ("expires_on", "points")),
]
MOVEMENTS, CHANGES = "made_up_movement", "made_up_change"
LAY_OUT = [
    f"CREATE TEMPORARY TABLE {MOVEMENTS} AS SELECT * FROM points_transfer WHERE 1 = 0",
    f"""CREATE TEMPORARY TABLE {CHANGES} AS SELECT b.account_id, a.sequence, b.expires_on, b.points
        FROM points_bucket b JOIN points_account a ON a.customer_id = b.account_id WHERE 1 = 0""",
]
CLEAR_AWAY = [f"DROP TABLE {MOVEMENTS}", f"DROP TABLE {CHANGES}"]
IN_ORDER = [
    f"CREATE INDEX {MOVEMENTS}_in_order ON {MOVEMENTS} (sequence)",
    f"CREATE INDEX {CHANGES}_in_order ON {CHANGES} (sequence)",
]
MOVE_ACCOUNTS = f"""
UPDATE points_account SET balance = m.balance_after, sequence = m.sequence,
    earned = earned + CASE WHEN m.kind IN ('earn', 'cancel') THEN m.points ELSE 0 END,
    spent = spent - CASE WHEN m.kind IN ('spend', 'deduct', 'reverse') THEN m.points ELSE 0 END,
    expired = expired - CASE WHEN m.kind = 'expire' THEN m.points ELSE 0 END
FROM {MOVEMENTS} m WHERE m.sequence = %s AND points_account.customer_id = m.account_id
"""
# What is proposed must not be negative, even where the row is there and only its change counts.
MOVE_BUCKETS = f"""
INSERT INTO points_bucket (account_id, expires_on, points, moved)
SELECT account_id, expires_on, CASE WHEN points < 0 THEN 0 ELSE points END, points FROM {CHANGES} WHERE sequence = %s
ON CONFLICT (account_id, expires_on) DO UPDATE
SET points = points_bucket.points + excluded.moved, moved = excluded.moved
"""
COLUMNS = ", ".join(field.column for field in TRANSFER)
TELL = f"INSERT INTO points_transfer ({COLUMNS}) SELECT {COLUMNS} FROM {MOVEMENTS} WHERE sequence = %s"


def write(books: Iterable[Book]) -> int:
    """Write the accounts, buckets and ledger rows of customers who have none. Returns how many rows of the ledger.

    The caller's transaction holds it all.
    """
    filled = [book for book in books if book.movements]
    add_rows(Account, ACCOUNT, ((book.customer_id, 0, 0, 0, 0, 0) for book in filled))
    _run(LAY_OUT)
    add_to(MOVEMENTS, TRANSFER, (_row(book, movement) for book in filled for movement in book.movements))
    add_to(CHANGES, CHANGE, _changes(filled))
    _run(IN_ORDER)
    (last,) = fetch_one(f"SELECT COALESCE(MAX(sequence), 0) FROM {MOVEMENTS}", [])
    told = sum(_move_all(sequence) for sequence in range(1, last + 1))
    _run(CLEAR_AWAY)
    return told


def _move_all(sequence: int) -> int:
    """Every account makes its so-manieth movement."""
    execute(MOVE_ACCOUNTS, [sequence])
    execute(MOVE_BUCKETS, [sequence])
    return execute(TELL, [sequence])


def _row(book: Book, movement: Movement) -> tuple[Any, ...]:
    """In the order of the ledger's columns."""
    note = movement.note
    return (
        movement.id,
        movement.short_id,
        book.customer_id,
        movement.sequence,
        movement.kind.value,
        movement.points,
        movement.balance_after,
        [{"expires_on": day.isoformat(), "points": change} for day, change in movement.changes],
        movement.expires_on,
        movement.corrects,
        note.channel.value,
        note.partner,
        note.reference,
        note.comment,
        note.actor.key,
        note.actor.label,
        movement.at,
    )


def _changes(books: list[Book]) -> Iterator[tuple[Any, ...]]:
    for book in books:
        for movement in book.movements:
            for day, change in movement.changes:
                yield book.customer_id, movement.sequence, day, change


def _run(statements: list[str]) -> None:
    for statement in statements:
        execute(statement, [])
