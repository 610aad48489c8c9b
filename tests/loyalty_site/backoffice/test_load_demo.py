"""`manage.py load_demo --drill`: a small world for runs that crash and race, and one line that says what it holds."""

import json
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone
from django.utils.module_loading import import_string

from campaigns import drill
from campaigns.models import Campaign
from customers.models import Customer
from tests.api_fixtures import *  # noqa: F403
from tests.builders import AT
from tests.callers import Caller

pytestmark = pytest.mark.django_db


def load(*arguments: str) -> list[str]:
    out = StringIO()
    call_command("load_demo", *arguments, stdout=out)
    return out.getvalue().splitlines()


@pytest.fixture(scope="module")
def world(for_the_module):
    """What the last line tells; of the campaign that never sells out, fewer codes will do."""
    endless = drill.CAMPAIGNS[-1]
    few = drill.Sample(endless.name, codes=200, cost=endless.cost)
    with for_the_module(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "DEMO", True)
        patch.setattr(timezone, "now", lambda: AT)
        patch.setattr(drill, "CAMPAIGNS", [*drill.CAMPAIGNS[:-1], few])
        return json.loads(load("--drill")[-1])


def caller(world, name: str) -> Caller:
    header, _, value = world["auth"][name].partition(": ")
    return Caller(**{header: value})


def test_the_last_line_names_all_there_is(world):
    assert list(world) == [
        "partner",
        "auth",
        "customers",
        "campaigns",
        "burstCampaigns",
        "offerConfig",
        "promotions",
    ]
    assert list(world["auth"]) == ["admin", "partner", "client", "capillary"]
    assert [len(world[name]) for name in ("customers", "campaigns", "burstCampaigns", "promotions")] == [12, 4, 2, 12]
    assert world["partner"] == "Partner"
    told = {who["id"]: who["externalId"] for who in world["customers"]}
    assert told == {str(who.pk): who.external_id for who in Customer.objects.all()}


def test_each_campaign_is_bounded_by_one_thing(world):
    found = [Campaign.objects.get(pk=key) for key in [*world["campaigns"], *world["burstCampaigns"]]]
    bounds = [(one.coupons.count(), one.limit, one.limit_per_customer, one.cost_in_points) for one in found]
    assert bounds == [
        (120, drill.FAR, drill.FAR, 10),
        (200, 80, drill.FAR, 7),
        (400, drill.FAR, 3, 3),
        (200, drill.FAR, drill.FAR, 5),
        (20, 20, drill.FAR, 1),
        (100, drill.FAR, 3, 1),
    ]


def test_every_credential_opens_its_door(world):
    partner, admin, client, capillary = (caller(world, name) for name in ("partner", "admin", "client", "capillary"))
    who, reward, promotion = world["customers"][0], world["campaigns"][0], world["promotions"][0]

    award = {"partner": world["partner"], "points": 25, "reference": "drill"}
    assert partner.post(f"/loyalty/user/{who['id']}/points", award)[0] == 200
    dates = {"startDate": "2026-03-02", "endDate": "2026-03-30"}
    offer = {"userId": who["id"], "source": "drill", "configId": world["offerConfig"], "ruleParams": dates}
    assert partner.post("/bulk-action/hot/create-offer", offer)[0] == 200

    bought = admin.post(f"/api/admin/customer/{who['id']}/campaign/{reward}/buy")
    _, offers = client.get(f"/client/users/{who['id']}/offers")
    identified = f"identifierName=externalId&identifierValue={who['externalId']}&source=INSTORE"
    _, enrolled = capillary.post(f"/v2/promotion/issue?{identified}", promotion)

    assert bought == (200, {"coupon": {"code": "DRILL1-00001"}})
    assert [one["id"] for one in offers] == ["DRILL"]
    assert [one["promotionId"] for one in enrolled["sideEffects"]] == [promotion["promotionId"]]


def test_the_books_tie(world):
    assert [finding for name in settings.LEDGER_CHECKS for finding in import_string(name)()] == []


def test_a_database_with_customers_is_left_alone(world, monkeypatch):
    monkeypatch.setattr(settings, "DEMO", True)

    with pytest.raises(CommandError, match=r"holds 12 customers: choose an empty one"):
        load("--drill")

    assert (Customer.objects.count(), Campaign.objects.count()) == (12, 6)


def test_only_a_demo_has_published_passwords(monkeypatch):
    monkeypatch.setattr(settings, "DRILL_LOADERS", ["is.not.asked"])
    with pytest.raises(CommandError, match="LOYALTY_DEMO=1"):
        load("--drill")
