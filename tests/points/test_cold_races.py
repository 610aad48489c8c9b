"""Calls that wait are each done once, by however many workers."""

from datetime import date

import pytest

from loyalty_site.cold.models import ColdCall
from loyalty_site.cold.services import do_next
from points import cold
from points.models import Transfer
from tests.builders import AT, balance, customer, note
from tests.bursts import burst
from tests.callers import partner


def work() -> int:
    """Do all that waits. Returns how many calls."""
    done = 0
    while do_next(AT):
        done += 1
    return done


@pytest.mark.django_db(transaction=True)
def test_many_workers_do_each_call_once():
    who, by = customer(), partner("Brame", per_customer_day=300)
    for _ in range(12):
        cold.queue(by.pk, who.pk, 30, at=AT, note=note(), expires_on=date(2026, 7, 2))
    assert sum(burst([work] * 4)) == 12
    assert (balance(who), Transfer.objects.count()) == (300, 10)
    assert list(ColdCall.objects.values_list("refusal", flat=True)) == ["CeilingReached"] * 2
