"""Who may change points over RBI's API, how far, and what a repeat does."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from loyalty_site.access import partners, scopes
from loyalty_site.access.actors import Role
from loyalty_site.access.models import AuditEntry, IdempotencyKey
from loyalty_site.access.partner_models import Partner
from points.models import PartnerDay, Transfer
from tests.books import books
from tests.builders import balance, customer, earn, spend
from tests.callers import ANONYMOUS, with_token
from tests.rbi import USER_NOT_FOUND, failed, invalid, rbi_partner
from tests.statements import either, statements

pytestmark = pytest.mark.django_db

NOBODY = "00000000-0000-474c-b092-000000000000"
KEY = {"Idempotency_Key": "game-17"}
FIGURES = {"postgresql": 4, "sqlite": 6}


def path_of(who) -> str:
    return f"/loyalty/user/{who.pk}/points"


def change(points, **fields):
    return {"points": points, "partner": "Partner", "reference": "Prize #3"} | fields


def days_of(body):
    return [(bucket["expirationDate"], bucket["points"]) for bucket in body["impactedExpirationBuckets"]]


class TestThePartner:
    @pytest.mark.parametrize("value", ["Other", "partner", "PARTNER", "Partner ", "", "Brame"])
    def test_anothers_name_and_what_looks_like_its_own(self, value, brame, other):
        who = customer()
        before = books()
        assert brame.post(path_of(who), change(5, partner=value)) == invalid(partner="must be one of Partner")
        assert books() == before

    def test_each_of_several_of_its_own(self, brame):
        partners.set_values(Partner.objects.get(name="Brame"), ["Partner", "Brame-2"])
        for value in ("Partner", "Brame-2"):
            assert brame.post(path_of(customer()), change(5, partner=value))[1]["metadata"]["partner"] == value

    def test_a_key_that_has_none(self):
        nameless = rbi_partner("Nameless", "")
        told = invalid(partner="has no value that is allowed")
        assert nameless.post(path_of(customer()), change(5)) == told

    @pytest.mark.parametrize("header", ["x_api_key", "Authorization"])
    def test_the_key_in_either_header(self, header, brame):
        text = brame.token if header == "x_api_key" else f"Bearer {brame.token}"
        assert ANONYMOUS.post(path_of(customer()), change(5), **{header: text})[0] == 200

    def test_without_the_scope(self):
        reader = rbi_partner("Reader", "Reader", may=[scopes.POINTS_READ])
        who = customer()
        assert reader.post(path_of(who), change(5, partner="Reader")) == failed(403, "Forbidden", "Forbidden")
        assert reader.get(path_of(who)) == (200, {"balance": 0})

    @pytest.mark.parametrize("role", ["admin", "seller", "member"])
    def test_others_than_partners(self, role, admin, seller, member):
        caller = {"admin": admin, "seller": seller, "member": member}[role]
        assert caller.post(path_of(customer()), change(5)) == failed(403, "Forbidden", "Forbidden")


class TestHeaders:
    @pytest.mark.parametrize("region", ["", "D", "DEU", "D1", "D ", "ÄÖ", "--"])
    def test_a_region_that_is_none(self, region, brame):
        who = customer()
        before = books()
        told = invalid(**{"x-region": "must be two letters such as DE"})
        assert brame.post(path_of(who), change(5), x_region=region) == told
        assert brame.get(path_of(who), x_region=region) == told
        assert books() == before

    def test_the_users_clock_is_kept_for_the_audit(self, brame):
        _, body = brame.post(path_of(customer()), change(5), x_user_datetime="2020-01-31T23:30:00+02:00")
        facts = {"points": 5, "balance": 5, "local_time": "2020-01-31T23:30:00+02:00"}
        assert AuditEntry.objects.get(action="points earned").after == facts
        assert (body["createdAt"], days_of(body)) == ("2026-03-02T12:00:00.000Z", [("2026-07-02", 5)])

    @pytest.mark.parametrize("text", ["", "yesterday", "2020-13-01T00:00", "9" * 5_000, "2020-01-31T25:00:00"])
    def test_a_clock_that_cannot_be_read_is_ignored(self, text, brame):
        assert brame.post(path_of(customer()), change(5), x_user_datetime=text)[0] == 200
        assert AuditEntry.objects.get(action="points earned").after == {"points": 5, "balance": 5}


class TestCeilings:
    @pytest.mark.parametrize(
        ("ceiling", "current", "words"),
        [
            ("per_call", 6, "in one call"),
            ("per_customer_day", 10, "to one user on one day"),
            ("per_partner_day", 10, "on one day"),
        ],
    )
    def test_more_than_agreed_is_refused_and_writes_nothing(self, ceiling, current, words):
        bound, who = rbi_partner("Bound", "Bound", **{ceiling: 5}), customer()
        good, more = change(4, partner="Bound"), change(6, partner="Bound")
        assert bound.post(path_of(who), good)[0] == 200
        before = books(), list(PartnerDay.objects.values())
        status, body = bound.post(path_of(who), more)
        message = f"The partner would give more points {words} than agreed"
        assert (status, body["code"], body["message"]) == (400, "RulesError", message)
        assert body["details"]["ruleEvaluation"] == [
            {
                "code": "PointsCeilingReached",
                "ruleId": ceiling,
                "message": message,
                "currentValue": current,
                "targetValue": 5,
            }
        ]
        assert (books(), list(PartnerDay.objects.values())) == before

    def test_a_removal_is_not_bounded(self):
        bound, who = rbi_partner("Bound", "Bound", per_call=5, per_partner_day=5), customer(points=50)
        assert bound.post(path_of(who), change(-50, partner="Bound"))[0] == 200
        assert balance(who) == 0


class TestSafeRepeats:
    def test_a_repeat_is_answered_alike_and_done_once(self, brame):
        who = customer()
        first = brame.send("POST", path_of(who), change(5), **KEY)
        again = brame.send("POST", path_of(who), change(5), **KEY)
        assert (first.status_code, first.headers.get("Idempotent-Replayed")) == (200, None)
        assert (again.content, again.headers["Idempotent-Replayed"]) == (first.content, "true")
        assert balance(who) == 5

    def test_a_refusal_is_repeated_though_its_reason_has_gone(self, brame):
        who = customer(points=1)
        first = brame.post(path_of(who), change(-5), **KEY)
        earn(who, 100)
        assert brame.post(path_of(who), change(-5), **KEY) == first
        assert (first[0], balance(who)) == (400, 101)

    def test_the_key_of_another_body(self, brame):
        who = customer()
        brame.post(path_of(who), change(5), **KEY)
        status, body = brame.post(path_of(who), change(6), **KEY)
        assert (status, body["code"], balance(who)) == (422, "IdempotencyKeyReused", 5)

    def test_keys_are_each_partners_own(self, brame, other):
        who = customer()
        brame.post(path_of(who), change(5), **KEY)
        assert other.post(path_of(who), change(7, partner="Other"), **KEY)[0] == 200
        assert balance(who) == 12

    def test_what_is_wrong_does_not_use_the_key_up(self, brame):
        who = customer()
        assert brame.post(path_of(who), change(0), **KEY)[0] == 400
        assert not IdempotencyKey.objects.exists()
        assert brame.post(path_of(who), change(5), **KEY)[0] == 200

    def test_an_unknown_user_is_a_kept_answer(self, brame):
        path = f"/loyalty/user/{NOBODY}/points"
        assert brame.post(path, change(5), **KEY) == USER_NOT_FOUND
        assert brame.send("POST", path, change(5), **KEY).headers["Idempotent-Replayed"] == "true"

    @pytest.mark.parametrize("key", ["", " ", "k" * 256, "schlüssel"], ids=ascii)
    def test_a_key_that_is_none(self, key, brame):
        who = customer()
        status, body = brame.post(path_of(who), change(5), Idempotency_Key=key)
        assert (status, body["details"]["errors"][0]["field"]) == (400, "body")
        assert not Transfer.objects.exists()


class TestStatements:
    @pytest.mark.parametrize("points", [5, -5])
    @pytest.mark.parametrize(("headers", "more"), [({}, 0), (KEY, 2)], ids=["no key", "key"])
    def test_a_change(self, points, headers, more, brame):
        who = customer(points=100)
        brame.post(path_of(who), change(1))  # notes that the key is in use
        with statements() as seen:
            assert brame.post(path_of(who), change(points), **headers)[0] == 200
        assert len(seen) == either(**FIGURES) + more


def test_the_balance_leaves_out_what_is_past_its_day(brame, monkeypatch):
    who = customer(points=100, valid=1)
    earn(who, 10, valid=30)
    spend(who, 40)
    assert brame.get(path_of(who)) == (200, {"balance": 70})
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 3, 2, 12, tzinfo=UTC) + timedelta(days=2))
    assert brame.get(path_of(who)) == (200, {"balance": 10})


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_other_methods(method, brame):
    answer = brame.send(method, path_of(customer()))
    assert (answer.status_code, answer.json()["code"]) == (405, "MethodNotAllowed")
    assert answer.headers["Allow"] == "GET, POST, HEAD, OPTIONS"


def test_a_slash_at_the_end_leads_nowhere(brame):
    assert brame.post(f"{path_of(customer())}/", change(5)) == failed(404, "NotFoundError", "Not Found")


def test_a_token_of_another_role_with_the_scope(brame):
    assert with_token(Role.ADMIN, [scopes.POINTS_ASSIGN]).post(path_of(customer()), change(5))[0] == 403
