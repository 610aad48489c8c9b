"""Points for a customer whom the body names. Rule: RBI, guides for Braze, "assign-points"."""

import pytest

from loyalty_site.access.partner_models import Partner
from points.models import Transfer
from tests.builders import balance, buckets, customer
from tests.rbi import USER_NOT_FOUND, invalid, rbi_partner

pytestmark = pytest.mark.django_db

NOBODY = "00000000-0000-474c-b092-000000000000"
KEY = {"Idempotency_Key": "game-17"}


PATH = "/bulk-action/hot/assign-points"


def sent(who, **fields):
    return {"userId": str(who.pk), "pointsEarned": 30, "source": "braze"} | fields


def test_points_by_id(brame):
    who = customer()
    status, answer = brame.post(PATH, sent(who, reference="Welcome"))
    movement = Transfer.objects.get()
    assert (status, answer) == (200, {"traceId": str(movement.pk)})
    assert (movement.account_id, movement.points, movement.channel) == (who.pk, 30, "partner")
    assert (movement.partner, movement.comment, movement.reference) == ("Partner", "braze", "Welcome")
    assert buckets(who) == {122: 30}


def test_points_by_email_in_any_case(brame):
    who = customer(email="Ann@Example.com")
    assert brame.post(PATH, {"email": "aNN@example.com", "pointsEarned": 3, "source": "braze"})[0] == 200
    assert balance(who) == 3


def test_the_id_wins(brame):
    who, another = customer(), customer(email="ann@example.com")
    assert brame.post(PATH, sent(who, email="ann@example.com"))[0] == 200
    assert (balance(who), hasattr(another, "account")) == (30, False)


@pytest.mark.parametrize("named", [{"userId": NOBODY}, {"email": "nobody@example.com"}, {"email": "no mail"}])
def test_nobody(named, brame):
    assert brame.post(PATH, {"pointsEarned": 3, "source": "braze"} | named) == USER_NOT_FOUND
    assert not Transfer.objects.exists()


def test_an_erased_user_is_nobody(brame):
    customer(email="ann@example.com", status="erased")
    told = brame.post(PATH, {"email": "ann@example.com", "pointsEarned": 3, "source": "braze"})
    assert told == USER_NOT_FOUND


def test_all_that_is_wrong(brame):
    assert brame.post(PATH, {"pointsEarned": 0, "source": " "}) == invalid(
        userId="is required, or email",
        pointsEarned="must be from 1 to 2147483647",
        source="must not be blank",
    )


def test_a_ceiling():
    bound, who = rbi_partner("Bound", "Bound", per_call=29), customer()
    status, body = bound.post(PATH, sent(who))
    assert (status, body["code"]) == (400, "RulesError")
    assert not Transfer.objects.exists()


def test_a_partner_without_a_name_in_calls_signs_with_its_id():
    nameless = rbi_partner("Nameless", "")
    nameless.post(PATH, sent(customer()))
    assert Transfer.objects.get().partner == str(Partner.objects.get(name="Nameless").pk)


def test_a_repeat(brame):
    who = customer()
    first = brame.post(PATH, sent(who), **KEY)
    assert brame.post(PATH, sent(who), **KEY) == first
    assert balance(who) == 30
