"""Rewards and campaigns on the start page: every number leads to the rows that it counts."""

import re
from html import unescape

import pytest

from campaigns import services
from campaigns.models import Purchase
from campaigns.totals.counting import BY_DAY
from campaigns.using import mark_used
from loyalty_site.days import day_of
from tests.backoffice import chief, desk
from tests.builders import AT, STAFF, buy, campaign, customer, later
from tests.points.test_admin_flow import number_and_list, panel, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


@pytest.fixture
def sold():
    """Coffees on three days, one of them used and one refunded lately; a tea today."""
    anna, coffee = customer(500, valid=90), campaign(list("ABCDEF"), name="Coffee", limit_per_customer=9)
    tea = campaign(name="Tea", cost_in_points=7)
    for back in (20, 5, 5):
        code = buy(coffee, anna, at=later(-back))
    buy(tea, anna)
    mark_used(coffee.pk, anna.pk, code, True, actor=STAFF, at=later(-3))
    services.refund(Purchase.objects.earliest("purchased_at").pk, actor=STAFF, at=AT, reason="cold")
    for back in (20, 5, 3, 2, 1):
        BY_DAY.count(day_of(later(-back)), at=AT)


def listed(staff, address: str) -> list[Purchase]:
    return list(staff.get(address).context["cl"].result_list)


def test_every_number_leads_to_the_purchases_that_it_counts(sold):
    staff = chief()
    told = {words(row[0]): [number_and_list(cell) for cell in row[1:]] for row in panel(staff, "Rewards").rows}

    assert {name: [number for number, _ in cells] for name, cells in told.items()} == {
        "Bought": [1, 3, 4],
        "Points paid": [7, 27, 37],
        "Used": [0, 1, 1],
        "Refunded": [1, 1, 1],
    }
    for number, address in told.pop("Points paid"):
        assert sum(purchase.cost_in_points for purchase in listed(staff, address)) == number
    for number, address in [cell for cells in told.values() for cell in cells]:
        assert len(listed(staff, address)) == number, address


def test_the_best_campaigns_lead_to_their_purchases(sold):
    staff = chief()
    rows = [(words(row[0]), *map(number_and_list, row[1:])) for row in panel(staff, "Best campaigns, 30 days").rows]

    assert [(name, bought[0], points[0]) for name, bought, points in rows] == [("Coffee", 3, 30), ("Tea", 1, 7)]
    for name, bought, points in rows:
        assert {purchase.campaign.name for purchase in listed(staff, bought[1])} == {name}
        assert len(listed(staff, bought[1])) == bought[0]
        assert sum(purchase.cost_in_points for purchase in listed(staff, points[1])) == points[0]


def test_each_day_leads_to_what_was_bought_on_it(sold):
    staff = chief()
    drawn = panel(staff, "Rewards").drawn
    pattern = r'<th scope="row"><a href="([^"]*)"[^>]*>(\d+ \w+ \d+)</a></th>\s*<td[^>]*>(\d+)</td>'
    days = {name: (int(n), unescape(url)) for url, name, n in re.findall(pattern, drawn)}

    assert {name: n for name, (n, _) in days.items() if n} == {"10 Feb 2026": 1, "25 Feb 2026": 2, "2 Mar 2026": 1}
    assert len(listed(staff, days["25 Feb 2026"][1])) == 2


def test_campaigns_that_start_and_end_lead_to_their_list():
    window = {"all_time_active": False, "all_time_visible": True}
    campaign(name="Later", active_from=later(3), active_to=later(60), **window)
    campaign(name="Ends", active_from=later(-3), active_to=later(2), **window)
    campaign(name="Flash", active_from=later(5), active_to=later(6), **window)
    campaign(name="Always")
    staff = chief()
    shown = panel(staff, "The next 14 days")

    assert [(figure.label, figure.value) for figure in shown.figures] == [
        ("Campaigns that start", 2),
        ("Campaigns that end", 2),
    ]
    assert [(words(row[1]), row[2]) for row in shown.rows] == [
        ("Ends", "ends"),
        ("Later", "starts"),
        ("Flash", "starts"),
        ("Flash", "ends"),
    ]
    found = [sorted(row.name for row in listed(staff, figure.url)) for figure in shown.figures]
    assert found == [["Flash", "Later"], ["Ends", "Flash"]]


def test_campaigns_at_risk_come_first_and_lead_to_their_list():
    buy(campaign(["A"], name="Nothing left"), customer(10))
    campaign(name="Enough")
    staff = chief()
    shown = panel(staff, "Stock at risk")
    (button,) = shown.links

    assert shown.is_urgent
    assert [words(row[0]) for row in shown.rows] == ["Nothing left"]
    assert (button.text, [row.name for row in listed(staff, button.url)]) == ("All 1", ["Nothing left"])


def test_who_may_not_see_purchases_sees_no_figures_of_them(sold):
    titles = [shown.title for shown in desk("campaigns.view_campaign").get("/admin/").context["panels"]]

    assert titles == ["Campaigns", "Stock at risk", "The next 14 days"]
