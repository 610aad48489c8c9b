"""The list of campaigns and the page on which staff build one."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from campaigns.errors import CampaignNotFound
from campaigns.models import Campaign, Coupon
from customers.models import Segment
from loyalty_site.access.models import AuditEntry
from tests.backoffice import chief, desk, queries, rows, told, trail, wrong
from tests.builders import AT, buy, campaign, customer, later, level
from tests.campaigns.pools import left, shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

LIST, ADD = "/admin/campaigns/campaign/", "/admin/campaigns/campaign/add/"
READ, WRITE = "campaigns.view_campaign", "campaigns.change_campaign"


def page(reward: Campaign, leaf: str = "change") -> str:
    return f"{LIST}{reward.pk}/{leaf}/"


def entries(**changes) -> dict:
    """A filled form: ten for everybody and two for each, always on, for one level."""
    filled = {
        "name": "Free tea",
        "reward": "gift_code",
        "cost_in_points": "15",
        "limit": "10",
        "limit_per_customer": "2",
        "all_time_active": "on",
        "all_time_visible": "on",
        "levels": [str(level().pk)],
        "codes": "AAA\nBBB",
    }
    return {name: value for name, value in (filled | changes).items() if value is not None}


@pytest.mark.once("sqlite")
def test_a_new_campaign_is_what_the_form_says():
    answer = chief().post(ADD, entries(label_text="type:promotion; new"), follow=True)

    made = Campaign.objects.get()
    assert answer.redirect_chain == [(page(made), 302)]
    assert told(answer) == ["The draft “Free tea” is saved. Nobody sees it yet."]
    assert (made.name, made.reward, made.cost_in_points, made.active) == ("Free tea", "gift_code", 15, False)
    assert (made.limit, made.limit_per_customer, made.unlimited) == (10, 2, False)
    assert [target.level_id for target in made.level_targets.all()] == [level().pk]
    assert [str(label) for label in made.labels.all()] == ["type:promotion", "new"]
    assert shown(made) == ["AAA", "BBB"]
    assert left(made) == 2
    assert trail() == ["chief: campaign created"]


def test_codes_are_trimmed_and_counted_once():
    chief().post(ADD, entries(codes=" AAA \r\n\r\nBBB\nAAA\n"))

    assert shown(Campaign.objects.get()) == ["AAA", "BBB"]


def test_levels_keep_the_order_of_choice():
    chosen = [str(level(name).pk) for name in ("gold", "bronze", "silver")]
    chief().post(ADD, entries(levels=chosen))

    assert [str(target.level_id) for target in Campaign.objects.get().level_targets.all()] == chosen


def test_a_segment_does_instead_of_a_level():
    vip = Segment.objects.create(name="VIP")
    chief().post(ADD, entries(levels=None, segments=[str(vip.pk)]))

    made = Campaign.objects.get()
    assert not made.level_targets.exists()
    assert [target.segment_id for target in made.segment_targets.all()] == [vip.pk]


def test_a_day_without_a_time_is_meant_whole():
    window = {"all_time_active": None, "active_from_0": "2026-07-01", "active_to_0": "2026-07-31"}
    chief().post(ADD, entries(**window))

    made = Campaign.objects.get()
    assert made.active_from == datetime(2026, 6, 30, 22, tzinfo=UTC)  # midnight in Warsaw
    assert made.active_to == datetime(2026, 7, 31, 21, 59, 59, tzinfo=UTC)


@pytest.mark.once("sqlite")
@pytest.mark.parametrize(
    ("changes", "complaints"),
    [
        ({"name": "  "}, {"name": ["This field is required."]}),
        ({"cost_in_points": "1.5"}, {"cost_in_points": ["Enter a whole number."]}),
        ({"limit": ""}, {"limit": ["At least 1, unless there is no limit."]}),
        ({"limit_per_customer": "0"}, {"limit_per_customer": ["At least 1, unless there is no limit."]}),
        ({"codes": "A" * 256}, {"codes": [f"A code has at most 255 characters; “{'A' * 20}…” is longer."]}),
        (
            {"levels": None},
            {"levels": ["Choose at least one level or segment: nobody sees the campaign otherwise."]},
        ),
        (
            {"target": "segment"},  # which empties the levels
            {"segments": ["Choose at least one level or segment: nobody sees the campaign otherwise."]},
        ),
        (
            {"all_time_active": None, "active_from_0": "2026-07-01"},
            {"active_to": ["This is needed."]},
        ),
        (
            {"all_time_visible": None, "visible_from_0": "2026-07-02", "visible_to_0": "2026-07-01"},
            {"visible_to": ["This is before the beginning."]},
        ),
        (
            {"label_text": "a:b:c"},
            {"label_text": ["“a:b:c” is no label: write a key, or a key, one colon and a value."]},
        ),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_written(changes, complaints):
    answer = chief().post(ADD, entries(**changes))

    assert wrong(answer) == complaints
    assert told(answer) == []
    assert not Campaign.objects.exists()
    assert not Coupon.objects.exists()
    assert trail() == []


def test_no_limits_means_that_what_stands_in_their_hidden_fields_is_dropped():
    chief().post(ADD, entries(unlimited="on", limit="-4", limit_per_customer="many"))

    made = Campaign.objects.get()
    assert (made.unlimited, made.limit, made.limit_per_customer) == (True, None, None)


def test_a_change_is_written_with_what_was_before():
    reward = campaign(["A", "B"], name="Free coffee")
    answer = chief().post(page(reward), entries(name="Free tea", codes="B\nC"), follow=True)

    reward.refresh_from_db()
    assert told(answer) == ['The campaign “<a href="' + page(reward) + '">Free tea</a>” was changed successfully.']
    assert (reward.name, reward.cost_in_points, reward.updated_at) == ("Free tea", 15, AT)
    assert shown(reward) == ["A", "B", "C"]
    entry = AuditEntry.objects.get(action="campaign changed")
    assert (entry.actor_label, entry.before["name"], entry.after["name"]) == ("chief", "Free coffee", "Free tea")
    assert (entry.before["codes"], entry.after["codes"]) == (2, 3)


def test_a_change_of_the_limit_changes_what_is_on_sale():
    reward = campaign(["A", "B", "C"])
    chief().post(page(reward), entries(limit="1", codes=""))

    assert left(reward) == 1


def test_a_change_keeps_sold_codes_and_their_holders():
    reward, buyer = campaign(["A", "B"]), customer(100)
    assert buy(reward, buyer) == "A"
    chief().post(page(reward), entries(codes=""))

    assert reward.purchases.get().coupon.code == "A"
    assert left(reward) == 1


def test_no_window_begins_at_the_beginning_of_the_calendar():
    window = {"all_time_active": None, "active_from_0": "0001-01-01", "active_to_0": "2026-07-31"}
    answer = chief().post(f"{LIST}add/", entries(**window))

    assert list(wrong(answer)) == ["active_from"]
    assert not Campaign.objects.exists()


def test_a_level_that_is_gone_stays_aimed_at():
    gone = UUID("00000000-0000-0000-0000-00000000dead")
    reward = campaign()
    reward.level_targets.create(level_id=gone, position=0)
    staff = chief()

    offered = dict(staff.get(page(reward)).context["adminform"].form.fields["levels"].choices)
    staff.post(page(reward), entries(levels=[str(gone)], codes=""))

    assert offered[str(gone)] == "deleted, was 00000000…"
    assert [target.level_id for target in reward.level_targets.all()] == [gone]


def test_a_level_that_was_never_aimed_at_and_does_not_exist_is_refused():
    reward = campaign()
    answer = chief().post(page(reward), entries(levels=["00000000-0000-0000-0000-00000000dead"], codes=""))

    assert list(wrong(answer)) == ["levels"]
    assert not reward.level_targets.exists()


@pytest.mark.once("sqlite")
def test_labels_that_nobody_touched_stay_as_they_were_sent():
    reward = campaign()
    reward.labels.create(key=" spaced", value="a b ", position=0)
    staff = chief()
    text = staff.get(page(reward)).context["adminform"].form.initial["label_text"]
    staff.post(page(reward), entries(label_text=text, codes=""))

    assert [(label.key, label.value) for label in reward.labels.all()] == [(" spaced", "a b ")]


def test_a_page_does_not_load_the_pool():
    small, large = campaign(["A"]), campaign([f"C{n}" for n in range(1_500)], limit=1_500)
    staff = chief()
    staff.get(page(small))

    assert queries(staff, page(large)) == queries(staff, page(small)) <= 30


def test_a_list_takes_as_many_queries_for_fifty_campaigns_as_for_five():
    staff = chief()
    for n in range(5):
        campaign([f"A{n}"], name=f"Campaign {n}")
    few = queries(staff, LIST)
    for n in range(5, 50):
        campaign([f"A{n}"], name=f"Campaign {n}")

    assert queries(staff, LIST) == few <= 15


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Mug", "Coffee", "Draft", "Later"]),
        ("q=cof", ["Coffee"]),
        ("q=nothing of the kind", []),
        ("state=live", ["Coffee"]),
        ("state=off", ["Draft"]),
        ("state=scheduled", ["Later"]),
        ("state=sold_out", ["Mug"]),
        ("state=ended", []),
        ("state=nonsense", ["Mug", "Coffee", "Draft", "Later"]),
        ("reward__exact=gift_code", ["Mug"]),
    ],
)
def test_the_list_finds(query, found):
    campaign(name="Coffee")
    campaign(name="Draft", active=False)
    campaign(name="Later", all_time_active=False, active_from=later(1), active_to=later(9))
    buy(campaign(["A"], name="Mug", reward="gift_code"), customer(100))

    assert sorted(rows(chief().get(f"{LIST}?{query}"))) == sorted(found)


def test_the_list_finds_by_id_and_by_level():
    reward, gold = campaign(name="Coffee"), level("gold")
    reward.level_targets.create(level_id=gold.pk, position=0)
    campaign(name="Tea")
    staff = chief()

    assert rows(staff.get(f"{LIST}?q={reward.pk}")) == ["Coffee"]
    assert rows(staff.get(f"{LIST}?level={gold.pk}")) == ["Coffee"]


def test_the_list_says_how_each_campaign_stands():
    campaign(["A", "B"], name="Coffee")
    text = chief().get(LIST).content.decode()

    assert ">\n\nLive\n<" in text
    assert "any time" in text


@pytest.mark.once("sqlite")
def test_the_button_asks_before_it_switches():
    reward, staff = campaign(), chief()
    question = staff.get(page(reward, "switch_off"))
    assert Campaign.objects.get().active
    answer = staff.post(page(reward, "switch_off"), follow=True)

    assert "Codes that customers hold stay valid." in question.content.decode()
    assert told(answer) == ["“Free coffee” is off."]
    assert not Campaign.objects.get().active


@pytest.mark.once("sqlite")
def test_the_page_offers_only_the_switch_that_changes_something():
    reward, staff = campaign(), chief()
    text = staff.get(page(reward)).content.decode()

    assert page(reward, "switch_off") in text
    assert page(reward, "switch_on") not in text


@pytest.mark.once("sqlite")
def test_who_may_only_look_sees_everything_and_changes_nothing():
    reward = campaign()
    reward.level_targets.create(level_id=level().pk, position=0)
    staff = desk(READ)
    text = staff.get(page(reward)).content.decode()
    answers = [
        staff.post(page(reward), entries(name="Mine")),
        staff.post(page(reward, "switch_off")),
        staff.get(ADD),
        staff.post(ADD, entries()),
    ]

    assert "10 in all, 2 for each customer" in text
    assert "bronze" in text
    assert page(reward, "switch_off") not in text
    assert 'name="_save"' not in text
    assert [answer.status_code for answer in answers] == [403, 403, 403, 403]
    assert (Campaign.objects.get().name, Campaign.objects.get().active) == ("Free coffee", True)
    assert trail() == ["Maria Staff: campaign created"]


@pytest.mark.once("sqlite")
def test_who_has_no_permission_sees_nothing():
    reward, staff = campaign(), desk()

    assert [staff.get(path).status_code for path in (LIST, page(reward), page(reward, "history"))] == [403, 403, 403]


@pytest.mark.once("sqlite")
def test_nobody_deletes_a_campaign():
    reward = campaign()
    answer = chief().post(page(reward, "delete"), {"post": "yes"})

    assert answer.status_code == 403
    assert Campaign.objects.exists()


def test_history_tells_who_changed_what():
    reward, staff = campaign(), desk(READ, WRITE)
    staff.post(page(reward), entries(name="Free tea", codes=""))
    text = staff.get(page(reward, "history")).content.decode()

    assert "maria · 2 Mar 2026, 13:00" in text
    assert "Free coffee" in text
    assert "Free tea" in text


def test_a_campaign_that_is_gone_is_told_and_not_said_to_be_saved(monkeypatch):
    reward, staff = campaign(), chief()

    def gone(*args, **options):
        raise CampaignNotFound(id=reward.pk)

    monkeypatch.setattr("campaigns.services.revise", gone)
    answer = staff.post(page(reward), entries(), follow=True)

    assert told(answer) == ["Nothing was saved: somebody else changed this just now. Please look again."]
    assert Campaign.objects.get().name == "Free coffee"


def test_the_kind_of_target_empties_the_other_list():
    vip = Segment.objects.create(name="VIP")
    chief().post(ADD, entries(target="level", segments=[str(vip.pk)]))

    made = Campaign.objects.get()
    assert [target.level_id for target in made.level_targets.all()] == [level().pk]
    assert not made.segment_targets.exists()


@pytest.mark.once("sqlite")
def test_details_that_are_hidden_are_shown_where_they_are_wrong():
    form = chief().post(ADD, entries(tax="99")).context["adminform"].form

    assert (list(form.errors), form["more"].value()) == (["tax"], True)
