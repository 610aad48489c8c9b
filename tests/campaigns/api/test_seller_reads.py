"""What sellers read of campaigns. Rule: Open Loyalty, "Get campaign collection (seller)"."""

import pytest

from tests.builders import campaign, later
from tests.callers import NOT_FOUND
from tests.campaigns.api.documents import shown

pytestmark = pytest.mark.django_db

UNSEEN = {"all_time_visible": False, "visible_from": later(1), "visible_to": later(9)}
PAST = {"all_time_active": False, "active_from": later(-9), "active_to": later(-1)}
SEEN = {"all_time_visible": False, "visible_from": later(), "visible_to": later()}


def test_the_list_holds_what_is_switched_on_and_visible_now(seller, admin):
    campaign(name="plain")
    campaign(name="seen to the second", **SEEN)
    campaign(name="activity over", **PAST)
    campaign(name="sold out", limit=1, codes=["A"])
    campaign(name="off", active=False)
    campaign(name="unseen", **UNSEEN)
    status, body = seller.get("/api/seller/campaign?sort=name")
    assert (status, body["total"]) == (200, 4)
    assert [found["name"] for found in body["campaigns"]] == [
        "activity over",
        "plain",
        "seen to the second",
        "sold out",
    ]


def test_filters_of_the_administration_mean_nothing_here(seller):
    campaign(name="plain")
    _, body = seller.get("/api/seller/campaign?name=other&active=0&campaignType=gift_code&labels[0][key]=x")
    assert body["total"] == 1


@pytest.mark.parametrize("settings", [{}, {"active": False}, UNSEEN, PAST], ids=["plain", "off", "unseen", "over"])
def test_the_detail_is_there_whatever_its_state_and_the_same_as_the_admins(settings, seller, admin):
    made = campaign(**settings)
    wanted = shown(admin, made.pk)
    assert wanted["campaignId"] == str(made.pk)
    assert shown(seller, made.pk, "/api/seller/campaign") == wanted
    assert shown(seller, made.pk) == wanted
    assert shown(admin, made.pk, "/api/seller/campaign") == wanted


def test_the_list_shows_the_same_objects_as_the_detail(seller):
    made = campaign()
    _, body = seller.get("/api/seller/campaign")
    assert body["campaigns"] == [shown(seller, made.pk, "/api/seller/campaign")]


@pytest.mark.parametrize("campaign_id", ["00000000-0000-0000-0000-000000000000", "x", "%00", "1" * 400])
def test_an_unknown_campaign(campaign_id, seller, admin):
    assert seller.get(f"/api/seller/campaign/{campaign_id}") == NOT_FOUND
    assert admin.get(f"/api/campaign/{campaign_id}") == NOT_FOUND
