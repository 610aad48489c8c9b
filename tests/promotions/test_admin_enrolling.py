"""Enrolling a customer by hand, from the customer's page."""

import pytest

from promotions.models import Enrolment, Promotion
from tests.backoffice import chief, desk, trail
from tests.builders import AT, customer, later
from tests.promotions.builders import enrol, promotion, turns

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

RIGHT = "promotions.add_enrolment"


def page(who) -> str:
    return f"/admin/promotions/promotion/of/{who.pk}/"


def refusal(answer) -> list[str]:
    return answer.context["form"].non_field_errors()


def test_a_customer_is_enrolled_from_now_on():
    who, visits = customer(first_name="Anna"), promotion()
    answer = desk("customers.view_customer", RIGHT).post(page(who), {"promotion": visits.pk})

    made = Enrolment.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/admin/customers/customer/{who.pk}/change/")
    assert (made.customer, made.promotion, made.enrolled_at, made.source) == (who, visits, AT, "admin")
    assert trail()[-1] == "maria: customer enrolled"


def test_a_promotion_that_takes_nobody_says_so():
    who, later_on = customer(), promotion(starts_at=later(1))
    answer = chief().post(page(who), {"promotion": later_on.pk})

    assert refusal(answer) == ["This promotion takes nobody at the moment: look at its status, its dates and its kind."]
    assert turns(later_on) == []


def test_more_often_than_the_promotion_allows_is_refused():
    who, once = customer(), promotion(enrolment_limit=1)
    enrol(once, who)

    assert refusal(chief().post(page(who), {"promotion": once.pk})) == [
        "The customer has been enrolled in it as often as it allows."
    ]
    assert turns(once) == [(1, "running")]


def test_a_blocked_customer_is_refused():
    who, visits = customer(status="blocked"), promotion()

    assert refusal(chief().post(page(who), {"promotion": visits.pk})) == ["A blocked customer is enrolled in nothing."]
    assert turns(visits) == []


def test_an_erased_customer_is_not_there():
    assert chief().get(page(customer(status="erased"))).status_code == 404


@pytest.mark.once("sqlite")
def test_who_may_not_enrol_is_not_asked_to():
    who, visits = customer(), promotion()
    staff = desk("promotions.change_promotion", "promotions.change_enrolment")

    assert staff.get(page(who)).status_code == 403
    assert staff.post(page(who), {"promotion": visits.pk}).status_code == 403
    assert (turns(visits), Promotion.objects.count()) == ([], 1)
