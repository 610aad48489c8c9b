"""All crowds anew from the tables: after customers were loaded past the services, or when they are found wrong."""

from django.db import transaction

from customers.crowds.bits import BIT_OF_PLACE, CHUNK_OF_PLACE, NO_BITS
from customers.crowds.models import LevelCrowd, SegmentCrowd
from loyalty_site.database import execute, on_postgresql

PLACES = """
INSERT INTO customers_place (customer_id)
SELECT c.id FROM customers_customer c
WHERE NOT EXISTS (SELECT 1 FROM customers_place p WHERE p.customer_id = c.id)
ORDER BY c.created_at, c.id
ON CONFLICT (customer_id) DO NOTHING
"""
BITS = f"{CHUNK_OF_PLACE}, bit_or(set_bit({NO_BITS}, {BIT_OF_PLACE}, 1)), COUNT(*)"
# In the order of groups, so that a group's chunks lie together.
LEVELS = f"""
INSERT INTO customers_levelcrowd (level_id, chunk, bits, members)
SELECT c.level_id, {BITS}
FROM customers_customer c JOIN customers_place p ON p.customer_id = c.id
WHERE c.status <> 'erased' GROUP BY c.level_id, {CHUNK_OF_PLACE} ORDER BY c.level_id, {CHUNK_OF_PLACE}
"""
SEGMENTS = f"""
INSERT INTO customers_segmentcrowd (segment_id, chunk, bits, members)
SELECT m.segment_id, {BITS}
FROM customers_segmentmembership m JOIN customers_customer c ON c.id = m.customer_id
JOIN customers_place p ON p.customer_id = c.id
WHERE c.status <> 'erased' GROUP BY m.segment_id, {CHUNK_OF_PLACE} ORDER BY m.segment_id, {CHUNK_OF_PLACE}
"""


@transaction.atomic
def rebuild() -> int:
    """Give a place to who has none and draw every crowd from the tables. Returns how many places were given.

    Changes wait until it is done; reads do not. Set-based: five million memberships are one statement.
    """
    given = execute(PLACES, [])
    if on_postgresql():  # on SQLite this transaction is the only writer
        tables = f"{LevelCrowd._meta.db_table}, {SegmentCrowd._meta.db_table}"
        execute(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE", [])
    for crowd, drawing in ((LevelCrowd, LEVELS), (SegmentCrowd, SEGMENTS)):
        crowd.objects.all().delete()
        execute(drawing, [])
    return given
