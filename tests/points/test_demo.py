"""The documented movements of the demo data. Rule: Open Loyalty's sample data, which its clients name."""

from datetime import timedelta

import pytest

from customers import demo as customers_demo
from loyalty_site.access import demo as access_demo
from points import demo
from points.history import corrected_among, movements, state_of
from points.models import Account, Transfer
from points.verify import findings
from tests.builders import AT

pytestmark = pytest.mark.django_db

JANE, JOHN = customers_demo.JANE, customers_demo.JOHN


def silent(line: str) -> None:
    pass


@pytest.fixture
def loaded():
    for part in (access_demo, customers_demo, demo):
        part.load(silent, AT)


def told(who, at=AT):
    """The last digits of the id, type, size and state of each movement, in the order of the ledger."""
    rows = list(movements().filter(account=who).order_by("sequence"))
    corrected = corrected_among(rows)
    return [
        (str(row.pk)[-3:], row.kind, row.value, state_of(row, at, corrected=row.pk in corrected).value) for row in rows
    ]


def test_janes(loaded):
    assert told(JANE) == [
        ("111", "earn", 100, "expired"),
        ("433", "earn", 100, "active"),
        ("222", "earn", 100, "active"),
        ("333", "spend", 100, "active"),
        ("522", "earn", 6, "active"),
    ]
    account = Account.objects.get(pk=JANE)
    assert (account.balance, account.spent, account.expired) == (206, 100, 0)


def test_johns(loaded):
    assert told(JOHN) == [("211", "earn", 100, "active"), ("511", "earn", 6, "active")]
    assert Account.objects.get(pk=JOHN).balance == 106


def test_they_stay_so_for_a_year(loaded):
    year_on = AT + timedelta(days=366)
    assert (told(JANE, year_on), told(JOHN, year_on)) == (told(JANE), told(JOHN))
    spendable = Account.objects.with_spendable(year_on).in_bulk([JANE, JOHN])
    assert (spendable[JANE].spendable, spendable[JOHN].spendable) == (206, 106)


def test_the_books_tie(loaded):
    assert list(findings()) == []


def test_loading_again_changes_nothing(loaded):
    before = Transfer.objects.count()
    demo.load(silent, AT)
    assert Transfer.objects.count() == before == len(demo.MOVEMENTS)
