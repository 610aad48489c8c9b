"""What staff change about programs and promotions."""

import pytest
from django.db import IntegrityError, transaction

from loyalty_site.access.models import AuditEntry
from promotions import services
from promotions.errors import DatesInDisorder, PromotionNotFound
from promotions.models import Promotion
from promotions.states import State, state_of
from tests.builders import AT, SHOP, customer, later
from tests.promotions.builders import enrol, promotion

pytestmark = pytest.mark.django_db


def test_a_promotion_is_created_with_its_audit_entry():
    made = promotion(name="Five visits")

    told = AuditEntry.objects.get(action="promotion created")
    assert (told.object_id, told.after["name"], told.after["status"]) == (str(made.pk), "Five visits", "ACTIVE")


def test_a_promotion_does_not_end_before_it_starts():
    with pytest.raises(DatesInDisorder), transaction.atomic():
        promotion(starts_at=AT, ends_at=AT)
    assert not Promotion.objects.exists()


def test_a_change_tells_only_what_differs():
    made = promotion(name="Five visits", enrolment_limit=1)

    services.change_promotion(made.pk, {"name": "Five visits", "enrolment_limit": 3}, actor=SHOP["actor"], at=later(1))

    made.refresh_from_db()
    assert (made.enrolment_limit, made.updated_at) == (3, later(1))
    told = AuditEntry.objects.get(action="promotion changed")
    assert (told.before, told.after) == ({"enrolment_limit": 1}, {"enrolment_limit": 3})


def test_a_change_to_what_is_so_already_leaves_no_trace():
    made = promotion()
    services.set_status(made.pk, Promotion.Status.ACTIVE, **SHOP)
    assert not AuditEntry.objects.filter(action="promotion changed").exists()


def test_a_change_that_would_disorder_the_dates_is_refused():
    made = promotion(starts_at=AT, ends_at=later(3))

    with pytest.raises(DatesInDisorder), transaction.atomic():
        services.change_promotion(made.pk, {"ends_at": later(-1)}, **SHOP)

    made.refresh_from_db()
    assert made.ends_at == later(3)


def test_an_unknown_promotion_is_not_changed():
    with pytest.raises(PromotionNotFound):
        services.set_status(4711, Promotion.Status.PAUSED, **SHOP)


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, State.OPEN),
        ({"ends_at": None}, State.OPEN),
        ({"status": Promotion.Status.DRAFT}, State.DRAFT),
        ({"status": Promotion.Status.PAUSED, "ends_at": later(-1), "starts_at": later(-2)}, State.PAUSED),
        ({"status": Promotion.Status.CANCELLED}, State.CANCELLED),
        ({"starts_at": later(1)}, State.SCHEDULED),
        ({"starts_at": later(-2), "ends_at": AT}, State.ENDED),
    ],
)
def test_where_a_promotion_stands(fields, state):
    assert state_of(promotion(**fields), AT) == state


def test_lists_count_enrolments_in_one_query(django_assert_num_queries):
    into = promotion(enrolment_limit=2, valid_days=1)
    promotion()
    for _ in range(3):
        enrol(into, customer())

    with django_assert_num_queries(1):
        counted = {row.pk: (row.enrolments_made, row.enrolments_running) for row in Promotion.objects.with_counts(AT)}

    assert sorted(counted.values()) == [(0, 0), (3, 3)]
    assert Promotion.objects.with_counts(later(9)).get(pk=into.pk).enrolments_running == 0


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "odd"},
        {"kind": "odd"},
        {"enrolment_limit": 0},
        {"enrolment_limit": 101},
        {"valid_days": 0},
        {"ends_at": later(-9)},
    ],
)
def test_the_database_refuses_a_promotion_that_cannot_be(fields):
    made = promotion()
    with pytest.raises(IntegrityError), transaction.atomic():
        Promotion.objects.filter(pk=made.pk).update(**fields)
