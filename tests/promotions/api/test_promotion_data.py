"""What a customer was enrolled in. Rule: Capillary, "Get promotion data of a specific customer"."""

import pytest

from promotions import services
from promotions.models import Promotion
from tests.builders import SHOP, customer, later
from tests.capillary import DATA, INVALID, MOBILE, NO_CUSTOMER, WRONG_NAME, WRONG_SOURCE, asked
from tests.promotions.builders import enrol, promotion

pytestmark = pytest.mark.django_db


@pytest.fixture
def tom():
    return customer(phone=MOBILE, number=98_662_653)


def data(client, **query):
    status, body = client.get(asked(DATA, **query))
    assert status == 200
    return body


def listed(client, **query):
    return [one["promotionId"] for one in data(client, **query)["promotions"]]


def only(client):
    (one,) = data(client)["promotions"]
    return one


def test_a_promotion_with_its_limit_and_what_is_used_up_of_it(client, tom):
    into = promotion(enrolment_limit=3, description="50 points", ends_at=later(30, milliseconds=7))
    for _ in range(2):
        enrol(into, tom)

    assert data(client) == {
        "pageDetails": {"pageNumber": 0, "pageSize": 100, "totalEntries": 1, "pageCount": 1},
        "customerId": 98_662_653,
        "promotions": [
            {
                "promotionId": into.pk,
                "promotionName": "Five visits",
                "programId": into.program_id,
                "startDate": "2026-03-01T12:00:00.000Z",
                "endDate": "2026-04-01T12:00:00.007Z",
                "identifier": str(into.pk),
                "description": "50 points",
                "active": True,
                "eventName": "TransactionAdd",
                "pointsOfferType": "LOYALTY_EARNING",
                "limits": {
                    "maxPointsPerEvent": "0",
                    "pointsPerCustomer": "0",
                    "numberOFTimesPerCustomer": 3,
                    "totalPointsInPromotion": "0",
                },
                "customerUsage": {
                    "currentPointsPerCustomer": "0",
                    "currentNumberOfTimesPerCustomer": 2,
                    "currentTotalPointsInPromotion": "0",
                },
                "promotionRestriction": {
                    "issualRestrictions": [
                        {
                            "kpi": "NUMBER_OF_ISSUALS",
                            "maxLimit": "3",
                            "currentCustomerUsage": "2",
                            "limitOn": "CUSTOMER",
                            "type": "NON_PERIOD_BASED",
                        }
                    ],
                    "earnRestrictions": [],
                    "redemptionRestrictions": [],
                },
            }
        ],
        "warnings": [],
    }


def test_nobody_elses_enrolments_are_shown(client, tom):
    enrol(promotion(), customer())
    assert (listed(client), data(client)["pageDetails"]["totalEntries"]) == ([], 0)


def test_a_revoked_enrolment_uses_up_nothing(client, tom):
    into = promotion(enrolment_limit=2)
    first = enrol(into, tom)
    services.revoke(first.pk, **SHOP)
    assert listed(client) == []
    enrol(into, tom)
    assert only(client)["customerUsage"]["currentNumberOfTimesPerCustomer"] == 1


@pytest.mark.parametrize(
    "fields", [{"status": Promotion.Status.PAUSED}, {"starts_at": later(1)}, {"ends_at": later(seconds=-1)}]
)
def test_a_promotion_that_takes_nobody_now_is_not_active(fields, client, tom):
    into = promotion()
    enrol(into, tom)
    Promotion.objects.filter(pk=into.pk).update(**fields)
    assert only(client)["active"] is False


def test_a_promotion_without_an_end_has_no_end_date(client, tom):
    enrol(promotion(ends_at=None), tom)
    assert only(client)["endDate"] is None


def test_pages_are_cut_from_the_latest_on(client, tom):
    made = [promotion() for _ in range(5)]
    for into in made:
        enrol(into, tom)
    numbers = [into.pk for into in reversed(made)]

    assert listed(client, limit="2", offset="0") == numbers[:2]
    assert listed(client, limit="2", offset="4") == numbers[4:]
    assert listed(client, limit="100", offset="5") == []
    assert listed(client, limit="", offset="") == numbers
    assert listed(client, limit="0") == []
    details = data(client, limit="2", offset="3")["pageDetails"]
    assert details == {"pageNumber": 1, "pageSize": 2, "totalEntries": 5, "pageCount": 3}


@pytest.mark.parametrize("source", ["ALL", "all", "instore"])
def test_a_question_may_be_about_any_source(source, client, tom):
    assert data(client, source=source)["customerId"] == 98_662_653


@pytest.mark.parametrize("name", ["limit", "offset"])
@pytest.mark.parametrize("text", ["-1", "x", "1.0", "٢", " 1", "9" * 19, "9" * 5_000, "%00", "null"])
def test_what_is_no_whole_number_is_refused(name, text, client, tom):
    assert client.get(asked(DATA, **{name: text})) == INVALID


def test_a_page_has_at_most_a_hundred(client, tom):
    assert client.get(asked(DATA, limit="101")) == INVALID


def test_what_is_missing_is_told_as_wrong(client, tom):
    assert client.get(DATA) == WRONG_NAME
    assert client.get(asked(DATA, source=None)) == WRONG_SOURCE
    assert client.get(asked(DATA, identifierValue=None)) == NO_CUSTOMER
    assert client.get(asked(DATA, identifierValue="1")) == NO_CUSTOMER
