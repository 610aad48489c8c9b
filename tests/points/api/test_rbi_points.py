"""Partners adding and removing points. Rule: RBI, "Update Points Balance"."""

import re
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.utils import timezone

from loyalty_site.access.models import AuditEntry
from loyalty_site.access.partner_models import Partner
from points.models import Transfer
from tests.books import books
from tests.builders import balance, buckets, customer, earn
from tests.callers import ANONYMOUS
from tests.rbi import USER_NOT_FOUND, failed, invalid

pytestmark = pytest.mark.django_db

NOBODY = "00000000-0000-474c-b092-000000000000"
SAMPLE_KEYS = [
    *("id", "shortId", "loyaltyId", "channel", "status", "createdAt", "impactedExpirationBuckets", "claimedAt"),
    *("pointsEarned", "bonusPointsEarned", "pointsUsed", "transactionDetails", "metadata", "pointsDeducted"),
]


def path_of(who) -> str:
    return f"/loyalty/user/{who.pk}/points"


def change(points, **fields):
    return {"points": points, "partner": "Partner", "reference": "Prize #3"} | fields


def days_of(body):
    return [(bucket["expirationDate"], bucket["points"]) for bucket in body["impactedExpirationBuckets"]]


class TestAdding:
    def test_the_answer_is_the_claimed_transaction(self, brame):
        who = customer()
        status, body = brame.post(path_of(who), change(100))
        movement = Transfer.objects.get()
        assert status == 200
        assert list(body) == SAMPLE_KEYS
        assert re.fullmatch("[A-Z0-9]{16}", body["shortId"])
        assert UUID(body["id"]).version == 4
        assert body == {
            "id": str(movement.pk),
            "shortId": movement.short_id,
            "loyaltyId": str(who.pk),
            "channel": "CAMPAIGN",
            "status": "CLAIMED",
            "createdAt": "2026-03-02T12:00:00.000Z",
            "impactedExpirationBuckets": [{"expirationDate": "2026-07-02", "points": 100}],
            "claimedAt": "2026-03-02T12:00:00.000Z",
            "pointsEarned": 100,
            "bonusPointsEarned": 0,
            "pointsUsed": 0,
            "transactionDetails": {
                "fulfillment": {"autoRelease": True, "type": "POINT_ASSIGNMENT"},
                "orders": [],
                "payments": [],
            },
            "metadata": {"partner": "Partner", "reference": "Prize #3"},
            "pointsDeducted": 0,
        }
        assert balance(who) == 100

    def test_the_ledger_says_who_gave_them_and_why(self, brame):
        brame.post(path_of(customer()), change(7))
        movement, told = Transfer.objects.get(), AuditEntry.objects.get(action="points earned")
        assert (movement.kind, movement.channel, movement.points) == ("earn", "partner", 7)
        assert (movement.partner, movement.reference, movement.comment) == ("Partner", "Prize #3", "")
        assert (movement.actor_label, told.after) == ("till", {"points": 7, "balance": 7})

    def test_a_reference_may_be_left_out(self, brame):
        body = change(1)
        del body["reference"]
        status, answer = brame.post(path_of(customer()), body)
        assert (status, answer["metadata"]) == (200, {"partner": "Partner", "reference": ""})

    @pytest.mark.parametrize("reference", ["", "   ", "r" * 255, "Zażółć 🍔 \u202e", "'; --", " kept "])
    def test_a_reference_is_kept_as_it_was_sent(self, reference, brame):
        _, answer = brame.post(path_of(customer()), change(1, reference=reference))
        assert answer["metadata"]["reference"] == reference == Transfer.objects.get().reference

    def test_two_equal_calls_are_two_transactions(self, brame):
        who = customer()
        first, second = (brame.post(path_of(who), change(5))[1] for _ in range(2))
        assert first["id"] != second["id"]
        assert first["shortId"] != second["shortId"]
        assert balance(who) == 10

    def test_as_many_as_there_can_be(self, brame):
        who = customer()
        assert brame.post(path_of(who), change(2**31 - 1))[0] == 200
        assert balance(who) == 2**31 - 1

    @pytest.mark.parametrize("status", ["new", "blocked"])
    def test_whatever_the_users_status(self, status, brame):
        who = customer(status=status)
        assert brame.post(path_of(who), change(5))[0] == 200
        assert brame.post(path_of(who), change(-5))[0] == 200
        assert balance(who) == 0

    def test_fields_that_nobody_knows_are_ignored(self, brame):
        status, body = brame.post(path_of(customer()), change(1, rank=1, sanityId="x", nested={"a": [None]}))
        assert (status, list(body)) == (200, SAMPLE_KEYS)

    def test_an_id_in_capitals(self, brame):
        who = customer()
        status, body = brame.post(f"/loyalty/user/{str(who.pk).upper()}/points", change(1))
        assert (status, body["loyaltyId"]) == (200, str(who.pk))


