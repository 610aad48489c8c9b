"""What a reward is worth, its tax, its brand and its link, on the page on which staff build a campaign."""

from decimal import Decimal

import pytest

from campaigns.models import Campaign
from loyalty_site.access.models import AuditEntry
from tests.backoffice import chief, desk, told, wrong
from tests.builders import campaign, level

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

WORTH = {"reward_value": Decimal("12.50"), "tax": Decimal("23.00"), "tax_price_value": Decimal("2.88")}
WORDS = {"brand_description": "Roasted by us", "more_information_link": "https://example.com/coffee"}
REQUIRED = {
    "name": "Free coffee",
    "reward": "discount_code",
    "cost_in_points": "10",
    "limit": "10",
    "limit_per_customer": "2",
    "active": "on",
    "all_time_active": "on",
    "all_time_visible": "on",
}


def page(reward: Campaign) -> str:
    return f"/admin/campaigns/campaign/{reward.pk}/change/"


def entries(**changes: str) -> dict:
    return REQUIRED | {"levels": [str(level().pk)]} | changes


def columns(reward: Campaign) -> dict:
    return Campaign.objects.values(*WORTH, *WORDS).get(pk=reward.pk)


def test_they_are_written_and_told_in_the_audit_trail():
    reward = campaign()
    chief().post(page(reward), entries(reward_value="12.5", tax="23", tax_price_value="2.88", **WORDS))

    assert columns(reward) == WORTH | WORDS
    entry = AuditEntry.objects.get(action="campaign changed")
    told_of = {name for name in entry.after if entry.after[name] != entry.before[name]}
    assert told_of == {*WORTH, *WORDS, "levels"}
    assert (entry.before["reward_value"], entry.after["reward_value"]) == (None, "12.50")


def test_saving_the_page_as_it_stands_keeps_them():
    reward = campaign(**WORTH, **WORDS)
    staff = chief()
    form = staff.get(page(reward)).context["adminform"].form
    staff.post(page(reward), entries(**{name: str(form[name].value()) for name in (*WORTH, *WORDS)}))

    assert columns(reward) == WORTH | WORDS
    entry = AuditEntry.objects.get(action="campaign changed")
    assert {name for name in entry.after if entry.after[name] != entry.before[name]} == {"levels"}


def test_emptied_they_are_gone():
    reward = campaign(**WORTH, **WORDS)
    chief().post(page(reward), entries())

    assert columns(reward) == dict.fromkeys(WORTH) | dict.fromkeys(WORDS, "")


@pytest.mark.once("sqlite")
@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("reward_value", "0", "Ensure this value is greater than or equal to 0.01."),
        ("reward_value", "1.234", "Ensure that there are no more than 2 decimal places."),
        ("tax", "-1", "Ensure this value is greater than or equal to 0."),
        ("tax", "99", "Ensure this value is less than or equal to 98.99."),
        ("tax_price_value", "much", "Enter a number."),
        ("more_information_link", "javascript:alert(1)", "Enter a valid URL."),
        ("more_information_link", "example.com", "Enter a valid URL."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_written(name, value, complaint):
    reward = campaign(**WORTH, **WORDS)
    answer = chief().post(page(reward), entries(**{name: value}))

    assert (wrong(answer), told(answer)) == ({name: [complaint]}, [])
    assert columns(reward) == WORTH | WORDS


@pytest.mark.once("sqlite")
def test_who_may_only_look_sees_them():
    text = desk("campaigns.view_campaign").get(page(campaign(**WORTH, **WORDS))).content.decode()

    assert [value for value in ("12.50", "23.00", "2.88", *WORDS.values()) if value not in text] == []
