"""A campaign made after another one."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from django.core.files.storage import InMemoryStorage, default_storage
from django.db import transaction

from campaigns import copying, photos
from campaigns.copying import begins_on, copy, next_begin
from campaigns.errors import CampaignNotFound, PhotoOutOfReach
from campaigns.images import WIDTHS
from campaigns.models import Campaign, Label
from customers.models import Segment
from loyalty_site.access.models import AuditEntry
from loyalty_site.files.outages import StorageUnavailable
from tests.builders import SHOP, TODAY, buy, campaign, customer, later, level
from tests.campaigns.pictures import PICTURE

pytestmark = pytest.mark.django_db

COPY = UUID("00000000-0000-4000-8000-00000000c0b1")
# The clocks go forward between the original and its copy: from noon and to 23:59:59, both in Warsaw.
WINDOW = {
    "all_time_active": False,
    "active_from": datetime(2026, 3, 10, 11, tzinfo=UTC),
    "active_to": datetime(2026, 3, 20, 22, 59, 59, tzinfo=UTC),
    "all_time_visible": False,
    "visible_from": datetime(2026, 3, 8, 23, tzinfo=UTC),
    "visible_to": datetime(2026, 3, 20, 22, 59, 59, tzinfo=UTC),
}


@pytest.fixture(autouse=True)
def _own_storage(monkeypatch):
    monkeypatch.setattr(default_storage, "_wrapped", InMemoryStorage())


def copied(original: Campaign, first_day: date | None = None) -> Campaign:
    copy(original.pk, copy_id=COPY, name="Copy of it", first_day=first_day, **SHOP)
    return Campaign.objects.get(pk=COPY)


def with_photo(original: Campaign) -> Campaign:
    photos.set_photo(original.pk, photos.keep(PICTURE), **SHOP)
    return Campaign.objects.get(pk=original.pk)


def test_rules_texts_targets_and_labels_are_the_same_but_it_is_off_and_has_no_codes():
    vip = Segment.objects.create(name="VIP")
    original = campaign(
        levels=[level("gold").pk, level().pk],
        segments=[vip.pk],
        conditions_description="One each",
        pause_units=2,
        paused_by_itself_at=later(-1),
        limit=2,
    )
    Label.objects.create(campaign=original, key="type", value="promotion", position=0)
    buy(original, customer(100))
    made = copied(original)

    assert (made.name, made.active, made.created_at, made.codes_withheld) == ("Copy of it", False, later(), 0)
    assert (made.limit, made.cost_in_points, made.conditions_description) == (2, 10, "One each")
    assert (made.pause_units, made.paused_by_itself_at) == (2, None)
    assert [target.level_id for target in made.level_targets.all()] == [level("gold").pk, level().pk]
    assert [target.segment_id for target in made.segment_targets.all()] == [vip.pk]
    assert [str(label) for label in made.labels.all()] == ["type:promotion"]
    assert not made.coupons.exists()
    assert not made.purchases.exists()
    assert not made.slices.filter(units__gt=0).exists()


def test_the_original_stays_as_it_was():
    original = campaign(levels=[level().pk], **WINDOW)
    before = Campaign.objects.filter(pk=original.pk).values().get()
    copied(original, TODAY)

    assert Campaign.objects.filter(pk=original.pk).values().get() == before
    assert (original.level_targets.count(), original.coupons.count()) == (1, 3)


def test_its_dates_move_by_whole_days_whatever_the_clocks_do():
    made = copied(campaign(**WINDOW), date(2026, 4, 1))

    assert made.active_from == datetime(2026, 4, 1, 10, tzinfo=UTC)
    assert made.active_to == datetime(2026, 4, 11, 21, 59, 59, tzinfo=UTC)
    assert made.visible_from == datetime(2026, 3, 30, 22, tzinfo=UTC)
    assert made.visible_to == datetime(2026, 4, 11, 21, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "today", "first", "following"),
    [
        ({}, TODAY, date(2026, 3, 10), date(2026, 3, 21)),
        ({}, date(2026, 5, 5), date(2026, 3, 10), date(2026, 5, 5)),
        ({"all_time_active": True}, TODAY, date(2026, 3, 9), date(2026, 3, 21)),
        (
            {"all_time_active": True, "all_time_visible": True, "visible_from": None, "visible_to": None},
            TODAY,
            None,
            None,
        ),
    ],
)
def test_it_begins_after_the_original_and_not_in_the_past(changes, today, first, following):
    reward = Campaign(**WINDOW | changes)

    assert (begins_on(reward), next_begin(reward, today)) == (first, following)


def test_without_dates_there_is_nothing_to_move():
    made = copied(campaign(), date(2026, 4, 1))

    assert (made.all_time_active, made.active_from, made.visible_to) == (True, None, None)


def test_it_has_files_of_its_own_with_the_same_picture():
    original = with_photo(campaign())
    made = copied(original)

    assert made.photo.name != original.photo.name
    for width in (0, *WIDTHS):
        assert photos.read(made.photo.name, width) == photos.read(original.photo.name, width)


def test_lost_files_of_the_original_keep_nobody_from_copying_it():
    original = with_photo(campaign())
    photos.discard(original.photo.name)

    assert copied(original).photo.name == ""


def test_a_storage_that_is_away_refuses_and_nothing_is_written(monkeypatch):
    original = with_photo(campaign())

    def away(*_: object) -> bytes:
        raise StorageUnavailable

    monkeypatch.setattr(photos, "read", away)
    with pytest.raises(PhotoOutOfReach), transaction.atomic():
        copied(original)
    assert Campaign.objects.count() == 1


def test_files_go_again_where_the_copy_fails(monkeypatch):
    original = with_photo(campaign())
    monkeypatch.setattr(copying, "_aim_alike", lambda *_: 1 / 0)
    before = sorted(default_storage.listdir("campaigns")[1])
    with pytest.raises(ZeroDivisionError):
        copied(original)

    assert sorted(default_storage.listdir("campaigns")[1]) == before


def test_the_trail_names_the_original():
    original = campaign()
    made = copied(original)

    entry = AuditEntry.objects.get(action="campaign copied")
    assert (entry.object_id, entry.actor_label) == (str(made.pk), "Maria Staff")
    assert entry.after["copy_of"] == str(original.pk)
    assert (entry.after["name"], entry.after["active"], entry.after["codes"]) == ("Copy of it", False, 0)


def test_what_is_not_there_is_not_copied():
    with pytest.raises(CampaignNotFound):
        copy(uuid4(), copy_id=COPY, name="X", first_day=None, **SHOP)
