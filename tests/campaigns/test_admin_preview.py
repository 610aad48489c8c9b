"""What stands beside a campaign's form: what a customer would see of it, and what it lacks, before it is saved."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns import photos
from campaigns.models import Campaign
from customers.models import Segment
from tests.backoffice import chief, desk, queries, trail
from tests.builders import SHOP, buy, campaign, customer, level
from tests.campaigns.test_admin_campaigns import LIST, READ, WRITE, entries, page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon"), pytest.mark.once("sqlite")]

NEW = f"{LIST}preview/"
DATES = {"all_time_active": None, "active_from_0": "2026-03-10", "active_to_0": "2026-03-20"}
SHOWN = {"all_time_visible": None, "visible_from_0": "2026-03-05", "visible_to_0": "2026-03-31"}


def beside(staff=None, path: str = NEW, **changes):
    """The answer's context. Changes of the form, and of the switches, which begin with `preview-`."""
    answer = (staff or chief()).post(path, entries(**changes))
    assert answer.status_code == 200
    return answer.context


def test_a_customer_it_is_aimed_at_sees_the_card_that_the_api_would_serve():
    seen = beside(short_description="A **large** one", codes="A\nB\nC")

    assert seen["said"] == "Anna on bronze sees this campaign on 2 Mar 2026, 13:00 and can buy it."
    card = seen["card"]
    assert (card["name"], card["shortDescription"]) == ("Free tea", "A <strong>large</strong> one")
    assert (card["costInPoints"], card["usageLeft"], card["usageLeftForCustomer"]) == (15, 3, 2)
    assert (card["canBeBoughtByCustomer"], card["hasPhoto"], card["levelNames"]) == (
        True,
        False,
        {str(level().pk): "bronze"},
    )
    assert card.keys().isdisjoint({"coupons", "levels", "segments"})


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"preview-sold_out": "on"}, "Anna on bronze does not see this campaign, because it is sold out."),
        (
            {"preview-too_few_points": "on"},
            "Anna on bronze sees this campaign but cannot buy it: it costs 15 points, and there are 14.",
        ),
        (
            DATES,
            "Anna on bronze sees this campaign but cannot buy it on 2 Mar 2026, 13:00: "
            "it can be bought only from 10 Mar 2026, 00:00 to 20 Mar 2026, 23:59.",
        ),
        (
            DATES | {"preview-at": "2026-03-20T23:59"},
            "Anna on bronze sees this campaign on 20 Mar 2026, 23:59 and can buy it.",
        ),
        (
            SHOWN,
            "Anna on bronze does not see this campaign on 2 Mar 2026, 13:00, "
            "because it is shown only from 5 Mar 2026, 00:00 to 31 Mar 2026, 23:59.",
        ),
        ({"levels": None}, "Anna on bronze does not see this campaign, because it is aimed at nobody yet."),
    ],
)
def test_the_preview_says_what_the_customer_sees_and_why(changes, said):
    seen = beside(**changes)

    assert seen["said"] == said
    assert bool(seen["unseen"]) == ("does not see" in said)


def test_a_customer_of_another_level_does_not_see_it_and_one_of_its_segment_does():
    gold, vip = level("gold"), Segment.objects.create(name="VIP")
    aimed = {"target": "both", "segments": [str(vip.pk)], "preview-level": str(gold.pk)}
    staff = chief()

    assert beside(staff, **aimed)["said"] == (
        "Anna on gold does not see this campaign, because it is aimed only at: bronze, VIP."
    )
    assert beside(staff, **aimed, **{"preview-segment": str(vip.pk)})["said"] == (
        "Anna, on gold and in VIP, sees this campaign on 2 Mar 2026, 13:00 and can buy it."
    )


def test_a_form_that_is_hardly_begun_is_shown_and_says_what_it_needs():
    answer = chief().post(NEW, {"reward": "gift_code", "active_to_0": "nonsense"})

    assert "Name of the reward" in answer.content.decode() or answer.context["unseen"]
    told = {point.url: point.sentence for point in answer.context["points"] if point.tone == "blocks"}
    assert told["#id_name"] == "Name: This field is required."
    assert told["#id_levels"].startswith("Levels: Choose at least one level or segment")
    assert told["#id_active_from_0"] == "Can be bought from: This is needed."
    assert told["#id_codes"] == "It has no codes: there is nothing to sell."


