"""Are the crowds who the customers' own rows say? Asked of all groups at once."""

from collections.abc import Iterator

from customers.crowds.bits import BIT_OF_PLACE, CHUNK_OF_PLACE
from loyalty_site.findings import Check, Finding, run

ON_LEVELS = "SELECT c.id AS customer_id, c.level_id AS group_id FROM customers_customer c WHERE c.status <> 'erased'"
IN_SEGMENTS = """
SELECT m.customer_id, m.segment_id AS group_id FROM customers_segmentmembership m
JOIN customers_customer c ON c.id = m.customer_id WHERE c.status <> 'erased'
"""


def _checks(group: str, belonging: str) -> list[Check]:
    """`belonging` asks who is in which group."""
    table, key = f"customers_{group}crowd", f"{group}_id"
    marked = f"""
    FROM ({belonging}) own LEFT JOIN customers_place p ON p.customer_id = own.customer_id
    LEFT JOIN {table} crowd ON crowd.{key} = own.group_id AND crowd.chunk = {CHUNK_OF_PLACE}
    """
    bit = f"COALESCE(get_bit(crowd.bits, {BIT_OF_PLACE}), 0)"
    return [
        Check(
            f"everybody in a {group} is in its crowd",
            "customer",
            f"SELECT own.customer_id, 1, 0 {marked} WHERE {bit} = 0",
        ),
        Check(
            f"nobody else is in the crowd of a {group}",
            group,
            f"""
            SELECT group_id, SUM(rightly), SUM(marked) FROM (
                SELECT {key} AS group_id, 0 AS rightly, bit_count(bits) AS marked FROM {table}
                UNION ALL
                SELECT own.group_id, 1, 0 {marked} WHERE {bit} = 1
            ) both_ways GROUP BY group_id HAVING SUM(rightly) <> SUM(marked)
            """,
        ),
        Check(
            f"the members of a {group} are counted",
            group,
            f"""
            SELECT {key}, SUM(bit_count(bits)), SUM(members) FROM {table}
            WHERE members <> bit_count(bits) GROUP BY {key}
            """,
        ),
    ]


CHECKS = [*_checks("level", ON_LEVELS), *_checks("segment", IN_SEGMENTS)]


def findings() -> Iterator[Finding]:
    """Where crowds and customers differ; `rebuild_crowds` mends it. Reads only; asked in a snapshot it is exact."""
    return run(CHECKS)
