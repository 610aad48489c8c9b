"""Enrolling: limits, replacement, how long an enrolment runs, and taking it back."""

from datetime import UTC, datetime

import pytest
from django.db import transaction

from customers.models import Customer
from loyalty_site.access.models import AuditEntry
from promotions import services
from promotions.errors import (
    CustomerMayNotEnrol,
    EnrolmentEnded,
    EnrolmentLimitReached,
    EnrolmentNotFound,
    PromotionNotOpen,
)
from promotions.models import Enrolment, Participation, Promotion
from promotions.verify import findings
from tests.builders import AT, SHOP, STAFF, customer, later
from tests.promotions.builders import enrol, promotion, turns
from tests.statements import either, statements

pytestmark = pytest.mark.django_db


def test_an_enrolment_is_the_customers_first_turn():
    into, who = promotion(), customer()

    made = enrol(into, who)

    found = Enrolment.objects.get()
    assert (found.pk, found.promotion, found.customer, found.turn) == (made.pk, into, who, 1)
    assert (found.state, found.enrolled_at, found.source) == ("running", AT, "INSTORE")
    assert (found.actor, found.actor_label) == (STAFF.key, "Maria Staff")


def test_issual_numbers_differ_and_grow():
    into, ann, bob = promotion(), customer(), customer()
    assert enrol(into, ann).pk < enrol(into, bob).pk


def test_a_second_enrolment_beyond_the_limit_is_refused_and_changes_nothing():
    into, who = promotion(enrolment_limit=1), customer()
    enrol(into, who)

    with pytest.raises(EnrolmentLimitReached, match="limit=1"), transaction.atomic():
        enrol(into, who, at=later(1))

    assert turns(into) == [(1, "running")]


def test_the_limit_is_each_customers_own():
    into, ann, bob = promotion(enrolment_limit=1), customer(), customer()
    enrol(into, ann)
    assert enrol(into, bob).turn == 1


def test_a_repeat_within_the_limit_replaces_the_running_enrolment():
    into, who = promotion(enrolment_limit=2), customer()
    first = enrol(into, who)

    second = enrol(into, who, at=later(1))

    assert second.pk != first.pk
    assert turns(into) == [(1, "replaced"), (2, "running")]


def test_a_repeat_leaves_other_promotions_and_customers_alone():
    into, other, ann, bob = promotion(enrolment_limit=2), promotion(), customer(), customer()
    enrol(other, ann)
    enrol(into, bob)
    enrol(into, ann)

    enrol(into, ann)

    assert turns(other) == [(1, "running")]
    assert list(into.enrolments.filter(customer=bob).values_list("state", flat=True)) == ["running"]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"status": Promotion.Status.DRAFT}, "draft"),
        ({"status": Promotion.Status.PAUSED}, "paused"),
        ({"status": Promotion.Status.CANCELLED}, "cancelled"),
        ({"starts_at": later(seconds=1)}, "scheduled"),
        ({"ends_at": AT}, "ended"),
        ({"kind": Promotion.Kind.LOYALTY}, "kind"),
        ({"kind": Promotion.Kind.GENERIC}, "kind"),
    ],
)
def test_nobody_is_enrolled_in_a_promotion_that_is_not_open(fields, reason):
    into = promotion(**fields)

    with pytest.raises(PromotionNotOpen) as refused, transaction.atomic():
        enrol(into, customer())

    assert refused.value.reason == reason
    assert not Enrolment.objects.exists()
    assert not Participation.objects.exists()


def test_a_promotion_is_open_from_its_first_moment():
    assert enrol(promotion(starts_at=AT), customer()).turn == 1


def test_a_blocked_customer_is_not_enrolled():
    into, who = promotion(), customer(status=Customer.Status.BLOCKED)

    with pytest.raises(CustomerMayNotEnrol), transaction.atomic():
        enrol(into, who)

    assert turns(into) == []


@pytest.mark.parametrize(
    ("fields", "ends_at"),
    [
        ({"ends_at": None, "valid_days": None}, None),
        ({"ends_at": later(30), "valid_days": None}, later(30)),
        ({"ends_at": None, "valid_days": 7}, datetime(2026, 3, 9, 22, 59, 59, 999_000, UTC)),
        ({"ends_at": later(3), "valid_days": 7}, later(3)),
        ({"ends_at": later(30), "valid_days": 28}, datetime(2026, 3, 30, 21, 59, 59, 999_000, UTC)),  # summer time
    ],
)
def test_an_enrolment_ends_after_its_days_and_with_the_promotion(fields, ends_at):
    enrol(promotion(**fields), customer())
    assert Enrolment.objects.get().ends_at == ends_at


def test_an_enrolment_says_so_in_the_audit_trail():
    into, who = promotion(), customer()
    enrol(into, who)

    told = AuditEntry.objects.get(action="customer enrolled")

    assert (told.object_type, told.object_id, told.actor) == ("promotion", str(into.pk), STAFF.key)
    assert told.after == {"customer": str(who.pk), "turn": 1, "source": "INSTORE"}


def test_revoking_ends_the_running_enrolment_and_frees_the_limit():
    into, who = promotion(enrolment_limit=1), customer()
    made = enrol(into, who)

    services.revoke(made.pk, **SHOP, reason="by mistake")
    enrol(into, who)

    assert turns(into) == [(1, "revoked"), (2, "running")]
    assert AuditEntry.objects.get(action="enrolment revoked").reason == "by mistake"
    with pytest.raises(EnrolmentLimitReached):
        enrol(into, who)


def test_only_a_running_enrolment_is_revoked():
    into, who = promotion(enrolment_limit=2), customer()
    first = enrol(into, who)
    enrol(into, who)

    with pytest.raises(EnrolmentEnded, match="state=replaced"), transaction.atomic():
        services.revoke(first.pk, **SHOP)

    assert turns(into) == [(1, "replaced"), (2, "running")]


def test_an_unknown_enrolment_is_not_revoked():
    with pytest.raises(EnrolmentNotFound):
        services.revoke(4711, **SHOP)


def test_running_enrolments_are_those_neither_over_nor_replaced():
    into, ann, bob = promotion(enrolment_limit=2, valid_days=1), customer(), customer()
    enrol(into, ann)
    last = enrol(into, ann, at=later(2))
    enrol(into, bob)

    assert list(Enrolment.objects.running_at(later(2))) == [last]


def test_a_first_enrolment_takes_few_statements():
    into, who = promotion(), customer()

    with statements() as seen:
        enrol(into, who)

    assert len(seen) == either(postgresql=2, sqlite=4), seen


def test_the_checks_find_nothing_after_ordinary_work():
    into, who = promotion(enrolment_limit=3), customer()
    enrol(into, who)
    services.revoke(enrol(into, who).pk, **SHOP)
    enrol(into, who)

    assert list(findings()) == []


def test_the_checks_find_a_turn_that_nobody_counted():
    into, who = promotion(enrolment_limit=3), customer()
    enrol(into, who)
    Participation.objects.update(turns=3, revoked=1)

    assert [(found.check, found.expected, found.found) for found in findings()] == [
        ("a customer's turns are the enrolments made", 3, 1),
        ("revoked turns are the revoked enrolments", 1, 0),
        ("only a customer's last turn is running", 3, 1),
    ]


def test_the_checks_find_an_enrolment_without_a_count():
    enrol(promotion(), customer())
    Participation.objects.all().delete()

    assert [found.check for found in findings()] == ["every enrolment is counted"]
