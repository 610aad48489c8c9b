"""Dates of a campaign: what is read as what, in the programme's zone, and how it reads back."""

import pytest

from tests.campaigns.api.documents import SHOWN, created, shown

pytestmark = pytest.mark.django_db

# It is 2026-03-02 13:00 in Warsaw, in winter; summer time begins on 29 March.
FROM = {
    "2017-10-05 10:59": "2017-10-05T10:59:00+0200",
    "2017-12-05 10:59": "2017-12-05T10:59:00+0100",
    "2017-12-05 10:59:30": "2017-12-05T10:59:30+0100",
    "2017-09-05T10:59:00+02:00": "2017-09-05T10:59:00+0200",
    "2017-09-05T10:59:00+0200": "2017-09-05T10:59:00+0200",
    "2017-09-05T10:59:00-05:00": "2017-09-05T17:59:00+0200",
    "2017-09-05T10:59:00Z": "2017-09-05T12:59:00+0200",
    "2017-09-05T10:59:00.123Z": "2017-09-05T12:59:00+0200",
    "2017-10-05": "2017-10-05T00:00:00+0200",
    "2017/10/05": "2017-10-05T00:00:00+0200",
    "05.10.2017": "2017-10-05T00:00:00+0200",
    " 2017-10-05 10:59 ": "2017-10-05T10:59:00+0200",
    "2016-02-29": "2016-02-29T00:00:00+0100",
    "now": "2026-03-02T13:00:00+0100",
    "today": "2026-03-02T00:00:00+0100",
    "tomorrow": "2026-03-03T00:00:00+0100",
    "+1 day": "2026-03-03T13:00:00+0100",
    "+1 month": "2026-04-02T13:00:00+0200",
}
TO = {
    "2017-10-05": "2017-10-05T23:59:59+0200",
    "2017-10-05 00:00": "2017-10-05T00:00:00+0200",
    "2017-10-05 10:59": "2017-10-05T10:59:00+0200",
    "tomorrow": "2026-03-03T23:59:59+0100",
    "2037-01-01T00:00:00+01:00": "2037-01-01T00:00:00+0100",
}


def read_back(admin, group, name, value):
    dates = {key: SHOWN[group][key] for key in SHOWN[group]} | {name: value}
    return shown(admin, created(admin, **{group: dates}))[group][name]


@pytest.mark.parametrize(("value", "reads"), FROM.items(), ids=FROM)
def test_from(value, reads, admin):
    assert read_back(admin, "campaignActivity", "activeFrom", value) == reads


@pytest.mark.parametrize(("group", "name"), [("campaignActivity", "activeTo"), ("campaignVisibility", "visibleTo")])
@pytest.mark.parametrize(("value", "reads"), TO.items(), ids=TO)
def test_to_is_inclusive(value, reads, group, name, admin):
    assert read_back(admin, group, name, value) == reads


def test_a_campaign_may_end_before_it_begins(admin):
    dates = {"activeFrom": "2026-05-01 00:00", "activeTo": "2026-04-01 00:00"}
    assert shown(admin, created(admin, campaignActivity=dates))["campaignActivity"] == {
        "allTimeActive": False,
        "activeFrom": "2026-05-01T00:00:00+0200",
        "activeTo": "2026-04-01T00:00:00+0200",
    }


def test_dates_beside_all_time_are_taken_and_not_shown(admin):
    dates = {"activeFrom": "2026-05-01 00:00", "activeTo": "2026-04-01 00:00"}
    made = shown(admin, created(admin, campaignActivity=dates | {"allTimeActive": True}))
    assert made["campaignActivity"] == {"allTimeActive": True}
    assert "will_be_active_from" not in made


def test_what_is_shown_can_be_sent_back(admin):
    first = shown(admin, created(admin))
    again = shown(admin, created(admin, **{name: first[name] for name in ("campaignActivity", "campaignVisibility")}))
    assert again == first | {"campaignId": again["campaignId"]}
