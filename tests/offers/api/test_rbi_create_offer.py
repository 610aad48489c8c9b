"""Partners giving customers offers. Rule: RBI, "Assign Offer"."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from loyalty_site.access import scopes
from loyalty_site.access.models import AuditEntry
from loyalty_site.access.partner_models import Partner
from offers.models import CustomerOffer, Offer
from tests.builders import AT, customer
from tests.callers import ANONYMOUS
from tests.offers.builders import offer
from tests.rbi import USER_NOT_FOUND, failed, invalid, rbi_partner
from tests.statements import either, statements

pytestmark = pytest.mark.django_db

PATH = "/bulk-action/hot/create-offer"
NOBODY = "00000000-0000-474c-b092-000000000000"
KEY = {"Idempotency_Key": "game-17"}
OFFER_NOT_FOUND = failed(404, "OfferNotFoundError", "Offer not found")
RULE = {"startDate": "2026-05-21", "endDate": "2026-05-22"}


@pytest.fixture
def config(brame):
    return offer(partners=[Partner.objects.get(name="Brame")])


@pytest.fixture
def who():
    return customer()


@pytest.fixture
def body(config, who):
    return {
        "userId": str(who.pk),
        "source": "brame",
        "reference": "Campaign Prize #2",
        "configId": str(config.pk),
        "ruleParams": RULE,
    }


def test_the_answer_is_a_trace_and_nothing_else(brame, body):
    status, answer = brame.post(PATH, body)
    given = CustomerOffer.objects.get()
    assert (status, answer) == (200, {"traceId": str(given.trace_id)})
    assert UUID(answer["traceId"]).version == 4


def test_what_is_given(brame, body, config, who):
    brame.post(PATH, body)
    given = CustomerOffer.objects.get()
    assert (given.offer, given.customer, given.code, given.rank) == (config, who, "COFFEE", config.rank)
    assert (given.source, given.reference, given.partner.name) == ("brame", "Campaign Prize #2", "Brame")
    assert (given.state, given.version, given.accepted_at, given.given_at) == ("NONE", 1, None, AT)
    begins, ends = datetime(2026, 5, 20, 22, tzinfo=UTC), datetime(2026, 5, 22, 21, 59, 59, 999_000, UTC)
    assert (given.displayed_from, given.effective_from, given.expires_at) == (begins, begins, ends)
    told = AuditEntry.objects.get(action="offer given")
    assert told.after == {"customer": str(who.pk)}


def test_the_same_body_twice_is_two_offers(brame, body):
    traces = {brame.post(PATH, body)[1]["traceId"] for _ in range(3)}
    codes = list(CustomerOffer.objects.values_list("code", flat=True))
    assert (len(traces), len(set(codes)), codes.count("COFFEE")) == (3, 3, 1)
    assert all(code.replace("_", "").isalnum() and code.isascii() for code in codes)


def test_only_what_is_needed(brame, body):
    del body["reference"]
    assert brame.post(PATH, body)[0] == 200
    assert CustomerOffer.objects.get().reference == ""


def test_a_rank_and_unknown_fields(brame, body):
    assert brame.post(PATH, body | {"rank": 3, "traceId": "x", "more": {"a": [1]}})[0] == 200
    assert CustomerOffer.objects.get().rank == 3


def test_by_email_in_any_case(brame, body):
    ann = customer(email="Ann@Example.com")
    del body["userId"]
    assert brame.post(PATH, body | {"email": "aNN@example.COM"})[0] == 200
    assert CustomerOffer.objects.get().customer == ann


def test_the_id_wins(brame, body, who):
    customer(email="ann@example.com")
    assert brame.post(PATH, body | {"email": "ann@example.com"})[0] == 200
    assert CustomerOffer.objects.get().customer == who


def test_ids_in_capitals(brame, body, who, config):
    capitals = {"userId": str(who.pk).upper(), "configId": str(config.pk).upper()}
    assert brame.post(PATH, body | capitals)[0] == 200


@pytest.mark.parametrize(
    "rule",
    [
        {"startDate": "2024-05-21", "endDate": "2024-05-22"},
        {"startDate": "2024-02-29", "endDate": "2024-03-01"},
        {"startDate": "1900-01-01", "endDate": "9998-12-31"},
    ],
)
def test_days_that_are_taken_also_past_ones(rule, brame, body):
    assert brame.post(PATH, body | {"ruleParams": rule})[0] == 200
    assert CustomerOffer.objects.get().expires_at.year == int(rule["endDate"][:4])


@pytest.mark.parametrize(
    ("region", "begins"),
    [
        ("GB", datetime(2026, 5, 20, 23, tzinfo=UTC)),
        ("gb", datetime(2026, 5, 20, 23, tzinfo=UTC)),
        ("JP", datetime(2026, 5, 20, 15, tzinfo=UTC)),
        ("ES", datetime(2026, 5, 20, 22, tzinfo=UTC)),  # the programme's zone
    ],
)
def test_days_are_the_regions(region, begins, brame, body, settings):
    settings.REGION_ZONES = {"GB": "Europe/London", "JP": "Asia/Tokyo"}
    brame.post(PATH, body, x_region=region)
    assert CustomerOffer.objects.get().effective_from == begins


def test_a_day_on_which_clocks_change(brame, body):
    brame.post(PATH, body | {"ruleParams": {"startDate": "2026-03-29", "endDate": "2026-10-25"}})
    given = CustomerOffer.objects.get()
    assert given.effective_from == datetime(2026, 3, 28, 23, tzinfo=UTC)
    assert given.expires_at == datetime(2026, 10, 25, 22, 59, 59, 999_000, UTC)


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        ("2026-05-22", "2026-05-21", {"ruleParams__endDate": "must be after startDate"}),
        ("2026-05-22", "2026-05-22", {"ruleParams__endDate": "must be after startDate"}),
        ("yyyy-mm-dd", "2026-05-22", {"ruleParams__startDate": "must be a day such as 2024-05-21"}),
        ("2026-02-29", "2026-05-22", {"ruleParams__startDate": "must be a day such as 2024-05-21"}),
        ("1899-12-31", "2026-05-22", {"ruleParams__startDate": "must be a day such as 2024-05-21"}),
        ("2026-02-28", "9999-12-31", {"ruleParams__endDate": "must be a day such as 2024-05-21"}),
    ],
)
def test_days_that_are_not_taken(start, end, told, brame, body):
    assert brame.post(PATH, body | {"ruleParams": {"startDate": start, "endDate": end}}) == invalid(**told)
    assert not CustomerOffer.objects.exists()


def test_all_that_is_wrong_is_told_at_once(brame):
    body = {"userId": 1, "source": "", "reference": None, "configId": "x", "ruleParams": {"endDate": 5}, "rank": "1"}
    assert brame.post(PATH, body, x_region="Germany") == invalid(
        **{"x-region": "must be two letters such as DE"},
        userId="must be a UUID",
        source="must not be blank",
        reference="must be a text",
        configId="must be a UUID",
        ruleParams__startDate="is required",
        ruleParams__endDate="must be a day such as 2024-05-21",
        rank="must be a whole number",
    )


def test_without_anything(brame):
    assert brame.post(PATH, {}) == invalid(
        userId="is required, or email",
        source="is required",
        configId="is required",
        ruleParams="is required",
    )


@pytest.mark.parametrize("user", [NOBODY, "erased"])
def test_the_user_comes_before_the_offer(user, brame, body):
    if user == "erased":
        user = str(customer(status="erased").pk)
    assert brame.post(PATH, body | {"userId": user, "configId": NOBODY}) == USER_NOT_FOUND
    assert not CustomerOffer.objects.exists()


def test_no_such_email(brame, body):
    del body["userId"]
    assert brame.post(PATH, body | {"email": "nobody@example.com", "configId": NOBODY}) == USER_NOT_FOUND


@pytest.mark.parametrize("status", ["DRAFT", "PAUSED", "CANCELLED"])
def test_an_offer_that_is_not_live_is_none(status, brame, body):
    Offer.objects.update(status=status)
    assert brame.post(PATH, body) == OFFER_NOT_FOUND
    assert not CustomerOffer.objects.exists()


def test_an_unknown_offer(brame, body):
    assert brame.post(PATH, body | {"configId": NOBODY}) == OFFER_NOT_FOUND


def test_an_offer_that_is_another_partners(other, body):
    assert other.post(PATH, body) == OFFER_NOT_FOUND
    assert not CustomerOffer.objects.exists()


def test_the_users_clock_is_kept_for_the_audit(brame, body):
    brame.post(PATH, body, x_user_datetime="2026-05-21T10:00:00")
    assert AuditEntry.objects.get(action="offer given").after["local_time"] == "2026-05-21T10:00:00"


def test_without_a_key_and_with_a_wrong_one(body):
    for headers in ({}, {"x_api_key": "wrong"}, {"Authorization": "Bearer wrong"}):
        assert ANONYMOUS.post(PATH, body, **headers) == failed(401, "Unauthorized", "Unauthorized")
    assert not CustomerOffer.objects.exists()


def test_without_the_scope(body):
    reader = rbi_partner("Reader", "Reader", may=[scopes.OFFERS_READ])
    assert reader.post(PATH, body) == failed(403, "Forbidden", "Forbidden")


@pytest.mark.parametrize("role", ["admin", "seller", "member"])
def test_others_than_partners(role, body, admin, seller, member):
    caller = {"admin": admin, "seller": seller, "member": member}[role]
    assert caller.post(PATH, body) == failed(403, "Forbidden", "Forbidden")


def test_a_repeat_with_a_key_gives_one(brame, body):
    first = brame.post(PATH, body, **KEY)
    again = brame.send("POST", PATH, body, **KEY)
    assert (again.json(), again.headers["Idempotent-Replayed"]) == (first[1], "true")
    assert CustomerOffer.objects.count() == 1
    status, told = brame.post(PATH, body | {"rank": 1}, **KEY)
    assert (status, told["code"], CustomerOffer.objects.count()) == (422, "IdempotencyKeyReused", 1)


def test_an_unknown_offer_is_a_kept_answer(brame, body, config):
    Offer.objects.update(status="PAUSED")
    assert brame.post(PATH, body, **KEY) == OFFER_NOT_FOUND
    Offer.objects.update(status="ACTIVE")
    assert brame.post(PATH, body, **KEY) == OFFER_NOT_FOUND
    assert brame.post(PATH, body)[0] == 200


@pytest.mark.parametrize(("headers", "more"), [({}, 0), (KEY, 2)], ids=["no key", "key"])
def test_how_many_statements(headers, more, brame, body):
    brame.post("/bulk-action/hot/nothing")
    brame.get(f"/bulk-action/{NOBODY}")  # notes that the key is in use
    for number in range(2):  # the second under a code of its own
        sent = {name: f"{value}{number}" for name, value in headers.items()}
        with statements() as seen:
            assert brame.post(PATH, body, **sent)[0] == 200
        assert len(seen) == either(postgresql=3, sqlite=4) + more


def test_other_methods(brame):
    answer = brame.send("PUT", PATH, {})
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST, OPTIONS")
    assert answer.json()["code"] == "MethodNotAllowed"
