"""Why a customer cannot buy a reward, in plain sentences."""

import pytest

from campaigns.models import Purchase
from customers.models import Customer, Segment
from customers.services import choose_segments
from loyalty_site.access.models import AuditEntry
from tests.backoffice import chief, desk, queries
from tests.builders import SHOP, buy, campaign, customer, later, level

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

READ, SEE = "customers.view_customer", "campaigns.view_campaign"
BEYOND = {"all_time_active": False, "active_from": later(-9), "active_to": later(-1)}
UNSEEN = {"all_time_visible": False, "visible_from": later(1), "visible_to": later(9)}
HIDDEN = "Anna does not see “Free coffee” in the own list: it is aimed at other levels and segments."


def anna(points: int = 100, **fields) -> Customer:
    return customer(points, first_name="Anna", **fields)


def panel(staff, who: Customer, asked: object) -> str:
    """What the page says about that campaign."""
    html = staff.get(f"/admin/customers/customer/{who.pk}/change/?reward={asked}").content.decode()
    return html.partition('id="why-not"')[2].partition("</section>")[0]


def sentence(who: Customer, reward) -> str:
    html = panel(chief(), who, reward.pk)
    return html.partition('id="why-not-sentence"')[2].partition(">")[2].partition("</p>")[0]


def unmet(html: str) -> list[str]:
    """The rules that are not met, each with what would change it."""
    rows = html.partition("<tbody>")[2].split("<tr")[1:]
    cells = [row.partition('data-label="Rule"><span>')[2].partition("</span>")[0] for row in rows if "unmet" in row]
    return [cell.replace('<br><span class="backoffice-note">', ": ") for cell in cells]


def for_all(**settings):
    return campaign(levels=[level().pk], **settings)


@pytest.mark.parametrize(
    ("points", "settings", "said"),
    [
        (320, {"cost_in_points": 500}, "it costs 500 points and Anna has 320 – 180 are missing."),
        (100, {"active": False}, "it is switched off."),
        (100, BEYOND, "it could be bought until 1 Mar 2026, 13:00."),
        (100, {"codes": []}, "no coupon is left."),
    ],
)
def test_one_rule_is_told_in_one_sentence(points, settings, said):
    if settings.get("codes") == []:
        reward = for_all(codes=["A"], unlimited=True)
        buy(reward, customer(50))
    else:
        reward = for_all(**settings)

    assert sentence(anna(points), reward) == f"Anna cannot buy “Free coffee”: {said}"


def test_what_is_not_shown_yet_says_from_when():
    said = "Anna cannot buy “Free coffee” yet: it is shown from 3 Mar 2026, 13:00."

    assert sentence(anna(), for_all(**UNSEEN)) == said


def test_the_limits_are_told():
    sold_out, had = for_all(limit=1), for_all(name="Tea", limit_per_customer=1)
    buy(sold_out, customer(50))
    who = anna()
    buy(had, who)

    assert sentence(who, sold_out) == "Anna cannot buy “Free coffee”: all 1 that may be sold are sold."


def test_a_limit_for_each_customer_is_told():
    reward, who = for_all(limit_per_customer=1), anna()
    buy(reward, who)

    said = "Anna cannot buy “Free coffee”: each customer may have it once, and Anna has."
    assert sentence(who, reward) == said


def test_a_blocked_customer_is_told_to_be_blocked():
    said = "Anna cannot buy “Free coffee”: the customer is blocked."

    assert sentence(anna(status="blocked"), for_all()) == said


def test_further_rules_are_counted():
    reward = for_all(cost_in_points=500, active=False)

    said = "Anna cannot buy “Free coffee”: it is switched off. 1 more rule stands in the way."
    assert sentence(anna(320), reward) == said


def test_who_can_buy_is_told_so_and_who_does_not_see_it_too():
    reward = campaign(levels=[level("gold").pk])
    who, vip = anna(), Segment.objects.create(name="VIP")
    choose_segments(who.pk, [vip], **SHOP)
    page = panel(chief(), who, reward.pk)

    buys = "Anna can buy “Free coffee” now: it costs 10 points and Anna has 100."
    assert f"{buys} {HIDDEN}" in page
    assert [line.partition(":")[0] for line in unmet(page)] == ["Aimed at the customer&#x27;s level or segments"]
    assert "bronze, VIP" in page
    assert '"Needed">gold</td>' in page


def test_what_costs_nothing_is_free():
    assert sentence(anna(0), for_all(cost_in_points=0)) == "Anna can buy “Free coffee” now: it is free."


def test_each_unmet_rule_says_what_would_change_it():
    page = panel(chief(), anna(320), for_all(cost_in_points=500, active=False).pk)

    assert unmet(page) == [
        "Days on which it can be bought: Switch the campaign on.",
        "Points: 180 more points.",
        "Switched on: Switch the campaign on.",
    ]
    assert page.count("backoffice-met") == 6
    assert f'Needed">{500}</td>' in page


def test_asking_changes_nothing_and_costs_little():
    who, reward, staff = anna(), for_all(codes=list("ABCDEFG")), chief()
    told = AuditEntry.objects.count()
    address = f"/admin/customers/customer/{who.pk}/change/?reward={reward.pk}"
    few = queries(staff, address)
    for n in range(5):
        buy(reward, customer(50, first_name=f"Bob {n}"))
        choose_segments(who.pk, [Segment.objects.create(name=f"S{n}"), *Segment.objects.all()], **SHOP)

    assert queries(staff, address) == few <= 55
    assert (Purchase.objects.count(), who.purchases.count()) == (5, 0)
    assert told > 0 == AuditEntry.objects.filter(actor_label="chief").count()


@pytest.mark.parametrize("asked", ["rubbish", "00000000-0000-474c-b092-b0dd880c07e1", "\x00"])
def test_what_is_no_campaign_is_told(asked):
    page = panel(chief(), anna(), asked)

    assert 'role="alert"' in page
    assert "<tbody>" not in page


@pytest.mark.once("sqlite")
def test_who_may_not_see_campaigns_is_not_asked():
    who, reward = anna(), for_all()

    assert panel(desk(READ), who, reward.pk) == ""
    assert "Free coffee" in panel(desk(READ, SEE, username="ola"), who, reward.pk)
