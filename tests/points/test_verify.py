"""The proof that the books of points tie finds nothing in right books, and every kind of error in wrong ones."""

import pytest

from loyalty_site.days import day_of
from loyalty_site.findings import Finding
from points import services
from points.models import Transfer
from points.totals.counting import BY_DAY
from points.verify import CHECKS, findings
from tests.builders import AT, customer, earn, later, note, spend
from tests.lively import lively_world
from tests.points.staff import adjust, person
from tests.walls import plant

pytestmark = pytest.mark.django_db

LAST = "id = (SELECT id FROM points_transfer ORDER BY sequence DESC LIMIT 1)"

# Each error, and the rules it breaks.
ERRORS = {
    "a bucket was filled": (
        ["UPDATE points_bucket SET points = points + 1 WHERE expires_on = '2026-03-11'"],
        {"the balance is what the buckets hold", "each bucket holds what the movements put there"},
    ),
    "points went from one bucket to another": (
        [
            "UPDATE points_bucket SET points = points + 1 WHERE expires_on = '2026-03-11'",
            "UPDATE points_bucket SET points = points - 1 WHERE expires_on = '2026-03-12'",
        ],
        {"each bucket holds what the movements put there"},
    ),
    "a balance was raised": (
        ["UPDATE points_account SET balance = balance + 1, earned = earned + 1"],
        {
            "the balance is what the buckets hold",
            "the balance is the sum of the movements",
            "the balance is that of the last movement",
            "what was earned is in the ledger",
        },
    ),
    "a balance and its bucket were raised": (
        [
            "UPDATE points_account SET balance = balance + 1, earned = earned + 1 WHERE sequence > 1",
            "UPDATE points_bucket SET points = points + 1 WHERE expires_on = '2026-03-11'",
        ],
        {
            "the balance is the sum of the movements",
            "the balance is that of the last movement",
            "what was earned is in the ledger",
            "each bucket holds what the movements put there",
        },
    ),
    "a total was changed": (
        ["UPDATE points_account SET earned = earned + 1, spent = spent + 1"],
        {"what was earned is in the ledger", "what was spent is in the ledger"},
    ),
    "another total was changed": (
        ["UPDATE points_account SET expired = expired + 1, spent = spent - 1"],
        {"what expired is in the ledger", "what was spent is in the ledger"},
    ),
    "the last movement was removed": (
        [f"DELETE FROM points_transfer WHERE {LAST}"],
        {
            "the balance is the sum of the movements",
            "as many movements as were counted",
            "movements are counted without a gap",
            "what was spent is in the ledger",
            "each bucket holds what the movements put there",
        },
    ),
    "a movement was renumbered": (
        [f"UPDATE points_transfer SET sequence = sequence + 1 WHERE {LAST}"],
        {"movements are counted without a gap"},
    ),
    "a movement was made larger": (
        [f"UPDATE points_transfer SET points = points - 1 WHERE {LAST}"],
        {
            "the balance is the sum of the movements",
            "what was spent is in the ledger",
            "each movement goes on from the one before",
            "a movement is the sum of its buckets' changes",
        },
    ),
    "the balance after a movement was changed": (
        ["UPDATE points_transfer SET balance_after = balance_after + 1 WHERE sequence = 2"],
        {"each movement goes on from the one before"},
    ),
    "the buckets of a movement were forgotten": (
        ["UPDATE points_transfer SET buckets = '[]' WHERE sequence = 1"],
        {
            "a movement is the sum of its buckets' changes",
            "each bucket holds what the movements put there",
            "an addition's last day is that of its bucket",
        },
    ),
    "an addition was given another last day": (
        ["UPDATE points_transfer SET expires_on = '2026-03-13' WHERE sequence = 3"],
        {"an addition's last day is that of its bucket"},
    ),
    "a correction was turned to another movement": (
        [
            "UPDATE points_transfer SET corrects_id = (SELECT id FROM points_transfer WHERE sequence = 2)"
            " WHERE kind = 'reverse'"
        ],
        {"a correction fits what it corrects"},
    ),
    "a settled day was counted wrong": (
        ["UPDATE points_ledgertotal SET points = points + 1 WHERE kind = 'earn'"],
        {"a settled day's totals are those of the ledger"},
    ),
    "a cancellation was turned to another movement": (
        [
            "UPDATE points_transfer SET corrects_id = (SELECT id FROM points_transfer WHERE kind = 'spend')"
            " WHERE kind = 'cancel'"
        ],
        {"a correction fits what it corrects"},
    ),
    "an adjustment was made larger": (
        ["UPDATE points_adjustment SET points = points + 1"],
        {"an adjustment moved what was asked for"},
    ),
}


@pytest.fixture
def jane():
    """One account with every kind of movement; the last is a spending; one was adjusted beside it. A day is counted."""
    adjust(customer(), 3, person())
    who = customer()
    earn(who, 4, valid=1)
    earn(who, 30, valid=9)
    earn(who, 20, valid=10)
    services.cancel(earn(who, 5, valid=10).pk, at=AT, note=note())
    services.expire(at=later(2))
    services.reverse(services.deduct(who.pk, 3, at=later(2), note=note()).pk, at=later(2), note=note())
    spend(who, 7, at=later(3))
    BY_DAY.count(day_of(AT), at=later(3))
    return who


def broken() -> set[str]:
    return {finding.check for finding in findings()}


def test_a_lively_world_ties():
    lively_world()
    assert set(Transfer.objects.values_list("kind", flat=True)) == set(Transfer.Kind)
    assert list(findings()) == []


def test_an_empty_world_ties():
    assert list(findings()) == []


@pytest.mark.parametrize("error", ERRORS)
def test_an_error_is_found(jane, error):
    assert list(findings()) == []
    statements, rules = ERRORS[error]

    plant(*statements)

    assert broken() == rules


def test_every_check_finds_an_error():
    assert set().union(*(rules for _, rules in ERRORS.values())) == {check.rule for check in CHECKS}


def test_a_finding_names_the_row_and_what_was_expected(jane):
    customer(points=10)
    plant("UPDATE points_bucket SET points = points + 1 WHERE expires_on = '2026-03-11'")

    first = next(findings())

    assert first == Finding("the balance is what the buckets hold", f"account {jane.pk}", 44, 43)


def test_a_movement_is_named_by_its_id(jane):
    movement = Transfer.objects.get(sequence=2)
    plant("UPDATE points_transfer SET balance_after = balance_after + 1 WHERE sequence = 2")

    found = list(findings())

    rule, following = "each movement goes on from the one before", Transfer.objects.get(sequence=3)
    assert sorted(found, key=lambda finding: finding.expected) == [
        Finding(rule, f"transfer {movement.pk}", 34, 35),
        Finding(rule, f"transfer {following.pk}", 55, 54),
    ]


def test_an_addition_that_lasts_another_day_is_told_with_both(jane):
    movement = Transfer.objects.get(sequence=2)
    plant("UPDATE points_transfer SET expires_on = '2026-03-13' WHERE sequence = 2")

    rule = "an addition's last day is that of its bucket"
    assert list(findings()) == [Finding(rule, f"transfer {movement.pk}", "2026-03-11", "2026-03-13")]
