"""What the list and the page say of a campaign's state and stock."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from campaigns import services, shelving, stock_watch
from campaigns.admin.countdown import countdown, exact, span
from campaigns.copying import copy
from campaigns.models import Campaign
from tests.backoffice import chief, desk, rows
from tests.builders import AT, SHOP, buy, campaign, customer, later
from tests.campaigns.pools import asked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

LIST = "/admin/campaigns/campaign/"
WINDOW = {"all_time_active": False, "active_from": later(-1), "active_to": later(3)}


def page(reward: Campaign) -> str:
    return f"{LIST}{reward.pk}/change/"


def said(html: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", html).split())


def panels(client, reward: Campaign) -> dict[str, str]:
    """What stands in each panel of the campaign's page, figures and all."""
    shown = client.get(page(reward)).context["panels"]
    return {
        panel.title: said(" ".join([*(f"{f.label}: {f.value} {f.note}" for f in panel.figures), panel.drawn]))
        for panel in shown
    }


def links(client, reward: Campaign, title: str) -> list[str]:
    shown = client.get(page(reward)).context["panels"]
    return [link.text for panel in shown if panel.title == title for link in panel.links]


@pytest.mark.parametrize(
    ("left", "text"),
    [
        ({"days": 3, "hours": 4, "minutes": 59}, "3 d 4 h"),
        ({"hours": 3, "minutes": 12}, "3 h 12 min"),
        ({"minutes": 12, "seconds": 59}, "12 min"),
        ({"seconds": 59}, "less than a minute"),
    ],
)
def test_a_span_is_told_in_its_two_largest_units(left, text):
    assert span(timedelta(**left)) == text


@pytest.mark.parametrize(
    ("settings", "text", "moment"),
    [
        ({}, "", ""),
        (WINDOW, "ends in 3 d 0 h", "until 5 Mar 2026, 13:00 included, time of Europe/Warsaw"),
        (
            WINDOW | {"active_to": AT},
            "ends in less than a minute",
            "until 2 Mar 2026, 13:00 included, time of Europe/Warsaw",
        ),
        (
            WINDOW | {"active_to": later(61)},
            "ends on 2 May 2026",
            "until 2 May 2026, 14:00 included, time of Europe/Warsaw",
        ),
        (
            WINDOW | {"active_from": later(hours=3.2)},
            "goes live in 3 h 12 min",
            "from 2 Mar 2026, 16:12, time of Europe/Warsaw",
        ),
        (
            WINDOW | {"active_to": later(hours=-1)},
            "ended on 2 Mar 2026",
            "until 2 Mar 2026, 12:00 included, time of Europe/Warsaw",
        ),
        (WINDOW | {"active": False}, "", ""),
    ],
)
def test_a_countdown_runs_to_the_last_second_of_the_window(settings, text, moment):
    reward = asked(campaign(**settings))

    assert (countdown(reward, AT), exact(reward, AT)) == (text, moment)


def test_the_page_tells_what_became_of_the_codes():
    reward, who = campaign(["A", "B", "C", "D"], limit=3), customer(100)
    buy(reward, who)
    told = panels(chief(), reward)

    assert list(told) == ["Now", "Stock"]
    assert told["Stock"] == "On sale 2 Kept back by the limit 1 Handed out, not used 1 Used 0"
    assert told["Now"].startswith(
        "State: Live Sold: 1 Pace: – 1 sold since 2 Mar 2026, 13:00 Runs out: Too little sold"
    )


def test_the_list_tells_how_many_are_left_and_marks_what_is_low():
    campaign(low_stock_units=3, **WINDOW)

    assert "Free coffee Live Low ends in 3 d 0 h Discount code 10 3 of 3 left" in said(
        chief().get(LIST).content.decode()
    )


def test_low_stock_is_told_on_the_page_with_ways_to_top_up():
    reward = campaign(["A", "B", "C"], low_stock_units=2, limit=2)

    assert panels(chief(), reward)["Stock is low"] == (
        "2 units are left. 1 more code waits above the limit: raise the limit to sell it."
    )
    reader = desk("campaigns.view_campaign")
    assert links(reader, reward, "Stock is low") == []
    assert links(
        desk("campaigns.view_campaign", "campaigns.add_coupon", username="loader"), reward, "Stock is low"
    ) == [
        "Top up: import codes",
        "Top up: generate codes",
    ]


def test_a_pause_is_told_with_what_to_do_before_and_after_a_top_up():
    reward = campaign(pause_units=3)
    stock_watch.look(AT)
    staff = chief()
    assert panels(staff, reward)["Paused by itself"] == (
        "It was switched off by itself on 2 Mar 2026, 13:00, when 3 units or fewer were left. "
        "3 units are left. Top it up first, then switch it on."
    )

    services.add_codes(reward.pk, ["D"], **SHOP)
    assert panels(staff, reward)["Paused by itself"].endswith("4 units are left. Switch it on, and it is sold again.")


@pytest.mark.parametrize(("query", "found"), [("stock=low", ["Mug"]), ("stock=paused", ["Tea"])])
def test_the_list_is_narrowed_to_what_needs_stock(query, found):
    campaign(name="Tea", pause_units=3)
    stock_watch.look(AT)
    campaign(name="Mug", low_stock_units=3)
    campaign(name="Cup", low_stock_units=2)
    campaign(name="Off", low_stock_units=3, active=False)

    assert rows(chief().get(f"{LIST}?{query}")) == found


def test_a_campaign_that_never_had_codes_is_not_told_to_be_sold_out():
    reward = campaign(["A"])
    shelving.withdraw(reward.pk, list(reward.coupons.values_list("pk", flat=True)), **SHOP)

    assert panels(chief(), reward)["No codes yet"] == "Nobody can buy it before there is more stock."


def test_history_calls_things_by_names_that_staff_know():
    reward = campaign(pause_units=3)
    stock_watch.look(AT)
    copy_id = uuid4()
    copy(reward.pk, copy_id=copy_id, name="Second", first_day=None, **SHOP)
    staff = chief()

    assert (
        "Campaign paused by itself system · 2 Mar 2026, 13:00 What Before After Switched on yes no Units left – 3"
        in (said(staff.get(f"{LIST}{reward.pk}/history/").content.decode()))
    )
    assert "Copy of – Free coffee" in said(staff.get(f"{LIST}{copy_id}/history/").content.decode())
