"""`manage.py verify_ledger`: one line of JSON for each finding, a summary, and an exit code that monitoring sees."""

import json
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from loyalty_site.findings import Finding
from tests.books import books
from tests.builders import buy, campaign, customer, earn, later
from tests.bursts import burst
from tests.lively import lively_world
from tests.walls import plant

pytestmark = pytest.mark.django_db(transaction=True)
CHECKED = [
    "customers.verify.findings",
    "points.verify.findings",
    "campaigns.verify.findings",
    "promotions.verify.findings",
]


def verify() -> tuple[int, list[dict]]:
    """The command's exit code and its lines."""
    out, code = StringIO(), 0
    try:
        call_command("verify_ledger", stdout=out)
    except CommandError as error:
        code = error.returncode
    return code, [json.loads(line) for line in out.getvalue().splitlines()]


def test_books_that_tie_are_passed():
    lively_world()
    before = books()

    assert verify() == (0, [{"checked": CHECKED, "findings": 0}])

    assert books() == before


def test_books_that_do_not_are_told_of_line_by_line():
    who = customer(points=10)
    reward = campaign(["A"])
    buy(reward, who, at=later(hours=1))
    plant("UPDATE points_bucket SET points = points + 1", "UPDATE campaigns_purchase SET cost_in_points = 9")
    before = books()

    code, lines = verify()

    purchase = reward.purchases.get()
    assert code == 1
    assert lines == [
        {
            "check": "the balance is what the buckets hold",
            "subject": f"account {who.pk}",
            "expected": 1,
            "found": 0,
        },
        {
            "check": "each bucket holds what the movements put there",
            "subject": f"account {who.pk}",
            "expected": 0,
            "found": 1,
        },
        {
            "check": "a purchase is paid by its customer, with its cost",
            "subject": f"purchase {purchase.pk}",
            "expected": 9,
            "found": 10,
        },
        {"checked": CHECKED, "findings": 3},
    ]
    assert books() == before


def meanwhile() -> Iterator[Finding]:
    """A check during which somebody else earns and buys."""
    found = burst([lambda: buy(campaign(["A"]), customer(points=10))])
    assert found == ["A"]
    yield from ()


def test_what_happens_meanwhile_is_neither_seen_nor_held_up(settings):
    earn(customer(), 5)
    between = f"{__name__}.{meanwhile.__name__}"
    settings.LEDGER_CHECKS = [*CHECKED, between, *CHECKED]
    assert verify() == (0, [{"checked": settings.LEDGER_CHECKS, "findings": 0}])
    assert len(books()["Purchase"]) == 1


@pytest.mark.parametrize("total", [1, 2])
def test_a_check_that_fails_is_no_clean_bill(settings, total):
    settings.LEDGER_CHECKS = [*CHECKED[:total], "points.verify.nothing_of_that_name"]
    with pytest.raises(ImportError):
        verify()