def test_a_preview_writes_nothing():
    reward = campaign(["A"], name="Free coffee", levels=[level().pk])
    before = list(Campaign.objects.values())
    staff = chief()
    with CaptureQueriesContext(connection) as asked:
        seen = beside(staff, page(reward, "preview"), name="Mine", codes="B", _publish="1")

    assert seen["card"]["name"] == "Mine"
    assert list(Campaign.objects.values()) == before
    assert list(reward.coupons.values_list("code", flat=True)) == ["A"]
    assert not [query["sql"] for query in asked if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert trail() == ["Maria Staff: campaign created"]


def test_a_saved_campaign_is_judged_with_what_it_sold():
    reward = campaign(["A", "B"], levels=[level().pk], limit=1)
    buy(reward, customer(100))
    told = [point.sentence for point in beside(path=page(reward, "preview"), limit="1", codes="")["points"]]

    assert told[0] == "The limit is reached: 1 of 1 are sold."


def test_the_picture_that_is_kept_chosen_or_removed_is_shown_so():
    reward = campaign()
    photos.set_photo(reward.pk, "campaigns/a.png", framing=photos.Framing("A cup", 20, 80), **SHOP)
    staff, path = chief(), page(reward, "preview")
    kept = beside(staff, path, photo_alt="A cup", focus_x="20", focus_y="80")
    chosen = beside(staff, path, photo_chosen="1", photo_alt="A mug")
    removed = beside(staff, path, **{"picture-clear": "on"})

    url = f"/api/campaign/{reward.pk}/photo?size=640"
    assert kept["photo"] == {"url": url, "alt": "A cup", "focus_x": 20, "focus_y": 80}
    assert (chosen["photo"]["url"], chosen["photo"]["alt"]) == ("", "A mug")
    assert (removed["photo"], removed["card"]["hasPhoto"]) == (None, False)


def test_a_name_cannot_break_out_of_the_card():
    answer = chief().post(NEW, entries(name="<script>alert(1)</script>", short_description="<img src=x onerror=a>"))

    assert "<script>" not in answer.content.decode()
    assert "onerror" not in answer.content.decode()


def test_a_preview_is_asked_for_by_who_may_write_and_only_by_post():
    reward = campaign()
    looker, writer = desk(READ), desk(READ, WRITE, username="writer")

    assert [looker.post(path, entries()).status_code for path in (NEW, page(reward, "preview"))] == [403, 403]
    assert writer.post(NEW, entries()).status_code == 403
    assert writer.get(page(reward, "preview")).status_code == 405
    assert "data-preview-url" not in looker.get(page(reward)).content.decode()


def test_the_page_of_a_draft_says_what_it_lacks():
    reward = campaign(levels=[level().pk], active=False)
    text = chief().get(page(reward)).content.decode()

    assert "It can be published." in text
    assert "The short description is missing." in text


def test_a_preview_takes_as_many_queries_with_a_large_pool():
    small, large = campaign(["A"]), campaign([f"C{n}" for n in range(1_500)], limit=1_500)
    staff = chief()

    def asked(reward):
        level()
        with CaptureQueriesContext(connection) as captured:
            beside(staff, page(reward, "preview"), codes="")
        return len(captured)

    asked(small)
    assert asked(large) == asked(small) <= 45  # of which three for each constraint of the table
    assert queries(staff, page(small)) <= 30


def test_more_codes_than_a_statement_takes_values_are_counted_in_parts(monkeypatch):
    monkeypatch.setattr("campaigns.admin.as_it_stands.AT_ONCE", 2)
    reward = campaign(["A", "C", "E"], active=False, levels=[level().pk])
    with CaptureQueriesContext(connection) as captured:
        seen = beside(path=page(reward, "preview"), codes="A\nB\nC\nD\nE", limit="9")

    stock = next(point for point in seen["points"] if point.label == "Stock and limit")
    assert stock.sentence == "The codes do not reach for the limit of 9: 5 can be sold in all."
    assert not any("'A'" in statement["sql"] and "'E'" in statement["sql"] for statement in captured)
