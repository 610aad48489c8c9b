"""Reading a long table from end to end, in steps."""

from datetime import timedelta

import pytest

from loyalty_site.access.models import AuditEntry
from loyalty_site.walking import latest_first
from tests.builders import AT
from tests.statements import statements

pytestmark = pytest.mark.django_db


def entries(*minutes):
    made = [AuditEntry(at=AT + timedelta(minutes=minute), actor="system", action="a") for minute in minutes]
    return AuditEntry.objects.bulk_create(made)


def walked(step, rows=None):
    found = latest_first(AuditEntry.objects.all() if rows is None else rows, "at", step=step)
    return [[entry.pk for entry in batch] for batch in found]


@pytest.mark.parametrize("step", [1, 2, 3, 4, 5, 6, 9])
def test_every_row_comes_once_the_latest_first(step):
    a, b, c, d, e = (entry.pk for entry in entries(0, 7, 7, 7, 3))
    batches = walked(step)
    assert [pk for batch in batches for pk in batch] == [d, c, b, e, a]
    assert {len(batch) for batch in batches[:-1]} <= {step}


def test_rows_as_named_tuples():
    a, b, c = entries(0, 1, 2)
    rows = AuditEntry.objects.values_list("pk", "at", named=True)
    assert walked(2, rows) == [[c.pk, b.pk], [a.pk]]


def test_no_rows():
    assert walked(2) == []


def test_only_the_rows_that_were_asked_for():
    a, _, c = entries(0, 1, 2)
    AuditEntry.objects.bulk_create([AuditEntry(at=AT, actor="other", action="a")])
    assert walked(1, AuditEntry.objects.filter(actor="system", at__in=[a.at, c.at])) == [[c.pk], [a.pk]]


def test_a_row_that_is_added_meanwhile_is_not_seen():
    old = entries(0, 1, 2)
    batches = latest_first(AuditEntry.objects.all(), "at", step=2)
    seen = next(batches)
    entries(5)
    seen += next(batches)
    assert [entry.pk for entry in seen] == [entry.pk for entry in reversed(old)]


def test_each_step_is_one_statement():
    entries(*range(5))
    batches = latest_first(AuditEntry.objects.all(), "at", step=2)
    with statements() as seen:
        next(batches)
    assert len(seen) == 1
    with statements() as seen:
        assert [len(batch) for batch in batches] == [2, 1]
    assert len(seen) == 2
