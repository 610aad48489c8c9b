"""Campaigns that are switched off by themselves when few units are left."""

import pytest

from campaigns import services, stock, stock_watch
from campaigns.models import Campaign
from loyalty_site.access.models import AuditEntry
from loyalty_site.outbox.models import Event
from tests.builders import AT, SHOP, buy, campaign, customer, later
from tests.bursts import burst
from tests.campaigns.pools import asked
from tests.loyalty_site.outbox.receivers import subscription
from tests.stops import Stop

pytestmark = pytest.mark.django_db


def watched(units: int = 3, **settings) -> Campaign:
    return campaign([f"C{n}" for n in range(units)], **{"pause_units": 1} | settings)


def paused(units: int = 1) -> Campaign:
    reward = watched(units)
    stock_watch.look(AT)
    reward.refresh_from_db()
    return reward


def is_on(reward: Campaign) -> bool:
    return Campaign.objects.values_list("active", flat=True).get(pk=reward.pk)


def test_a_campaign_goes_off_when_so_few_units_are_left_and_not_before():
    reward, who = watched(3), customer(100)
    buy(reward, who)
    stock_watch.look(AT)
    assert is_on(reward)

    buy(reward, who)
    stock_watch.look(later(hours=1))

    reward.refresh_from_db()
    assert (reward.active, reward.paused_by_itself_at) == (False, later(hours=1))


def test_with_0_it_goes_off_once_it_is_sold_out():
    reward, who = watched(1, pause_units=0), customer(100)
    stock_watch.look(AT)
    assert is_on(reward)

    buy(reward, who)
    stock_watch.look(AT)

    assert not is_on(reward)


@pytest.mark.parametrize("settings", [{"pause_units": None}, {"single_coupon": True, "unlimited": True}])
def test_others_stay_on(settings):
    reward = watched(1, **settings)
    stock_watch.look(AT)

    assert is_on(reward)


def test_the_system_is_on_record_with_what_was_left_once():
    reward = paused()
    stock_watch.look(later(1))

    entry = AuditEntry.objects.get(action="campaign paused by itself")
    assert (entry.actor, entry.object_id, entry.at) == ("system", str(reward.pk), AT)
    assert (entry.before, entry.after) == ({"active": True}, {"active": False, "left": 1})


def test_others_are_told_once_if_they_want_to_know():
    subscription("campaign.paused")
    reward = paused()
    stock_watch.look(later(1))

    told = Event.objects.get(kind="campaign.paused")
    assert (told.object_id, told.customer_id, told.created_at) == (str(reward.pk), None, AT)
    assert told.data == {
        "campaign": str(reward.pk),
        "name": "Free coffee",
        "reward": "discount_code",
        "left": 1,
        "pause_units": 1,
    }


def test_what_was_topped_up_since_it_was_looked_at_stays_on():
    reward = watched(1)
    services.add_codes(reward.pk, ["D1", "D2"], **SHOP)

    stock_watch.act_on(reward.pk, at=AT)

    assert is_on(reward)
    assert not AuditEntry.objects.filter(action="campaign paused by itself").exists()


def test_switched_on_as_it_is_it_stays_on():
    reward = paused()
    services.switch(reward.pk, True, **SHOP)
    stock_watch.look(later(1))

    assert is_on(reward)


def test_once_it_has_more_units_it_is_watched_anew():
    reward, who = paused(), customer(100)
    services.switch(reward.pk, True, **SHOP)
    services.add_codes(reward.pk, ["D1"], **SHOP)
    stock_watch.look(AT)
    assert is_on(reward)

    buy(reward, who)
    stock_watch.look(AT)

    assert not is_on(reward)


def test_more_units_alone_do_not_switch_it_on():
    reward = paused()
    services.add_codes(reward.pk, ["D1", "D2"], **SHOP)
    stock_watch.look(AT)

    assert not is_on(reward)
    assert stock_watch.was_paused(asked(reward))


def test_switched_off_by_hand_it_does_not_count_as_paused_by_itself():
    reward = paused()
    services.switch(reward.pk, True, **SHOP)
    services.switch(reward.pk, False, **SHOP)

    assert not stock_watch.was_paused(asked(reward))


@pytest.mark.parametrize(("threshold", "low"), [(None, False), (1, False), (2, True), (3, True)])
def test_stock_is_low_from_its_threshold_on(threshold, low):
    assert stock_watch.is_low(asked(watched(2, low_stock_units=threshold))) is low


@pytest.mark.postgresql_only
@pytest.mark.django_db(transaction=True)
def test_who_looks_waits_for_a_top_up_under_way_and_sees_it(monkeypatch):
    reward = watched(1)
    stop = Stop()
    monkeypatch.setattr(stock, "add", stop.after(stock.add))

    def top_up() -> int:
        return services.add_codes(reward.pk, ["D1", "D2"], **SHOP)

    burst([top_up, stop.meanwhile(lambda: stock_watch.look(AT))])

    assert is_on(reward)
    assert not AuditEntry.objects.filter(action="campaign paused by itself").exists()
