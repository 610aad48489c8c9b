"""The programme's settings and earning rules. Rule: Open Loyalty, "Settings API", 'Get list of settings'."""

from contextlib import nullcontext

import pytest

from customers.errors import CustomerNotFound
from loyalty_site.access.actors import Role
from points import services
from points.models import Account
from tests.bad_input import BAD_QUERIES, ODD_QUERIES, UNREADABLE
from tests.books import refused
from tests.builders import AT, customer, note
from tests.callers import BAD_REQUEST, FORBIDDEN, with_token
from tests.statements import statements

pytestmark = pytest.mark.django_db

SETTINGS, RULES = "/api/settings", "/api/earningRule"


def test_the_settings(admin):
    assert admin.get(SETTINGS) == (
        200,
        {
            "settings": {
                "programName": "Loyalty Program",
                "programPointsSingular": "Point",
                "programPointsPlural": "Points",
                "currency": "eur",
                "timezone": "Europe/Warsaw",
                "allTimeActive": False,
                "pointsDaysActive": 30,
                "tierAssignType": "transactions",
                "customerStatusesEarning": ["new", "active", "blocked"],
                "customerStatusesSpending": ["active"],
                "excludedDeliverySKUs": [],
                "excludedLevelSKUs": [],
                "excludedLevelCategories": [],
            }
        },
    )


def test_they_are_those_in_force(admin, settings):
    settings.PROGRAM_NAME, settings.POINT_SINGULAR, settings.POINT_PLURAL = "Club", "Star", "Stars"
    settings.CURRENCY, settings.LOYALTY_TIME_ZONE, settings.POINTS_VALID_DAYS = "pln", "Pacific/Auckland", 7
    told = admin.get(SETTINGS)[1]["settings"]
    names = ["programName", "programPointsSingular", "programPointsPlural", "currency", "timezone", "pointsDaysActive"]
    assert [told[name] for name in names] == ["Club", "Star", "Stars", "pln", "Pacific/Auckland", 7]


@pytest.mark.parametrize("status", ["new", "active", "blocked", "erased"])
def test_the_statuses_are_those_that_points_go_by(status, admin):
    told, who = admin.get(SETTINGS)[1]["settings"], customer(status=status)
    earns = status in told["customerStatusesEarning"]
    with nullcontext() if earns else refused(CustomerNotFound, id=who.pk):
        services.earn(who.pk, 5, at=AT, note=note())
    assert Account.objects.filter(pk=who.pk).exists() is earns


def test_there_are_no_earning_rules(admin):
    assert admin.get(RULES) == (200, {"earningRules": [], "total": 0})


@pytest.mark.parametrize("path", [SETTINGS, RULES])
def test_who_may(path, admin, seller, member):
    assert (admin.get(path)[0], seller.get(path), member.get(path)) == (200, FORBIDDEN, FORBIDDEN)
    assert with_token(Role.ADMIN, ["settings:read"]).get(path)[0] == 200
    assert with_token(Role.ADMIN, ["customers:read", "points:read"]).get(path) == FORBIDDEN


@pytest.mark.parametrize("path", [SETTINGS, RULES])
def test_what_cannot_be_read(path, admin):
    for query in BAD_QUERIES.values():
        assert admin.get(f"{path}?{query}") == BAD_REQUEST
    for body, media, status in UNREADABLE.values():
        assert admin.get(path, body, media=media)[0] == status
    for query in ODD_QUERIES.values():
        assert admin.get(f"{path}?{query}")[0] == 200


@pytest.mark.parametrize("path", [SETTINGS, RULES])
def test_nothing_is_asked_but_who_calls(path, admin):
    with statements() as seen:
        admin.get(path)
    assert len(seen) == 1
