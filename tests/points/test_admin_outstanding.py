"""Points outstanding on the start page: every number leads to the rows that it counts."""

import re
from html import unescape

import pytest

from points import services
from points.liability.measuring import keep, measured
from tests.backoffice import chief, desk
from tests.builders import AT, customer, earn, later, note, spend
from tests.points.test_admin_flow import number_and_list, panel, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

MONTH = re.compile(r'<th scope="row"><a href="([^"]*)"[^>]*>([^<]*)</a></th>\s*<td[^>]*>([\d,]+)</td>')


@pytest.fixture
def counted():
    anna, bob = customer(), customer()
    for back, valid, points in ((400, 10, 7), (200, 10, 30), (100, 45, 40), (3, 45, 1_500), (0, 500, 60)):
        earn(anna, points, valid=valid, at=later(-back))
    spend(anna, 12)
    earn(bob, 30, valid=-50, at=later(-200))
    services.reverse(spend(bob, 20, at=later(-100)).pk, at=AT, note=note())
    keep(measured(AT))


def test_every_figure_leads_to_the_points_with_such_a_last_day(counted):
    staff = chief()
    shown = panel(staff, "Points outstanding")
    months = re.findall(
        r'<th scope="row"><a href="([^"]*)"[^>]*>([^<]*)</a></th>\s*<td[^>]*>([\d,]+)</td>', shown.drawn
    )
    told = [(figure.label, figure.value, figure.url) for figure in shown.figures]
    told += [(name, int(number.replace(",", "")), unescape(url)) for url, name, number in months]

    assert [(label, number) for label, number, _ in told if number] == [
        ("Can be spent", 1645),
        ("Expire this month", 25),
        ("Expire next month", 1560),
        ("March 2026", 25),
        ("April 2026", 1560),
        ("March 2027 and later", 60),
    ]
    for label, number, address in told:
        assert sum(row.points for row in staff.get(address).context["cl"].result_list) == number, label


def test_every_age_leads_to_the_additions_of_which_something_is_left(counted):
    staff = chief()
    shown = panel(staff, "Points outstanding")
    told = {words(name): number_and_list(cell) for name, cell in shown.rows}

    assert {name: number for name, (number, _) in told.items()} == {
        "In the last 30 days": 1560,
        "30 to 89 days ago": 0,
        "90 to 179 days ago": 40,
        "180 to 364 days ago": 25,
        "365 days ago and before": 0,
        "Given back, with a new last day": 20,
    }
    number, address = told.pop("Given back, with a new last day")
    assert sum(row.given_back for row in staff.get(address).context["cl"].result_list) == number
    for name, (number, address) in told.items():
        listed = staff.get(address).context["cl"]
        assert sum(row.left for row in listed.result_list) == number, name
        assert "left" in listed.list_display


def test_the_panel_says_of_which_moment_it_is(counted):
    assert panel(chief(), "Points outstanding").note.startswith("As of 2 Mar 2026, 13:00.")


def test_where_nobody_has_counted_the_page_says_so():
    shown = panel(chief(), "Points outstanding")

    assert shown.empty.startswith("Nobody has counted the points that customers can still spend.")
    assert not shown.figures


def test_who_may_not_see_last_days_sees_no_sums(counted):
    titles = [shown.title for shown in desk("points.view_account").get("/admin/").context["panels"]]

    assert titles == []


def test_points_whose_day_has_passed_are_not_listed():
    who = customer()
    earn(who, 5, valid=-1)
    earn(who, 7, valid=0)

    assert [row.points for row in chief().get("/admin/points/bucket/").context["cl"].result_list] == [7]
