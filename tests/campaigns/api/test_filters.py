"""The filters of `GET /api/campaign`. Rule: Open Loyalty, "Get the collection of campaigns"."""

from dataclasses import replace
from urllib.parse import quote

import pytest

from campaigns.services import create
from tests.builders import SHOP, draft
from tests.callers import BAD_REQUEST, FORM
from tests.campaigns.api.documents import as_form, sent

pytestmark = pytest.mark.django_db

CAMPAIGNS = {
    "Coffee": {"labels": [("type", "promotion"), ("type", "cashback"), ("place", "Wrocław")]},
    "Iced coffee": {"labels": [("type", "cashback")], "active": False, "reward": "gift_code"},
    "Tea": {"labels": [("Type", "cashback"), ("kind", "type")]},
    "100% Tea_2": {"labels": [("alone", None)], "reward": "gift_code"},
    "Nothing": {"labels": [], "active": False},
}
EVERYTHING = list(CAMPAIGNS)

# query → names
LABELS = {
    "labels[0][key]=type&labels[0][value]=cashback": ["Coffee", "Iced coffee"],
    "labels[0][key]=type": ["Coffee", "Iced coffee"],
    "labels[0][value]=cashback": ["Coffee", "Iced coffee", "Tea"],
    "labels[0][key]=type&labels[1][key]=place": ["Coffee"],
    "labels[0][value]=cashback&labels[1][value]=promotion": ["Coffee"],
    "labels[0][key]=type&labels[0][value]=promotion&labels[1][key]=type&labels[1][value]=cashback": ["Coffee"],
    "labels[0][key]=type&labels[1][key]=alone": [],
    "labels[0][key]=place&labels[0][value]=cashback": [],
    "labels[0][key]=Type": ["Tea"],
    "labels[0][value]=CASHBACK": [],
    "labels[0][key]=typ": [],
    "labels[0][key]=alone": ["100% Tea_2"],
    "labels[][key]=type&labels[][key]=place": ["Coffee"],
    f"labels[0][value]={quote('Wrocław')}": ["Coffee"],
    "labels%5B0%5D%5Bkey%5D=place": ["Coffee"],
    "labels[0][key]=&labels[0][value]=": EVERYTHING,
    "labels[0][other]=type": EVERYTHING,
    "labels=type": EVERYTHING,
    "labels[0]=type": EVERYTHING,
    "labels[0][key][deeper]=type": EVERYTHING,
}
OTHERS = {
    "active=1": ["Coffee", "Tea", "100% Tea_2"],
    "active=true": ["Coffee", "Tea", "100% Tea_2"],
    "active=0": ["Iced coffee", "Nothing"],
    "active=": EVERYTHING,
    "campaignType=gift_code": ["Iced coffee", "100% Tea_2"],
    "campaignType=gift": [],
    "campaignType=GIFT_CODE": [],
    "campaignType=": EVERYTHING,
    "campaignType[]=gift_code": EVERYTHING,
    "name=coffee": ["Iced coffee"],
    "name=Coffee": ["Coffee"],
    "name=ea": ["Tea", "100% Tea_2"],
    "name=0%25": ["100% Tea_2"],
    "name=a_2": ["100% Tea_2"],
    "name=_": ["100% Tea_2"],
    "name=%25": ["100% Tea_2"],
    "name=Iced+coffee": ["Iced coffee"],
    "name='": [],
    "active=1&campaignType=gift_code&name=Tea&labels[0][key]=alone": ["100% Tea_2"],
    "unknown=1": EVERYTHING,
}


@pytest.fixture(scope="module", autouse=True)
def _campaigns(for_the_module):
    with for_the_module():
        for name, facts in CAMPAIGNS.items():
            labels = facts["labels"]
            settings = {key: value for key, value in facts.items() if key != "labels"}
            create(replace(draft(name=name, **settings), labels=labels), **SHOP)


def listed(answer):
    status, body = answer
    assert status == 200
    assert body["total"] == len(body["campaigns"])
    return [found["name"] for found in body["campaigns"]]


@pytest.mark.parametrize("query", LABELS)
def test_by_labels_all_conditions_hold(query, admin):
    assert sorted(listed(admin.get(f"/api/campaign?{query}"))) == sorted(LABELS[query])


@pytest.mark.parametrize("query", OTHERS)
def test_by_other_filters(query, admin):
    assert sorted(listed(admin.get(f"/api/campaign?{query}"))) == sorted(OTHERS[query])


@pytest.mark.parametrize("body", ["labels[0][key]=place", {"labels": [{"key": "place"}]}], ids=["form", "json"])
def test_filters_may_stand_in_the_body(body, admin):
    """The document's own examples send a list's parameters with `curl -d`."""
    assert listed(admin.get("/api/campaign", body)) == ["Coffee"]


def test_a_condition_that_is_repeated_counts_once(admin):
    many = "&".join(f"labels[{n}][key]=type" for n in range(60))
    assert listed(admin.get(f"/api/campaign?{many}&labels[x][key]=place")) == ["Coffee"]


def test_more_conditions_than_are_looked_at_are_refused(admin):
    """To look at some of them only would list campaigns that do not meet the others."""
    many = "&".join(f"labels[{n}][key]=k{n}" for n in range(51))
    assert admin.get(f"/api/campaign?{many}") == BAD_REQUEST


def test_the_query_wins_over_the_body(admin):
    assert listed(admin.get("/api/campaign?name=Coffee", "name=Tea", media=FORM)) == ["Coffee"]


def test_a_label_matches_as_it_was_sent(admin):
    admin.post("/api/campaign", as_form(sent(name="New", labels="x; spaced : out ;y")))
    assert listed(admin.get("/api/campaign?labels[0][key]=+spaced+&labels[0][value]=+out+")) == ["New"]
    assert listed(admin.get("/api/campaign?labels[0][key]=spaced")) == []


def test_the_total_is_that_of_the_filtered_campaigns(admin):
    _, body = admin.get("/api/campaign?labels[0][value]=cashback&sort=name&perPage=1")
    assert ([found["name"] for found in body["campaigns"]], body["total"]) == (["Coffee"], 3)
