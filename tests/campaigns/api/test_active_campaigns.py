"""The names of what can be bought now. Rule: Open Loyalty, campaigns, "Get all active campaigns"."""

import pytest

from campaigns.api import active_campaigns
from tests.builders import AT, campaign, later
from tests.statements import statements

pytestmark = pytest.mark.django_db

PATH = "/api/campaign/active"


def window(start, end):
    return {"all_time_active": False, "active_from": start, "active_to": end}


def named(*campaigns):
    return 200, {"campaigns": [{"id": str(one.pk), "name": one.name} for one in campaigns]}


def test_the_names_in_order_of_creation(admin):
    first, second = campaign(name="Tea"), campaign(name="Coffee")
    type(second).objects.filter(pk=second.pk).update(created_at=later(1))
    assert admin.get(PATH) == named(first, second)


def test_none(admin):
    assert admin.get(PATH) == (200, {"campaigns": []})


def test_what_is_switched_off_is_not_active(admin):
    campaign(active=False)
    assert admin.get(PATH) == named()


@pytest.mark.parametrize(
    ("start", "end", "active"),
    [
        (AT, later(1), True),
        (later(-1), AT, True),
        (later(seconds=1), later(1), False),
        (later(-1), later(seconds=-1), False),
    ],
)
def test_the_activity_window_counts_with_both_ends(start, end, active, admin):
    made = campaign(**window(start, end))
    assert admin.get(PATH) == (named(made) if active else named())


def test_what_is_not_visible_can_be_active(admin):
    made = campaign(all_time_visible=False, visible_from=later(1), visible_to=later(2))
    assert admin.get(PATH) == named(made)


def test_there_are_no_pages(admin):
    made = [campaign(name=str(n)) for n in range(12)]
    _, body = admin.get(f"{PATH}?perPage=2&page=2")
    assert {one["id"] for one in body["campaigns"]} == {str(one.pk) for one in made}


def test_of_too_many_the_latest_are_shown(admin, monkeypatch):
    monkeypatch.setattr(active_campaigns, "MOST", 2)
    made = [campaign(name=str(n)) for n in range(3)]
    for days, one in enumerate(made):
        type(one).objects.filter(pk=one.pk).update(created_at=later(days))
    assert admin.get(PATH) == named(*made[1:])


def test_two_statements_however_many_there_are(admin):
    for _ in range(3):
        campaign()
    with statements() as seen:
        assert len(admin.get(PATH)[1]["campaigns"]) == 3
    assert len(seen) == 2