class TestTheLastDay:
    @pytest.mark.parametrize(
        ("at", "region", "day"),
        [
            (datetime(2024, 2, 28, 2, 14, 5, 453_000, UTC), None, "2024-06-28"),
            (datetime(2025, 10, 31, 12, tzinfo=UTC), None, "2026-02-28"),
            (datetime(2023, 10, 30, 12, tzinfo=UTC), None, "2024-02-29"),
            (datetime(2025, 12, 31, 22, 59, 59, tzinfo=UTC), "DE", "2026-04-30"),
            (datetime(2025, 12, 31, 23, 0, tzinfo=UTC), "de", "2026-05-01"),
            (datetime(2025, 12, 31, 23, 0, tzinfo=UTC), "GB", "2026-04-30"),
            (datetime(2025, 12, 31, 23, 0, tzinfo=UTC), "zz", "2026-05-01"),  # the programme's zone
        ],
    )
    def test_four_months_later_in_the_region(self, at, region, day, brame, monkeypatch, settings):
        settings.REGION_ZONES = {"DE": "Europe/Berlin", "GB": "Europe/London"}
        monkeypatch.setattr(timezone, "now", lambda: at)
        headers = {"x_region": region} if region else {}
        _, body = brame.post(path_of(customer()), change(3), **headers)
        assert days_of(body) == [(day, 3)]

    def test_the_region_is_the_partners_unless_the_call_names_one(self, brame, settings, monkeypatch):
        settings.REGION_ZONES = {"JP": "Asia/Tokyo"}
        Partner.objects.filter(name="Brame").update(region="JP")
        monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 3, 2, 15, tzinfo=UTC))
        assert days_of(brame.post(path_of(customer()), change(3))[1]) == [("2026-07-03", 3)]

    def test_how_many_months_is_a_setting(self, brame, settings):
        settings.PARTNER_POINTS_VALID_MONTHS = 23
        assert days_of(brame.post(path_of(customer()), change(3))[1]) == [("2028-02-02", 3)]

    def test_milliseconds_are_cut(self, brame, monkeypatch):
        monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 3, 2, 12, 0, 0, 999_999, UTC))
        _, body = brame.post(path_of(customer()), change(1))
        assert (body["createdAt"], body["claimedAt"]) == ("2026-03-02T12:00:00.999Z",) * 2


class TestRemoving:
    def test_from_one_bucket(self, brame):
        who = customer(points=250, valid=10)
        status, body = brame.post(path_of(who), change(-100))
        assert (status, list(body)) == (200, SAMPLE_KEYS)
        assert (body["pointsEarned"], body["pointsUsed"], body["pointsDeducted"]) == (0, 0, 100)
        assert days_of(body) == [("2026-03-12", -100)]
        assert (balance(who), buckets(who)) == (150, {10: 150})
        assert Transfer.objects.get(points=-100).kind == "deduct"

    def test_from_several_buckets_the_soonest_first(self, brame):
        who = customer()
        for days in (30, 10, 20):
            earn(who, 50, valid=days)
        _, body = brame.post(path_of(who), change(-120))
        assert days_of(body) == [("2026-03-12", -50), ("2026-03-22", -50), ("2026-04-01", -20)]
        assert buckets(who) == {30: 30}

    def test_of_all_there_is(self, brame):
        who = customer(points=100)
        assert brame.post(path_of(who), change(-100))[0] == 200
        assert balance(who) == 0

    @pytest.mark.parametrize("points", [101, 2**31 - 1])
    def test_of_more_than_there_is_writes_nothing(self, points, brame):
        who = customer(points=100)
        before = books()
        told = failed(400, "TransactionInsufficientPoints", f"The user has 100 points, not {points}")
        assert brame.post(path_of(who), change(-points)) == told
        assert books() == before

    def test_of_a_user_who_never_had_any(self, brame):
        status, body = brame.post(path_of(customer()), change(-1))
        assert (status, body["code"]) == (400, "TransactionInsufficientPoints")

    def test_points_whose_day_has_passed_are_not_there(self, brame, monkeypatch):
        who = customer(points=100, valid=1)
        earn(who, 10, valid=30)
        monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 3, 4, 12, tzinfo=UTC))
        before = books()
        told = failed(400, "TransactionInsufficientPoints", "The user has 10 points, not 11")
        assert brame.post(path_of(who), change(-11)) == told
        assert books() == before
        assert brame.post(path_of(who), change(-10))[0] == 200


class TestTheOrderOfChecks:
    def test_the_key_comes_before_all(self):
        answer = failed(401, "Unauthorized", "Unauthorized")
        assert ANONYMOUS.post("/loyalty/user/x/points", "{", media="text/plain") == answer
        assert ANONYMOUS.post(path_of(customer()), change(1), x_api_key="nobody's") == answer

    def test_the_media_type_comes_before_the_body(self, brame):
        status, body = brame.post("/loyalty/user/x/points", "{", media="text/plain")
        assert (status, body["code"], body["details"]["errors"][0]["field"]) == (415, "ValidationError", "body")

    def test_fields_come_before_the_user(self, brame):
        told = invalid(points="must not be 0")
        assert brame.post(f"/loyalty/user/{NOBODY}/points", change(0)) == told

    def test_the_user_comes_before_the_balance(self, brame):
        assert brame.post(f"/loyalty/user/{NOBODY}/points", change(-5)) == USER_NOT_FOUND

    @pytest.mark.parametrize("user", [NOBODY, "1", "x" * 300, "%00", "%FF", NOBODY.replace("-", ""), "{}"])
    def test_no_such_user(self, user, brame):
        before = books()
        assert brame.post(f"/loyalty/user/{user}/points", change(5)) == USER_NOT_FOUND
        assert books() == before

    def test_an_erased_user_is_none(self, brame):
        who = customer(status="erased")
        assert brame.post(path_of(who), change(5)) == USER_NOT_FOUND

    def test_all_that_is_wrong_is_told_at_once(self, brame):
        body = {"points": "100", "partner": "partner", "reference": 5}
        assert brame.post(path_of(customer()), body, x_region="DEU") == invalid(
            **{"x-region": "must be two letters such as DE"},
            points="must be a whole number",
            partner="must be one of Partner",
            reference="must be a text",
        )
