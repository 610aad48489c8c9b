"""Copying a campaign from its page."""

from datetime import UTC, datetime

import pytest

from campaigns.models import Campaign
from tests.backoffice import chief, desk, told, trail
from tests.builders import campaign, later

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

LIST = "/admin/campaigns/campaign/"


def page(reward: Campaign) -> str:
    return f"{LIST}{reward.pk}/duplicate/"


def test_the_question_proposes_a_name_and_the_day_after_the_original():
    reward = campaign(all_time_active=False, active_from=later(1), active_to=later(5))
    form = chief().get(page(reward)).context["form"]

    assert form["name"].value() == "Copy of Free coffee"
    assert str(form["first_day"].value()) == "2026-03-08"


def test_a_campaign_without_dates_is_asked_for_no_day():
    assert list(chief().get(page(campaign())).context["form"].fields) == ["name"]


def test_sent_twice_there_is_one_copy_and_both_lead_to_it():
    reward, staff = campaign(), chief()
    sent = {"key": "k", "name": "Second"}
    answers = [staff.post(page(reward), sent, follow=True) for _ in range(2)]

    made = Campaign.objects.get(name="Second")
    assert [answer.redirect_chain for answer in answers] == [[(f"{LIST}{made.pk}/change/", 302)]] * 2
    assert told(answers[0]) == ["“Second” is there, switched off. It has no codes yet."]
    assert trail() == ["Maria Staff: campaign created", "chief: campaign copied"]


@pytest.mark.parametrize("key", ["", "k" * 80])
def test_sent_without_the_key_of_a_page_each_makes_a_copy(key):
    reward, staff = campaign(), chief()
    answers = [staff.post(page(reward), {"key": key, "name": "Second"}) for _ in range(2)]

    made = Campaign.objects.filter(name="Second").values_list("pk", flat=True)
    assert {answer.url for answer in answers} == {f"{LIST}{pk}/change/" for pk in made}
    assert len(made) == 2


def test_who_may_not_add_campaigns_copies_none():
    reward = campaign()
    staff = desk("campaigns.view_campaign", "campaigns.change_campaign")

    assert staff.post(page(reward), {"name": "Second"}).status_code == 403
    assert Campaign.objects.count() == 1


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_no_copy_begins_at_an_end_of_the_calendar(day):
    reward = campaign(all_time_active=False, active_from=later(1), active_to=later(5))
    answer = chief().post(page(reward), {"name": "Second", "first_day": day})

    assert list(answer.context["form"].errors) == ["first_day"]
    assert Campaign.objects.count() == 1


def test_what_is_on_for_ever_is_copied_so():
    ever = datetime(9999, 12, 31, 22, 59, tzinfo=UTC)
    reward, staff = campaign(all_time_active=False, active_from=later(1), active_to=ever), chief()
    form = staff.get(page(reward)).context["form"]
    staff.post(page(reward), {"name": "Second", "first_day": "2026-04-01"})

    assert str(form["first_day"].value()) == "2026-03-02"
    assert Campaign.objects.get(name="Second").active_to == ever
