"""Many rows are done and undone while others buy, and undo the same."""

import pytest

from campaigns.bulk.shelving import RELEASE, WITHDRAW
from campaigns.errors import NoCouponsLeft
from campaigns.models import Coupon
from campaigns.verify import findings
from loyalty_site.bulk import services
from loyalty_site.bulk.actions import Order
from loyalty_site.bulk.errors import NotUndoable
from loyalty_site.bulk.models import BulkChange
from loyalty_site.jobs.models import Job
from loyalty_site.outages import retried
from tests.builders import SHOP, STAFF, buy, campaign, customer, later
from tests.bursts import burst, many
from tests.jobs import work_off
from tests.stops import Stop

pytestmark = pytest.mark.django_db(transaction=True)

ORDER = Order(**SHOP)


def undo(change: BulkChange) -> BulkChange:
    return retried(lambda: services.undo(change.pk, actor=STAFF, at=later(2)))


def test_what_is_undone_by_many_at_once_is_undone_once():
    campaign([f"C{n}" for n in range(9)], unlimited=True)
    change = services.begin(WITHDRAW, Coupon.objects.all(), ORDER)
    results = burst([lambda: undo(change)] * 4, refusals=NotUndoable)

    assert sorted(type(result).__name__ for result in results) == ["BulkChange"] + ["NotUndoable"] * 3
    change.refresh_from_db()
    assert (change.restored, change.kept) == (9, {})
    assert list(findings()) == []


def test_codes_that_are_bought_while_their_release_is_undone_stay_sold():
    reward = campaign([f"C{n}" for n in range(6)], unlimited=True)
    services.begin(WITHDRAW, Coupon.objects.all(), ORDER)
    change = services.begin(RELEASE, Coupon.objects.all(), ORDER)
    buyers = [customer(points=10) for _ in range(many(8))]
    sales = [lambda who=who: retried(lambda: buy(reward, who)) for who in buyers]
    *results, _ = burst([*sales, lambda: undo(change)], refusals=NoCouponsLeft)

    sold = [result for result in results if isinstance(result, str)]
    change.refresh_from_db()
    assert (change.restored, sum(change.kept.values())) == (6 - len(sold), len(sold))
    assert list(findings()) == []


@pytest.mark.postgresql_only
def test_who_waits_for_another_to_have_it_undone_by_a_job_begins_no_second_one(monkeypatch):
    campaign(["A", "B"], unlimited=True)
    change = services.begin(WITHDRAW, Coupon.objects.all(), ORDER)
    stop = Stop()
    monkeypatch.setattr(services, "AT_ONCE", 1)
    monkeypatch.setattr(services, "enqueue", stop.after(services.enqueue))
    first, second = burst([lambda: undo(change), stop.meanwhile(lambda: undo(change))], refusals=NotUndoable)
    work_off()

    assert (type(first), type(second)) == (BulkChange, NotUndoable)
    assert list(Job.objects.filter(kind="bulk.undo").values_list("state", flat=True)) == ["done"]
