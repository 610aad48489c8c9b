"""Publishing: what blocks a campaign keeps staff from switching it on, by whichever way they try."""

import pytest

from campaigns.models import Campaign
from tests.backoffice import chief, desk, told, trail, wrong
from tests.builders import campaign, later, level
from tests.campaigns.pools import shown
from tests.campaigns.test_admin_campaigns import ADD, READ, WRITE, entries, page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

NO_CODES = "It has no codes: there is nothing to sell. Generate, import or enter codes."
PUBLISH = {"_publish": "1"}


def ready(**settings) -> Campaign:
    return campaign(levels=[level().pk], **({"active": False} | settings))


def is_on() -> bool:
    return Campaign.objects.get().active


def test_the_form_publishes_what_it_saves():
    answer = chief().post(ADD, entries(**PUBLISH), follow=True)

    made = Campaign.objects.get()
    assert (made.active, shown(made)) == (True, ["AAA", "BBB"])
    assert told(answer) == ["“Free tea” is published. Customers can buy it: any time."]
    assert answer.redirect_chain == [(page(made), 302)]
    assert trail() == ["chief: campaign created"]


def test_a_draft_may_be_without_codes_and_is_published_once_it_has_some():
    staff = chief()
    staff.post(ADD, entries(codes=""))
    draft = Campaign.objects.get()
    refused = staff.post(page(draft), entries(codes="", **PUBLISH))

    assert (wrong(refused), is_on(), shown(draft)) == ({"codes": [NO_CODES]}, False, [])
    staff.post(page(draft), entries(codes="C\nD", **PUBLISH))
    assert (is_on(), shown(draft)) == (True, ["C", "D"])


@pytest.mark.once("sqlite")
def test_a_refused_form_saves_nothing():
    answer = chief().post(
        ADD,
        entries(all_time_active=None, active_from_0="2026-01-01", active_to_0="2026-01-31", codes="", **PUBLISH),
    )

    assert wrong(answer) == {
        "active_to": ["It could be bought until 31 Jan 2026, 23:59: that is over. Choose a later end."],
        "codes": [NO_CODES],
    }
    assert not Campaign.objects.exists()
    assert trail() == []


@pytest.mark.once("sqlite")
def test_who_changes_a_campaign_that_is_on_is_not_asked_whether_it_is_ready():
    reward = ready(active=True, all_time_active=False, active_from=later(-9), active_to=later(-1))
    chief().post(page(reward), entries(name="Over", codes=""))

    assert (Campaign.objects.get().name, is_on()) == ("Over", True)


@pytest.mark.once("sqlite")
def test_the_button_of_the_page_leads_back_to_what_is_missing():
    reward, staff = ready(all_time_visible=False, visible_from=later(-9), visible_to=later(-1)), chief()
    sentence = "It was shown until 1 Mar 2026, 13:00: that is over. Choose a later end, or show it at any time."
    asked, sent = (
        staff.get(page(reward, "switch_on"), follow=True),
        staff.post(page(reward, "switch_on"), follow=True),
    )

    assert (told(asked), told(sent)) == ([sentence], [sentence])
    assert sent.redirect_chain == [(page(reward), 302)]
    assert not is_on()


@pytest.mark.once("sqlite")
def test_the_button_of_the_page_publishes_what_is_ready():
    reward, staff = ready(), desk(READ, WRITE)
    answer = staff.post(page(reward, "switch_on"), follow=True)

    assert (told(answer), is_on()) == (["“Free coffee” is published."], True)


@pytest.mark.once("sqlite")
def test_a_draft_has_a_button_to_publish_and_what_is_on_has_none():
    staff = chief()
    draft, on = (staff.get(page(reward)).content.decode() for reward in (ready(), ready(active=True)))

    assert ['name="_publish"' in text for text in (draft, on)] == [True, False]
    assert ['name="_save"' in text for text in (draft, on)] == [False, True]
