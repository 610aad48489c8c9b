"""Where a campaign stands: of one campaign, and as a condition on many."""

from itertools import product

import pytest

from campaigns.models import Campaign
from campaigns.shelving import withdraw
from campaigns.states import State, in_state, state_of
from tests.builders import AT, SHOP, buy, campaign, customer, later
from tests.campaigns.pools import asked

pytestmark = pytest.mark.django_db

SOON = {"all_time_active": False, "active_from": later(1), "active_to": later(2)}
OVER = {"all_time_active": False, "active_from": later(-2), "active_to": later(-1)}
NOW = {"all_time_active": False, "active_from": later(-1), "active_to": later(1)}


def as_visibility(window: dict) -> dict:
    return {name.replace("active", "visible"): value for name, value in window.items()}


@pytest.mark.parametrize(
    ("settings", "state"),
    [
        ({}, State.LIVE),
        ({"active": False}, State.OFF),
        ({"active": False} | OVER, State.OFF),
        (SOON, State.SCHEDULED),
        (as_visibility(SOON), State.SCHEDULED),
        (NOW | as_visibility(NOW), State.LIVE),
        (OVER, State.ENDED),
        (as_visibility(OVER), State.ENDED),
        (SOON | as_visibility(OVER), State.ENDED),
        (NOW | {"active_to": AT}, State.LIVE),
        (NOW | {"active_from": AT}, State.LIVE),
    ],
)
def test_a_campaign_stands(settings, state):
    assert state_of(asked(campaign(**settings)), AT) == state


def test_a_campaign_whose_last_code_is_sold_is_sold_out():
    reward = campaign(["A"])
    buy(reward, customer(100))

    assert state_of(asked(reward), AT) == State.SOLD_OUT


def test_a_campaign_that_reached_its_limit_is_sold_out():
    reward = campaign(["A", "B"], limit=1)
    buy(reward, customer(100))

    assert state_of(asked(reward), AT) == State.SOLD_OUT


def test_one_code_for_all_without_limits_never_runs_out():
    reward = campaign(["A"], single_coupon=True, unlimited=True)
    buy(reward, customer(100))

    assert state_of(asked(reward), AT) == State.LIVE


def test_one_code_for_all_that_was_withdrawn_is_sold_out():
    reward = campaign(["A"], single_coupon=True, unlimited=True)
    withdraw(reward.pk, list(reward.coupons.values_list("pk", flat=True)), **SHOP)

    assert state_of(asked(reward), AT) == State.SOLD_OUT
    assert list(Campaign.objects.with_stock().filter(in_state(State.SOLD_OUT, AT))) == [reward]
    assert list(Campaign.objects.with_stock().filter(in_state(State.LIVE, AT))) == []


def test_every_campaign_meets_the_condition_of_its_state_and_of_no_other():
    windows = [{}, SOON, OVER, NOW]
    for n, (active, visible, on, codes) in enumerate(product(windows, windows, [True, False], [["A"], []])):
        made = campaign(["A"], name=str(n), active=on, **(active | as_visibility(visible)))
        if not codes:
            made.slices.update(next=1, stop=1)
    asked_for = Campaign.objects.with_stock()
    said = {row.name: state_of(row, AT) for row in asked_for}
    found = {row.name: state for state in State for row in asked_for.filter(in_state(state, AT))}
    times_found = sum(asked_for.filter(in_state(state, AT)).count() for state in State)

    assert found == said
    assert times_found == len(said) == 64
    assert set(said.values()) == set(State)
