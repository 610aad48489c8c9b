"""What partners read of a customer's points. Rule: RBI, partner endpoints."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from loyalty_site.access import scopes
from loyalty_site.access.partner_models import Partner
from points import services
from points.models import Transfer
from tests.builders import customer, earn, level, note, spend
from tests.rbi import USER_NOT_FOUND, failed, invalid, rbi_partner
from tests.statements import statements

pytestmark = pytest.mark.django_db

NOBODY = "00000000-0000-474c-b092-000000000000"


def user_path(who, rest="") -> str:
    return f"/loyalty/user/{who.pk}{rest}"


def points_of(listed):
    return [movement["points"] for movement in listed]


def given(caller, who, points, value="Partner"):
    body = {"points": points, "partner": value, "reference": f"{value}'s"}
    return caller.post(user_path(who, "/points"), body)[1]


class TestTheUser:
    def test_all_that_is_known(self, brame):
        who = customer(first_name="Ann", last_name="Bee", email="ann@example.com", level=level("gold"))
        earn(who, 30, valid=20)
        earn(who, 12, valid=10)
        assert brame.get(user_path(who)) == (
            200,
            {
                "id": str(who.pk),
                "name": "Ann Bee",
                "email": "ann@example.com",
                "createdAt": "2026-03-02T12:00:00.000Z",
                "updatedAt": "2026-03-02T12:00:00.000Z",
                "points": 42,
                "expirationBuckets": [
                    {"expirationDate": "2026-03-12", "pointsToExpire": 12},
                    {"expirationDate": "2026-03-22", "pointsToExpire": 30},
                ],
                "loyaltyTier": {"loyaltyTierKey": "gold"},
                "pointsEarningDisabled": False,
            },
        )

    def test_without_points(self, brame):
        _, body = brame.get(user_path(customer()))
        assert (body["points"], body["expirationBuckets"], body["email"]) == (0, [], "")

    def test_buckets_that_are_empty_or_past_their_day_are_not_shown(self, brame, monkeypatch):
        who = customer(points=5, valid=1)
        earn(who, 7, valid=30)
        earn(who, 9, valid=60)
        spend(who, 5 + 7)
        earn(who, 4, valid=2)
        monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 3, 4, 22, 59, tzinfo=UTC))
        _, today = brame.get(user_path(who))
        monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 3, 4, 23, 0, tzinfo=UTC))
        _, tomorrow = brame.get(user_path(who))
        assert [len(body["expirationBuckets"]) for body in (today, tomorrow)] == [2, 1]
        assert (today["points"], tomorrow["points"]) == (13, 9)

    def test_it_needs_to_see_customers(self):
        blind = rbi_partner("Blind", "Blind", may=[scopes.POINTS_READ, scopes.POINTS_ASSIGN])
        assert blind.get(user_path(customer())) == failed(403, "Forbidden", "Forbidden")


class TestTransactions:
    def test_all_movements_the_latest_first(self, brame):
        who = customer(points=100)
        given(brame, who, 20)
        spend(who, 30)
        given(brame, who, -10)
        services.cancel(earn(who, 8).pk, at=timezone.now(), note=note())
        status, body = brame.get(user_path(who, "/transactions"))
        listed = body["transactions"]
        assert (status, body["total"], points_of(listed)) == (200, 6, [-8, 8, -10, -30, 20, 100])
        counts = [(one["pointsEarned"], one["pointsUsed"], one["pointsDeducted"]) for one in listed]
        assert counts == [(0, 0, 8), (8, 0, 0), (0, 0, 10), (0, 30, 0), (20, 0, 0), (100, 0, 0)]
        channels = [one["channel"] for one in listed]
        assert channels == ["SUPPORT", "SUPPORT", "CAMPAIGN", "SUPPORT", "CAMPAIGN", "SUPPORT"]

    def test_one_is_what_the_change_was_answered_and_its_sign(self, brame):
        who = customer()
        answered = given(brame, who, 20)
        _, body = brame.get(user_path(who, "/transactions"))
        assert body == {"transactions": [answered | {"points": 20}], "total": 1}

    def test_expired_points_are_a_movement_too(self, brame, monkeypatch):
        who = customer(points=5, valid=1)
        earn(who, 7, valid=30)
        monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 3, 10, 12, tzinfo=UTC))
        given(brame, who, 1)
        listed = brame.get(user_path(who, "/transactions"))[1]["transactions"]
        assert [(one["points"], one["channel"]) for one in listed[:2]] == [(1, "CAMPAIGN"), (-5, "POINTS_EXPIRATION")]

    def test_another_partners_reference_is_blanked(self, brame, other):
        who = customer()
        given(brame, who, 1)
        given(other, who, 2, "Other")
        told = [one["metadata"] for one in brame.get(user_path(who, "/transactions"))[1]["transactions"]]
        assert told == [{"partner": "Other", "reference": ""}, {"partner": "Partner", "reference": "Partner's"}]

    def test_what_staff_note_is_blanked(self, brame):
        who = customer()
        services.earn(who.pk, 1, at=timezone.now(), note=note(reference="ticket 7", comment="secret"))
        (listed,) = brame.get(user_path(who, "/transactions"))[1]["transactions"]
        assert listed["metadata"] == {"partner": "", "reference": ""}
        assert "secret" not in str(listed)

    def test_pages(self, brame):
        who = customer()
        for points in range(1, 6):
            earn(who, points)
        pages = [brame.get(user_path(who, f"/transactions?page={n}&perPage=2"))[1] for n in (1, 2, 3, 4, 10**30)]
        assert [points_of(page["transactions"]) for page in pages] == [[5, 4], [3, 2], [1], [], []]
        assert {page["total"] for page in pages} == {5}

    def test_ten_a_page(self, brame):
        who = customer()
        for _ in range(12):
            earn(who, 1)
        assert len(brame.get(user_path(who, "/transactions"))[1]["transactions"]) == 10

    def test_nobody_elses(self, brame):
        earn(customer(), 5)
        assert brame.get(user_path(customer(), "/transactions")) == (200, {"transactions": [], "total": 0})


class TestSearching:
    PATH = "/transactions/search"

    def found(self, caller, who, **fields):
        status, body = caller.post(self.PATH, {"loyaltyId": str(who.pk)} | fields)
        assert status == 200
        return points_of(body)

    @pytest.fixture
    def who(self, brame):
        who = customer(points=100)
        given(brame, who, 20)
        given(brame, who, -5)
        return who

    def test_all_of_one_customer(self, brame, who):
        earn(customer(), 77)
        listed = brame.get(user_path(who, "/transactions"))[1]["transactions"]
        assert brame.post(self.PATH, {"loyaltyId": str(who.pk)}) == (200, listed)

    @pytest.mark.parametrize(
        ("fields", "points"),
        [
            ({"statuses": ["CLAIMED"], "excludedChannels": ["REMEDIATION"]}, [-5, 20, 100]),
            ({"statuses": ["PENDING"]}, []),
            ({"statuses": []}, []),
            ({"statuses": ["CLAIMED", "PENDING"]}, [-5, 20, 100]),
            ({"excludedChannels": ["CAMPAIGN"]}, [100]),
            ({"excludedChannels": ["SUPPORT", "WEB"]}, [-5, 20]),
            ({"excludedChannels": ["SUPPORT", "CAMPAIGN"]}, []),
            ({"excludedChannels": []}, [-5, 20, 100]),
        ],
    )
    def test_by_status_and_channel(self, fields, points, brame, who):
        assert self.found(brame, who, **fields) == points

    def test_another_partners_reference_is_blanked(self, other, who):
        _, body = other.post(self.PATH, {"loyaltyId": str(who.pk)})
        assert {one["metadata"]["reference"] for one in body} == {""}

    def test_all_that_is_wrong(self, brame):
        assert brame.post(self.PATH, {"loyaltyId": "1", "statuses": "CLAIMED", "excludedChannels": ["x"]}) == invalid(
            loyaltyId="must be a UUID",
            statuses="must be a list of any of PENDING, CLAIMED",
            excludedChannels="must be a list of any of CAMPAIGN, SUPPORT, RESTAURANT, APP, POINTS_EXPIRATION, "
            "INITIAL_POINT_BALANCE, WEB, REMEDIATION",
        )

    def test_nobody(self, brame):
        assert brame.post(self.PATH, {"loyaltyId": NOBODY}) == USER_NOT_FOUND

    def test_no_more_than_a_thousand(self, brame, monkeypatch):
        monkeypatch.setattr("points.api.rbi_reading.MOST_PER_PAGE", 3)
        who = customer()
        for points in range(1, 6):
            earn(who, points)
        assert self.found(brame, who) == [5, 4, 3]


READS = ["", "/points", "/transactions"]


@pytest.mark.parametrize("rest", READS)
@pytest.mark.parametrize("user", [NOBODY, "1", "%00", "%FF", NOBODY.replace("-", "")])
def test_no_such_user(rest, user, brame):
    assert brame.get(f"/loyalty/user/{user}{rest}") == USER_NOT_FOUND


@pytest.mark.parametrize("rest", READS)
def test_an_erased_user_is_none(rest, brame):
    assert brame.get(user_path(customer(status="erased"), rest)) == USER_NOT_FOUND


@pytest.mark.parametrize("rest", READS)
def test_a_region_that_is_none(rest, brame):
    told = invalid(**{"x-region": "must be two letters such as DE"})
    assert brame.get(user_path(customer(), rest), x_region="Germany") == told


@pytest.mark.parametrize(("rest", "wanted"), [("", 3), ("/points", 3), ("/transactions?perPage=1000", 4)])
@pytest.mark.parametrize("movements", [1, 40])
def test_how_many_statements_does_not_grow(rest, wanted, movements, brame):
    who = customer()
    for n in range(movements):
        earn(who, 1, valid=n + 1)
    brame.get(user_path(who))  # notes that the key is in use
    with statements() as seen:
        assert brame.get(user_path(who, rest))[0] == 200
    assert len(seen) == wanted


@pytest.mark.parametrize("movements", [1, 40])
def test_nor_of_a_search(movements, brame):
    who = customer()
    for _ in range(movements):
        earn(who, 1)
    brame.get(user_path(who))
    with statements() as seen:
        assert len(brame.post("/transactions/search", {"loyaltyId": str(who.pk)})[1]) == movements
    assert len(seen) == 3


def test_a_partner_that_is_switched_off_reads_nothing(other):
    Partner.objects.filter(name="Other").update(active=False)
    assert other.get(user_path(customer(points=1))) == failed(401, "Unauthorized", "Unauthorized")
    assert Transfer.objects.count() == 1
