"""Who can see a campaign, on a page of its own."""

import pytest

from campaigns.audience import aimed_counts, aimed_customers
from campaigns.models import Campaign
from customers import services
from customers.models import Segment
from tests.backoffice import chief, desk, queries
from tests.builders import SHOP, campaign, customer, later, level

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


def page(reward: Campaign) -> str:
    return f"/admin/campaigns/campaign/{reward.pk}/audience/"


def figures(answer) -> dict[str, tuple[str, str]]:
    return {figure.label: (figure.value, figure.note) for figure in answer.context["panels"][0].figures}


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ({"active": False}, "it is switched off"),
        (
            {"all_time_visible": False, "visible_from": later(1), "visible_to": later(2)},
            "it is not shown before 3 Mar 2026, 13:00",
        ),
        (
            {"all_time_visible": False, "visible_from": later(-2), "visible_to": later(-1)},
            "it is not shown any more since 1 Mar 2026, 13:00",
        ),
    ],
)
def test_who_would_see_it_is_counted_where_nobody_can_now(settings, why):
    reward = campaign(levels=[customer().level_id], **settings)

    assert figures(chief().get(page(reward))) == {
        "Can see it now": ("0", why),
        "Would see it": ("1", "if it were switched on and shown now"),
    }


def test_who_is_in_several_groups_is_counted_once_and_named_once():
    anna = customer(first_name="Anna")
    customer(first_name="Ben", level=level("gold"))
    vip = Segment.objects.create(name="VIP")
    services.put_into_segment(vip, [anna.pk], **SHOP)
    reward = campaign(levels=[level().pk], segments=[vip.pk])
    answer = chief().get(page(reward))
    _how_many, groups, sample = answer.context["panels"]

    assert figures(answer) == {"Can see it now": ("1", "2 Mar 2026, 13:00")}
    assert [(row[0], row[2]) for row in groups.rows] == [("Level", "1"), ("Segment", "1")]
    assert [(f">{anna}<" in row[0], str(anna.pk) in row[0], *row[1:]) for row in sample.rows] == [
        (True, True, "bronze", "Active", "2 Mar 2026")
    ]


def test_the_sample_is_of_those_who_joined_last_and_takes_no_more_queries_for_many():
    reward, staff = campaign(levels=[level().pk]), chief()
    customer(first_name="First")
    few = queries(staff, page(reward))
    for n in range(20):
        customer(first_name=f"Later {n}")
    names = [row[0] for row in staff.get(page(reward)).context["panels"][2].rows]

    assert len(names) == 20
    assert "Later 19" in names[0]
    assert not any("First" in name for name in names)
    assert queries(staff, page(reward)) == few


def test_names_of_customers_are_for_those_who_see_customers():
    who = customer(first_name="Anna")
    answer = desk("campaigns.view_campaign").get(page(campaign(levels=[who.level_id])))

    assert figures(answer) == {"Can see it now": ("1", "2 Mar 2026, 13:00")}
    assert "Anna" not in answer.content.decode()


def test_without_a_look_at_campaigns_the_page_is_closed():
    assert desk("customers.view_customer").get(page(campaign())).status_code == 403


def test_a_campaign_is_aimed_at_somebody_outside_its_window_too():
    who = customer()
    reward = campaign(
        levels=[who.level_id], all_time_visible=False, visible_from=later(1), visible_to=later(2), active=False
    )
    people, total = aimed_customers(reward, 0, 10)

    assert (list(people), total, aimed_counts([reward.pk])) == ([who], 1, {reward.pk: 1})
    assert aimed_counts([]) == {}
