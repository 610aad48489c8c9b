"""Publishing and pausing many campaigns at once, and taking it back."""

from uuid import uuid4

import pytest
from django.db import transaction

from campaigns import services as campaign_services
from campaigns import stock_watch
from campaigns.bulk.reach import reached
from campaigns.bulk.switching import PAUSE, PUBLISH
from campaigns.models import Campaign
from customers.models import Customer, Segment
from customers.services import put_into_segment
from loyalty_site.access.models import AuditEntry
from loyalty_site.bulk import services
from loyalty_site.bulk.actions import Order
from loyalty_site.bulk.errors import ChangeNotFound, NothingToChange, NotUndoable
from loyalty_site.bulk.models import BulkChange
from tests.builders import AT, SHOP, STAFF, campaign, customer, later, level
from tests.campaigns.pools import soldless

pytestmark = pytest.mark.django_db

ORDER = Order(**SHOP)
ANNA = {"actor": STAFF.__class__("user", str(uuid4()), "Anna"), "at": later(1)}


def ready(codes: list[str] | None = None, **settings) -> Campaign:
    """A campaign with all that it needs to be published."""
    return campaign(codes, levels=[level().pk], **settings)


@pytest.fixture
def rewards() -> dict[str, Campaign]:
    return {
        "on": ready(name="On"),
        "off": ready(name="Off", active=False),
        "tea": ready(name="Tea", active=False),
        "over": ready(name="Over", active=False, all_time_active=False, active_from=later(-9), active_to=later(-1)),
        "empty": soldless(ready(name="Empty", active=False)),
    }


def on() -> list[str]:
    return sorted(Campaign.objects.filter(active=True).values_list("name", flat=True))


def publish() -> BulkChange:
    return services.begin(PUBLISH, Campaign.objects.all(), ORDER)


def undo(change: BulkChange) -> BulkChange:
    return services.undo(change.pk, actor=STAFF, at=later(2))


def test_what_publishing_would_do_is_counted_and_nothing_is_done(rewards):
    found = PUBLISH.weigh(Campaign.objects.all(), ORDER)

    assert (found.changed, found.left) == (2, {"same": 1, "dates": 1, "stock": 1})
    assert found.names == {"dates": ["Over"], "stock": ["Empty"]}
    assert on() == ["On"]


def test_what_can_be_published_is_and_the_rest_is_told_apart(rewards):
    change = publish()

    assert on() == ["Off", "On", "Tea"]
    assert (change.state, change.changed, change.left) == ("done", 2, {"same": 1, "dates": 1, "stock": 1})


def test_the_audit_trail_keeps_all_of_it_together(rewards):
    change = publish()

    together = AuditEntry.objects.filter(batch=f"bulk:{change.pk}").order_by("id")
    assert [entry.action for entry in together] == ["campaign switched on"] * 2 + ["bulk change made"]
    assert together[2].after == {"changed": 2, "left": 3}
    assert {entry.actor for entry in together} == {STAFF.key}


def test_undoing_restores_those_that_were_changed_and_no_others(rewards):
    done = undo(publish())

    assert on() == ["On"]
    assert (done.state, done.restored, done.kept, done.undone_by) == ("undone", 2, {}, STAFF.label)
    undone = AuditEntry.objects.filter(batch=f"undo:{done.pk}").values_list("action", flat=True)
    assert sorted(undone) == ["bulk change undone", "campaign switched off", "campaign switched off"]


def test_it_is_undone_once(rewards):
    change = publish()
    undo(change)
    publish()

    with pytest.raises(NotUndoable), transaction.atomic():
        undo(change)
    assert on() == ["Off", "On", "Tea"]


def test_what_somebody_has_changed_since_stays_and_is_told(rewards):
    change = publish()
    campaign_services.switch(rewards["tea"].pk, False, **ANNA)

    done = undo(change)
    assert (done.restored, done.kept) == (1, {"touched": 1})
    assert done.rows.get(state="kept").who == "Anna"
    assert on() == ["On"]


def test_what_was_switched_off_and_on_again_since_stays_too(rewards):
    change = publish()
    campaign_services.switch(rewards["tea"].pk, False, **ANNA)
    campaign_services.switch(rewards["tea"].pk, True, **ANNA)

    done = undo(change)
    assert (done.restored, done.kept) == (1, {"touched": 1})
    assert on() == ["On", "Tea"]


def test_pausing_is_the_other_way_round(rewards):
    change = services.begin(PAUSE, Campaign.objects.filter(name__in=["On", "Off"]), ORDER)

    assert (on(), change.changed, change.left) == ([], 1, {"same": 1})
    assert undo(change).restored == 1
    assert on() == ["On"]


def test_what_was_on_though_few_units_are_left_is_on_again_and_stays_so():
    reward = ready(["A"], name="On", pause_units=1)
    stock_watch.look(AT)
    campaign_services.switch(reward.pk, True, **SHOP)
    undo(services.begin(PAUSE, Campaign.objects.all(), ORDER))
    stock_watch.look(later(3))

    assert on() == ["On"]


def test_what_was_paused_by_itself_is_so_again():
    ready(["A"], pause_units=1)
    stock_watch.look(AT)
    undo(publish())

    reward = Campaign.objects.get()
    assert (reward.active, reward.paused_by_itself_at) == (False, AT)


def test_nothing_is_done_to_no_rows():
    with pytest.raises(NothingToChange), transaction.atomic():
        publish()
    assert not BulkChange.objects.exists()
    assert not AuditEntry.objects.exists()


def test_what_changed_nothing_cannot_be_undone(rewards):
    change = services.begin(PUBLISH, Campaign.objects.filter(name="On"), ORDER)

    assert not services.is_undoable(change)
    with pytest.raises(NotUndoable), transaction.atomic():
        undo(change)


def test_what_never_was_cannot_be_undone():
    with pytest.raises(ChangeNotFound), transaction.atomic():
        services.undo(uuid4(), actor=STAFF, at=AT)


def test_customers_whom_several_campaigns_reach_are_counted_once():
    anna, gold = customer(), level("gold")
    customer(level=gold)
    vip = segment(anna)
    one, two, three = ready(), campaign(levels=[gold.pk]), campaign(segments=[vip.pk])

    assert [reached([reward.pk for reward in some]) for some in ([], [one], [three], [one, two, three])] == [0, 1, 1, 2]


def segment(*members: Customer) -> Segment:
    made = Segment.objects.create(name="VIP")
    put_into_segment(made, [one.pk for one in members], **SHOP)
    return made
