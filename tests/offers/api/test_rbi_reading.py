"""What partners read of the offers they gave, and of their calls."""

from uuid import uuid4

import pytest

from loyalty_site.access.partner_models import Partner
from offers import services
from offers.answering import Answer
from tests.builders import STAFF, customer, later
from tests.offers.builders import answer, given, offer, terms
from tests.rbi import USER_NOT_FOUND, failed, invalid
from tests.statements import statements

pytestmark = pytest.mark.django_db

NOBODY = "00000000-0000-474c-b092-000000000000"
TRACE_NOT_FOUND = failed(404, "TraceNotFoundError", "Trace not found")


def by_brame(code, who, days=0, **fields):
    """An offer that the partner gave, so many days later."""
    partner = Partner.objects.get(name="Brame")
    what = offer(code, partners=[partner])
    told = terms(partner_id=partner.pk, source="brame", **fields)
    return services.assign(what.pk, who.pk, told, actor=STAFF, at=later(days))


def path_of(who, query=""):
    return f"/loyalty/user/{who.pk}/offers{query}"


def traces(body):
    return [item["traceId"] for item in body["offers"]]


def test_an_offer_as_it_stands(brame):
    who = customer()
    made = by_brame("COFFEE", who, reference="Prize #2")
    answer(made, Answer.ACCEPTED)
    assert brame.get(path_of(who)) == (
        200,
        {
            "offers": [
                {
                    "traceId": str(made.trace_id),
                    "offerCode": "COFFEE",
                    "reference": "Prize #2",
                    "configId": str(made.offer_id),
                    "acceptanceState": "ACCEPTED",
                    "version": 2,
                    "effectiveDate": "2026-03-01T12:00:00.000Z",
                    "expiryDate": "2026-04-01T12:00:00.000Z",
                }
            ],
            "total": 1,
        },
    )


def test_one_that_does_not_expire(brame):
    who = customer()
    by_brame("COFFEE", who, expires_at=None)
    assert brame.get(path_of(who))[1]["offers"][0]["expiryDate"] is None


def test_the_latest_first_in_pages(brame):
    who = customer()
    made = [str(by_brame(f"OFFER_{n}", who, n).trace_id) for n in range(3)]
    pages = [brame.get(path_of(who, f"?page={n}&perPage=2"))[1] for n in (1, 2, 3)]
    assert [traces(page) for page in pages] == [made[:0:-1], made[:1], []]
    assert {page["total"] for page in pages} == {3}


def test_what_others_gave_is_not_shown(brame, other):
    who = customer()
    by_brame("COFFEE", who)
    given(offer("TEA"), who)
    by_brame("CAKE", customer())
    assert [item["offerCode"] for item in brame.get(path_of(who))[1]["offers"]] == ["COFFEE"]
    assert other.get(path_of(who)) == (200, {"offers": [], "total": 0})


@pytest.mark.parametrize("user", [NOBODY, "1", "%00"])
def test_no_such_user(user, brame):
    assert brame.get(f"/loyalty/user/{user}/offers") == USER_NOT_FOUND


def test_a_region_that_is_none(brame):
    told = invalid(**{"x-region": "must be two letters such as DE"})
    assert brame.get(path_of(customer()), x_region="Germany") == told
    assert brame.get(f"/bulk-action/{NOBODY}", x_region="Germany") == told


@pytest.mark.parametrize("offers", [1, 20])
def test_how_many_statements_does_not_grow(offers, brame):
    who = customer()
    for n in range(offers):
        by_brame(f"OFFER_{n}", who)
    brame.get(path_of(who))
    with statements() as seen:
        assert brame.get(path_of(who, "?perPage=1000"))[1]["total"] == offers
    assert len(seen) == 4


class TestTraces:
    def test_of_an_offer(self, brame):
        who = customer()
        made = by_brame("COFFEE", who, reference="Prize #2")
        (shown,) = brame.get(path_of(who))[1]["offers"]
        assert brame.get(f"/bulk-action/{made.trace_id}") == (
            200,
            {
                "traceId": str(made.trace_id),
                "status": "COMPLETED",
                "action": "create-offer",
                "userId": str(who.pk),
                "source": "brame",
                "reference": "Prize #2",
                "createdAt": "2026-03-02T12:00:00.000Z",
                "offer": shown,
            },
        )

    def test_of_points(self, brame, other):
        who = customer()
        sent = {"userId": str(who.pk), "pointsEarned": 30, "source": "braze", "reference": "Welcome"}
        trace = brame.post("/bulk-action/hot/assign-points", sent)[1]["traceId"]
        assert brame.get(f"/bulk-action/{trace}") == (
            200,
            {
                "traceId": trace,
                "status": "COMPLETED",
                "action": "assign-points",
                "userId": str(who.pk),
                "source": "braze",
                "reference": "Welcome",
                "createdAt": "2026-03-02T12:00:00.000Z",
                "pointsEarned": 30,
            },
        )
        assert other.get(f"/bulk-action/{trace}") == TRACE_NOT_FOUND

    def test_of_an_offer_that_others_gave(self, brame, other):
        traced = by_brame("COFFEE", customer()).trace_id
        by_staff = given(offer("TEA"), customer()).trace_id
        assert other.get(f"/bulk-action/{traced}") == TRACE_NOT_FOUND
        assert brame.get(f"/bulk-action/{by_staff}") == TRACE_NOT_FOUND

    @pytest.mark.parametrize("trace", [NOBODY, "hot", "1", "%00", str(uuid4()).replace("-", "")])
    def test_of_nothing(self, trace, brame):
        assert brame.get(f"/bulk-action/{trace}") == TRACE_NOT_FOUND
