"""Lists of a customer's offers. Rules: Exchange Solutions, "All Offers", "Best Offer" and "Future Offers"."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from customers.models import Customer
from loyalty_site.access.actors import Role
from loyalty_site.access.scopes import OFFERS_ANSWER
from loyalty_site.api.milliseconds import epoch
from offers import services
from offers.answering import Answer
from offers.models import Offer
from tests.builders import AT, SHOP, customer, later
from tests.callers import ANONYMOUS, with_token
from tests.offers.api.es import NOT_TARGETED, invalid, refused, session
from tests.offers.builders import answer, given, offer
from tests.statements import statements

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann():
    return customer()


def listed(app, who, query="", path="offers"):
    status, body = app.get(f"/client/users/{who.pk}/{path}?{query}")
    assert status == 200, body
    return [shown["offerCode"] for shown in body]


def test_an_offer_is_shown_with_its_texts_and_dates(app, ann):
    made = given(offer(name="Kaffee", description="With cake", rank=3), ann, expires_at=None)
    answer(made, Answer.ACCEPTED)
    assert app.get(f"/client/users/{ann.pk}/offers") == (
        200,
        [
            {
                "id": "COFFEE",
                "rank": 3,
                "acceptanceMethod": "LTC",
                "shortDescription1": "Kaffee",
                "longDescription": "With cake",
                "displayDate": "2026-03-01T12:00:00.000Z",
                "displayDateEpoch": 1772366400000,
                "accountID": str(ann.pk),
                "offerCode": "COFFEE",
                "acceptanceDate": "2026-03-02T12:00:00.000Z",
                "acceptanceDateEpoch": 1772452800000,
                "acceptanceState": "ACCEPTED",
                "effectiveDate": "2026-03-01T12:00:00.000Z",
                "effectiveDateEpoch": 1772366400000,
                "expiryDate": "",
                "expiryDateEpoch": None,
                "version": 2,
            }
        ],
    )


def test_they_come_by_rank_and_completed_ones_last(app, ann):
    for code, rank, day in [("LAST", 9, 0), ("DONE", 0, 0), ("OLDER", 4, -2), ("NEWER", 4, -1), ("FIRST", 1, 0)]:
        made = given(offer(code, rank=rank), ann, at=later(day))
        if code == "DONE":
            answer(made, Answer.ACCEPTED)
            services.complete(ann.pk, code, **SHOP)
    assert listed(app, ann) == ["FIRST", "NEWER", "OLDER", "LAST", "DONE"]


def test_a_declined_one_is_shown_as_such(app, ann):
    answer(given(offer(), ann), Answer.DECLINED)
    _, [shown] = app.get(f"/client/users/{ann.pk}/offers")
    assert (shown["acceptanceState"], shown["acceptanceDate"]) == ("DECLINED", None)


def test_only_what_the_customer_sees_is_listed(app, ann):
    given(offer("SEEN", rank=1), ann, effective_from=later(9))
    given(offer("ENDS_NOW", rank=2), ann, expires_at=AT)
    given(offer("OVER"), ann, expires_at=later(seconds=-1))
    given(offer("TO_COME"), ann, displayed_from=later(seconds=1), effective_from=later(1))
    given(offer("OTHERS"), customer())
    services.set_status(given(offer("PAUSED"), ann).offer_id, Offer.Status.PAUSED, **SHOP)
    assert listed(app, ann) == ["SEEN", "ENDS_NOW"]


def test_a_session_lists_its_customers_offers(app, ann):
    session(given(offer(), ann))
    status, [shown] = app.get("/client/users/mck-1/offers")
    assert (status, shown["accountID"]) == (200, str(ann.pk))


def test_who_has_none_is_shown_none(app, ann):
    assert app.get(f"/client/users/{ann.pk}/offers") == (200, [])


@pytest.mark.parametrize("path", ["offers", "offers/future", "offer"])
@pytest.mark.parametrize("named", [str(uuid4()), "mck-unknown", "%00", "x" * 3_000])
def test_an_unknown_customer_is_not_targeted(app, path, named):
    assert app.get(f"/client/users/{named}/{path}") == NOT_TARGETED


def test_an_erased_customer_is_not_targeted(app, ann):
    session(given(offer(), ann))
    Customer.objects.update(status=Customer.Status.ERASED)
    for named in (ann.pk, "mck-1"):
        assert app.get(f"/client/users/{named}/offers") == NOT_TARGETED


@pytest.mark.once("sqlite")
@pytest.mark.parametrize(
    ("asked", "number"),
    [("2", 2), ("100", 100), ("101", 100), ("9" * 500, 100), ("0", 100), ("-1", 100), ("x", 100), ("", 100)],
)
def test_at_most_a_hundred_are_listed(app, ann, asked, number):
    what = offer()
    for _ in range(101):
        given(what, ann)
    assert len(listed(app, ann, f"maxResults={asked}")) == number


# A comes to bear on 1 March and ends on the 3rd; B from 10 March, without an end
@pytest.mark.parametrize(
    ("query", "codes"),
    [
        (f"from={epoch(datetime(2026, 3, 4, tzinfo=UTC))}", ["B"]),
        (f"from={epoch(datetime(2026, 3, 4, tzinfo=UTC))}&until=2", []),
        (f"from={epoch(datetime(2026, 3, 4, 12, tzinfo=UTC))}&until=6", ["B"]),
        (f"from={epoch(datetime(2026, 3, 3, 12, tzinfo=UTC))}&until=1", ["A"]),
        (f"from={epoch(datetime(2026, 1, 1, tzinfo=UTC))}&until=1", []),
        ("until=7", ["A"]),
        ("until=8", ["A", "B"]),
        ("from=0", ["A", "B"]),
        ("locale=fr-CA&businessUnit=North&businessUnit=South", ["A", "B"]),
    ],
)
def test_they_can_be_narrowed_to_a_time(app, ann, query, codes):
    given(offer("A"), ann, expires_at=later(1), rank=1)
    given(offer("B"), ann, effective_from=later(8), expires_at=None, rank=2)
    assert listed(app, ann, query) == codes


@pytest.mark.parametrize("name", ["from", "until"])
@pytest.mark.parametrize("text", ["", "x", "-1", "1.5", "%D9%A2", "1" * 17, "9" * 16])
def test_a_time_that_is_none_is_named(app, ann, name, text):
    if (name, text) == ("until", "9" * 16):
        name, text = "from", f"1&until={text}"
    assert app.get(f"/client/users/{ann.pk}/offers?{name}={text}") == invalid(f"{name} is invalid")


def test_the_best_offer_is_the_first_that_can_be_answered_or_used(app, ann):
    for rank, (code, said) in enumerate([("NO", Answer.DECLINED), ("YES", Answer.ACCEPTED), ("OPEN", None)]):
        made = given(offer(code, rank=rank), ann)
        if said:
            answer(made, said)
    status, body = app.get(f"/client/users/{ann.pk}/offer")
    assert (status, body["id"], body["acceptanceState"]) == (200, "YES", "ACCEPTED")


def test_without_any_there_is_no_best_offer(app, ann):
    answer(given(offer(), ann), Answer.DECLINED)
    assert app.get(f"/client/users/{ann.pk}/offer") == NOT_TARGETED


def test_future_offers_begin_within_a_year_from_tomorrow(app, ann):
    midnight = datetime(2026, 3, 2, 23, tzinfo=UTC)  # in Warsaw, where the programme is
    for number, begins in enumerate([later(hours=10), midnight, later(200), later(360), later(370)]):
        shown = begins if number != 2 else later(-1)
        given(offer(f"F_{number}", rank=number), ann, displayed_from=shown, effective_from=begins, expires_at=None)
    services.set_status(given(offer("DRAFT_1"), ann, effective_from=later(9)).offer_id, Offer.Status.DRAFT, **SHOP)
    assert listed(app, ann, path="offers/future") == ["F_1", "F_2", "F_3"]
    assert listed(app, ann, "maxResults=1", path="offers/future") == ["F_1"]


@pytest.mark.parametrize("path", ["offers", "offers/future", "offer"])
def test_who_may(ann, path):
    path = f"/client/users/{ann.pk}/{path}"
    assert ANONYMOUS.get(path) == refused(401, "Unauthorized", "UNAUTHORIZED")
    for caller in (with_token(Role.PARTNER, [OFFERS_ANSWER]), with_token(Role.CUSTOMER)):
        assert caller.get(path) == refused(403, "Forbidden", "FORBIDDEN")


@pytest.mark.parametrize("number", [1, 12])
@pytest.mark.parametrize("path", ["offers", "offer"])
def test_a_list_takes_three_statements_however_long_it_is(app, ann, path, number):
    for index in range(number):
        given(offer(f"OFFER_{index}"), ann)
    with statements() as seen:
        assert app.get(f"/client/users/{ann.pk}/{path}")[0] == 200
    assert len(seen) == 3, seen
