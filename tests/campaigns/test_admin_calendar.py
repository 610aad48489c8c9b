"""The calendar of campaigns."""

import re

import pytest

from tests.backoffice import chief, desk, queries
from tests.builders import campaign, later, level

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

PAGE = "/admin/campaigns/campaign/calendar/"


def said(html: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", html).split())


def test_a_bar_shows_the_days_of_buying_within_the_month():
    campaign(name="Mug", all_time_active=False, active_from=later(1), active_to=later(40))
    answer = chief().get(PAGE)

    (bar,) = answer.context["bars"]
    assert (bar.name, bar.style, bar.window) == ("Mug", "scheduled", "3 Mar 2026 – 11 Apr 2026")
    assert (round(bar.start, 3), round(bar.width, 3)) == (round(200 / 31, 3), round(2900 / 31, 3))
    assert "?month=2026-02" in answer.content.decode()
    assert "?month=2026-04" in answer.content.decode()


def test_gaps_and_what_is_alike_are_told():
    window = {"all_time_active": False, "active_from": later(1), "active_to": later(3), "levels": [level().pk]}
    campaign(name="Mug", **window)
    campaign(name="Cup", **window)
    days, alike = chief().get(PAGE).context["panels"]

    assert days.rows == [["2 Mar 2026"], ["6 Mar 2026 – 31 Mar 2026"]]
    assert [said(str(cell)) for cell in alike.rows[0]] == [
        "Discount code",
        "Cup , Mug",
        "bronze",
        "3 Mar 2026 – 5 Mar 2026",
    ]


def test_a_month_that_is_over_warns_of_nothing():
    answer = chief().get(f"{PAGE}?month=2026-02")

    assert answer.context["panels"] == []
    assert "No campaign can be bought in this month." in answer.content.decode()


def test_it_takes_as_many_queries_for_many_campaigns_as_for_few():
    staff = chief()
    for n in range(2):
        campaign([f"A{n}"], levels=[level().pk])
    few = queries(staff, PAGE)
    for n in range(2, 20):
        campaign([f"A{n}"], levels=[level().pk])

    assert queries(staff, PAGE) == few <= 15


def test_it_is_for_those_who_see_campaigns_and_stands_in_their_menu():
    assert desk("campaigns.view_coupon").get(PAGE).status_code == 403
    reader = desk("campaigns.view_campaign", username="reader").get(PAGE)
    open_ones = [
        item["link"] for group in reader.context["sidebar_navigation"] for item in group["items"] if item["active"]
    ]

    assert (reader.status_code, open_ones) == (200, [PAGE])
