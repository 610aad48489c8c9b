"""Points in and out on the start page: every number leads to the movements that it sums up."""

import re
from datetime import timedelta
from html import unescape

import pytest

from loyalty_site.days import day_of, days_from
from points import services
from points.totals.counting import BY_DAY
from tests.backoffice import chief, queries
from tests.builders import AT, customer, earn, later, note, spend

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

START = "/admin/"
LINK = re.compile(r'<a href="([^"]*)"[^>]*>([\d,]+)</a>')


def number_and_list(cell) -> tuple[int, str]:
    url, number = LINK.search(str(cell)).groups()
    return int(number.replace(",", "")), unescape(url)


def panel(staff, title: str):
    (found,) = [one for one in staff.get(START).context["panels"] if one.title == title]
    return found


def words(cell) -> str:
    return re.sub("<.*?>", "", str(cell))


@pytest.fixture
def anna():
    """With movements of every kind, today, some days ago and some weeks ago; all but the last days are counted."""
    who = customer()
    earn(who, 500, valid=90, at=later(-40))
    earn(who, 400, valid=90, at=later(-20))
    earn(who, 7, valid=-18, at=later(-20))
    spend(who, 31, at=later(-15))
    services.reverse(spend(who, 50, at=later(-6)).pk, at=later(-5), note=note())
    services.cancel(earn(who, 1_200, valid=80, at=later(-3)).pk, at=later(-2), note=note())
    services.deduct(who.pk, 3, at=later(-1), note=note())
    earn(who, 60, valid=90)
    for day in days_from(day_of(later(-40)), day_of(AT)):
        BY_DAY.count(day, at=later(-1, hours=-10))
    return who


def test_every_number_is_the_sum_of_the_movements_that_it_leads_to(anna):
    staff = chief()
    flow, channels = panel(staff, "Points in and out"), panel(staff, "Points by channel, 30 days")
    told = {words(row[0]): [number_and_list(cell) for cell in row[1:]] for row in flow.rows}
    by_channel = [number_and_list(cell) for row in channels.rows for cell in row[1:]]

    assert {name: [number for number, _ in cells] for name, cells in told.items()} == {
        "Points in": [60, 1310, 1717],
        "Earned": [60, 1260, 1667],
        "Given back": [0, 50, 50],
        "Points out": [0, 1253, 1291],
        "Spent": [0, 50, 81],
        "Expired": [0, 0, 7],
        "Deducted": [0, 3, 3],
        "Addition cancelled": [0, 1200, 1200],
    }
    for number, address in [*by_channel, *(cell for cells in told.values() for cell in cells)]:
        listed = staff.get(address).context["cl"].result_list
        assert sum(abs(movement.points) for movement in listed) == number, address


def test_every_bar_leads_to_the_movements_of_its_day(anna):
    staff = chief()
    drawn = panel(staff, "Points in and out").drawn
    lines = re.findall(r'<th scope="row"><a href="([^"]*)"[^>]*>([^<]*)</a></th>(.*?)</tr>', drawn, re.S)
    told = {
        name: (unescape(url), [int(n.replace(",", "")) for n in re.findall(r">(-?[\d,]+)</td>", rest)])
        for url, name, rest in lines
    }

    assert len(told) == 30
    for name in ("2 Mar 2026", "28 Feb 2026", "10 Feb 2026", "11 Feb 2026"):
        address, numbers = told[name]
        assert sum(movement.points for movement in staff.get(address).context["cl"].result_list) == sum(numbers), name
    assert sum(map(abs, told["27 Feb 2026"][1])) == 1200


def test_where_nobody_has_counted_the_page_says_so():
    staff = chief()
    said = panel(staff, "Points in and out").note
    BY_DAY.count(day_of(AT) - timedelta(days=1), at=AT)

    assert "The days before 28 Feb 2026 are not all counted yet" in said
    assert panel(staff, "Points in and out").note == ""


def test_the_number_of_queries_does_not_grow_with_movements(anna):
    staff = chief()
    few = queries(staff, START)
    for _ in range(10):
        earn(anna, 5, at=later(-4))
        earn(customer(3), 5)
    BY_DAY.count_all(at=AT)

    assert queries(staff, START) <= few
