"""Is every turn counted and only the last one running? Rules that hold at every moment, asked of all at once."""

from collections.abc import Iterator

from loyalty_site.findings import Check, Finding, run

CHECKS = [
    Check(
        rule="a customer's turns are the enrolments made",
        subject="participation",
        query="""
            SELECT p.id, p.turns, COUNT(e.id) FROM promotions_participation p
            LEFT JOIN promotions_enrolment e ON e.promotion_id = p.promotion_id AND e.customer_id = p.customer_id
            GROUP BY p.id, p.turns HAVING COUNT(e.id) <> p.turns OR MAX(e.turn) <> p.turns
        """,
    ),
    Check(
        rule="every enrolment is counted",
        subject="enrolment",
        query="""
            SELECT e.id, 1, 0 FROM promotions_enrolment e
            WHERE NOT EXISTS (SELECT 1 FROM promotions_participation p
                              WHERE p.promotion_id = e.promotion_id AND p.customer_id = e.customer_id)
        """,
    ),
    Check(
        rule="revoked turns are the revoked enrolments",
        subject="participation",
        query="""
            SELECT p.id, p.revoked, COUNT(e.id) FROM promotions_participation p
            LEFT JOIN promotions_enrolment e ON e.promotion_id = p.promotion_id AND e.customer_id = p.customer_id
                 AND e.state = 'revoked'
            GROUP BY p.id, p.revoked HAVING COUNT(e.id) <> p.revoked
        """,
    ),
    Check(
        rule="only a customer's last turn is running",
        subject="enrolment",
        query="""
            SELECT e.id, p.turns, e.turn FROM promotions_enrolment e
            JOIN promotions_participation p ON p.promotion_id = e.promotion_id AND p.customer_id = e.customer_id
            WHERE e.state = 'running' AND e.turn <> p.turns
        """,
    ),
]


def findings() -> Iterator[Finding]:
    return run(CHECKS)
