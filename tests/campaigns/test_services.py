"""Changing a campaign: its columns, its targets, its switch, and what the audit trail keeps of it."""

from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from campaigns.errors import CampaignNotFound
from campaigns.models import Campaign
from campaigns.services import Draft, add_codes, change_settings, create, replace, revise, switch
from loyalty_site.access.models import AuditEntry
from tests.books import books, refused
from tests.builders import AT, SHOP, STAFF, campaign, draft, later
from tests.campaigns.pools import shown

pytestmark = pytest.mark.django_db
NOTHING = UUID(int=1)
GOLD, BRONZE, VIP = (UUID(int=number) for number in (11, 12, 13))
LATER = {"actor": STAFF, "at": later(1)}


def audit(action: str) -> AuditEntry:
    return AuditEntry.objects.get(action=action)


def targets(reward: Campaign) -> tuple[list[UUID], list[UUID], list[tuple[str, str | None]]]:
    return (
        [target.level_id for target in reward.level_targets.all()],
        [target.segment_id for target in reward.segment_targets.all()],
        [(label.key, label.value) for label in reward.labels.all()],
    )


def test_a_campaign_is_created_as_the_draft_says():
    labels = [("type", "promotion"), ("type", None)]
    plan = Draft(
        settings=draft(name="Tea").settings, codes=["A"], level_ids=[GOLD, BRONZE], segment_ids=[VIP], labels=labels
    )

    reward = create(plan, **SHOP)

    stored = Campaign.objects.get()
    assert (stored, stored.name, stored.created_at, stored.updated_at) == (reward, "Tea", AT, AT)
    assert targets(reward) == ([GOLD, BRONZE], [VIP], labels)
    assert shown(reward) == ["A"]


def test_a_campaign_may_be_created_under_a_given_id():
    assert create(draft(), campaign_id=NOTHING, **SHOP).pk == NOTHING


def test_targets_sent_twice_count_once():
    reward = create(draft(levels=[GOLD, BRONZE, GOLD]), **SHOP)
    assert targets(reward)[0] == [GOLD, BRONZE]


def test_replacing_replaces_columns_and_targets():
    reward = create(draft(levels=[GOLD], name="Tea"), **SHOP)

    replace(reward.pk, draft(segments=[VIP], name="Coffee", cost_in_points=7), **LATER)

    stored = Campaign.objects.get()
    assert (stored.name, stored.cost_in_points, stored.created_at, stored.updated_at) == ("Coffee", 7, AT, later(1))
    assert targets(stored) == ([], [VIP], [])


def test_what_was_before_and_after_is_kept_without_the_codes():
    reward = create(draft(["SECRET"], levels=[GOLD], name="Tea"), **SHOP)

    replace(reward.pk, draft(["SECRET", "HIDDEN"], segments=[VIP], name="Coffee"), **LATER)

    entry = audit("campaign replaced")
    assert (entry.actor, entry.at, entry.object_id) == (STAFF.key, later(1), str(reward.pk))
    assert {key: (entry.before[key], value) for key, value in entry.after.items() if entry.before[key] != value} == {
        "name": ("Tea", "Coffee"),
        "levels": ([str(GOLD)], []),
        "segments": ([], [str(VIP)]),
        "codes": (1, 2),
    }
    assert "SECRET" not in str(list(AuditEntry.objects.values()))


def test_changed_settings_leave_the_rest_alone():
    reward = create(draft(levels=[GOLD], name="Tea"), **SHOP)

    change_settings(reward.pk, {"name": "Coffee"}, **LATER)

    stored = Campaign.objects.get()
    assert (stored.name, stored.cost_in_points, stored.updated_at) == ("Coffee", 10, later(1))
    assert targets(stored)[0] == [GOLD]
    assert (audit("campaign changed").before["name"], audit("campaign changed").after["name"]) == ("Tea", "Coffee")


@pytest.mark.parametrize(("before", "after"), [(True, False), (False, True)])
def test_a_campaign_is_switched(before, after):
    reward = campaign(active=before)

    switch(reward.pk, after, **LATER)

    assert Campaign.objects.get().active is after
    entry = audit("campaign switched on" if after else "campaign switched off")
    assert (entry.before, entry.after) == ({"active": before}, {"active": after})


@pytest.mark.parametrize("active", [True, False])
def test_switching_to_what_it_is_already_writes_nothing(active):
    reward = campaign(active=active)
    before = books()

    switch(reward.pk, active, **LATER)

    assert books() == before


def test_added_codes_are_told_as_a_number():
    reward = campaign(["A"])

    add_codes(reward.pk, ["B", "C", "A"], **LATER)

    entry = audit("coupons added")
    assert (entry.object_id, entry.after, entry.before) == (str(reward.pk), {"added": 2}, None)


@pytest.mark.parametrize(
    "change",
    [
        lambda: replace(NOTHING, draft(), **SHOP),
        lambda: change_settings(NOTHING, {"limit": 1}, **SHOP),
        lambda: switch(NOTHING, True, **SHOP),
        lambda: add_codes(NOTHING, ["A"], **SHOP),
    ],
)
def test_an_unknown_campaign_is_refused(change):
    with refused(CampaignNotFound, id=NOTHING):
        change()


@pytest.mark.parametrize(
    "settings",
    [
        {"limit": None},
        {"limit": 0},
        {"limit_per_customer": None},
        {"limit_per_customer": 0},
        {"all_time_active": False},
        {"all_time_active": False, "active_from": AT},
        {"all_time_visible": False, "visible_to": AT},
    ],
)
def test_the_database_refuses_a_campaign_that_makes_no_sense(settings):
    reward = campaign()
    before = books()

    with pytest.raises(IntegrityError), transaction.atomic():
        change_settings(reward.pk, settings, **LATER)

    assert books() == before


def test_a_moment_that_is_written_in_another_zone_is_no_change():
    window = {"all_time_active": False, "active_from": AT, "active_to": later(1)}
    made, warsaw = campaign(["A"], **window), ZoneInfo("Europe/Warsaw")
    told = {name: value.astimezone(warsaw) if value else value for name, value in window.items()}
    revise(made.pk, draft([], **told), **SHOP)

    entry = AuditEntry.objects.get(action="campaign changed")
    assert entry.before["active_to"] == entry.after["active_to"] == "2026-03-03T12:00:00Z"
