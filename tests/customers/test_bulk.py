"""Blocking many customers and moving them between segments, and taking that back."""

from uuid import uuid4

import pytest

from customers import services as customer_services
from customers.bulk.segments import PUT_INTO, TAKE_OUT_OF
from customers.bulk.status import ACTIVATE, BLOCK
from customers.crowds.models import SegmentCrowd
from customers.models import Customer, Segment
from customers.segment_moves import put_in, take_out
from customers.verify import findings
from loyalty_site.access.actors import Actor
from loyalty_site.access.models import AuditEntry
from loyalty_site.bulk import services
from loyalty_site.bulk.actions import Action, Order
from loyalty_site.bulk.models import BulkChange
from tests.builders import SHOP, STAFF, customer, later

pytestmark = pytest.mark.django_db

ANNA = {"actor": Actor("user", str(uuid4()), "Anna"), "at": later(1)}
Status = Customer.Status


def do(action: Action, **data) -> BulkChange:
    order = Order(reason="Fraud", data=data, **SHOP)
    return services.begin(action, Customer.objects.all(), order)


def undo(change: BulkChange) -> BulkChange:
    return services.undo(change.pk, actor=STAFF, at=later(2))


def statuses() -> list[str]:
    return list(Customer.objects.order_by("first_name").values_list("status", flat=True))


@pytest.fixture
def people() -> list[Customer]:
    kinds = [Status.NEW, Status.ACTIVE, Status.BLOCKED, Status.ERASED]
    return [customer(first_name=f"C{n}", status=status) for n, status in enumerate(kinds)]


def test_those_who_are_not_blocked_are_and_become_what_they_were(people):
    found = BLOCK.weigh(Customer.objects.all(), Order(**SHOP))
    assert (found.changed, found.left) == (2, {"same": 1, "gone": 1})
    change = do(BLOCK)
    assert (change.changed, change.left, statuses()) == (2, found.left, ["blocked", "blocked", "blocked", "erased"])

    assert (undo(change).restored, statuses()) == (2, ["new", "active", "blocked", "erased"])
    told = AuditEntry.objects.filter(action="customer status changed", reason="Fraud")
    assert sorted(told.values_list("batch", flat=True)) == [f"bulk:{change.pk}"] * 2 + [f"undo:{change.pk}"] * 2


def test_who_was_activated_and_blocked_again_meanwhile_stays_blocked(people):
    change = do(BLOCK)
    for status in (Status.ACTIVE, Status.BLOCKED):
        customer_services.change_status(people[0].pk, status, **ANNA)
    customer_services.change(people[1].pk, {"city": "Gdynia"}, **ANNA)
    done = undo(change)

    assert (done.restored, done.kept, statuses()[:2]) == (1, {"touched": 1}, ["blocked", "active"])
    assert done.rows.get(state="kept").who == "Anna"


def test_activating_leaves_who_is_active(people):
    change = do(ACTIVATE)

    assert (change.changed, change.left) == (2, {"same": 1, "gone": 1})
    assert statuses() == ["active", "active", "active", "erased"]


@pytest.fixture
def vip() -> Segment:
    return Segment.objects.create(name="VIP")


def members(segment: Segment) -> list[str]:
    """By the memberships, which the crowd tells as well."""
    assert sum(SegmentCrowd.objects.filter(segment=segment).values_list("members", flat=True)) == (
        segment.memberships.count()
    )
    return sorted(segment.memberships.values_list("customer__first_name", flat=True))


def test_customers_come_into_a_segment_and_leave_it_again(people, vip):
    put_in(vip.pk, [people[0].pk], **SHOP)
    data = {"segment": str(vip.pk), "name": "VIP"}
    found = PUT_INTO.weigh(Customer.objects.all(), Order(data=data, **SHOP))
    assert (found.changed, found.left) == (2, {"same": 1, "gone": 1})
    change = do(PUT_INTO, **data)
    assert (change.changed, change.left, members(vip)) == (2, found.left, ["C0", "C1", "C2"])
    assert str(change) == "Put into a segment: VIP"

    assert (undo(change).restored, members(vip)) == (2, ["C0"])
    assert list(findings()) == []


def test_who_left_and_came_back_meanwhile_stays_in(people, vip):
    change = do(PUT_INTO, segment=str(vip.pk), name="VIP")
    take_out(vip.pk, [people[0].pk], **ANNA)
    put_in(vip.pk, [people[0].pk], **ANNA)
    take_out(vip.pk, [people[1].pk], **ANNA)
    done = undo(change)

    assert (done.restored, done.kept, members(vip)) == (1, {"touched": 2}, ["C0"])


def test_who_was_taken_out_is_put_back(people, vip):
    put_in(vip.pk, [one.pk for one in people[:2]], **SHOP)
    change = do(TAKE_OUT_OF, segment=str(vip.pk), name="VIP")
    assert (change.changed, change.left, members(vip)) == (2, {"same": 1, "gone": 1}, [])

    assert (undo(change).restored, members(vip)) == (2, ["C0", "C1"])
    assert list(findings()) == []


def test_nothing_is_restored_into_a_segment_that_was_deleted(people, vip):
    change = do(PUT_INTO, segment=str(vip.pk), name="VIP")
    vip.delete()
    done = undo(change)

    assert (done.restored, done.kept) == (0, {"gone": 3})


def test_each_customer_has_an_entry_of_the_move(people, vip):
    put_in(vip.pk, [one.pk for one in people], reason="Spends much", **SHOP)
    take_out(vip.pk, [people[0].pk], **SHOP)

    told = AuditEntry.objects.filter(action__contains="segment").order_by("id")
    assert [(entry.action, entry.object_id) for entry in told if entry.object_id == str(people[0].pk)] == [
        ("customer put into segment", str(people[0].pk)),
        ("customer taken out of segment", str(people[0].pk)),
    ]
    assert (told.count(), told[0].after, told[0].reason) == (4, {"segment": str(vip.pk)}, "Spends much")
