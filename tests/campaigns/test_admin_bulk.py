"""Acts on ticked campaigns: the page that tells what would happen, the deed, and the way back."""

import pytest
from django.utils.html import strip_tags

from campaigns.models import Campaign
from loyalty_site.access.models import AuditEntry, User
from loyalty_site.bulk.models import BulkChange
from tests.backoffice import chief, desk, queries, told
from tests.builders import campaign, customer, level
from tests.campaigns.pools import soldless
from tests.jobs import work_off

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

LIST, CHANGES = "/admin/campaigns/campaign/", "/admin/bulk/bulkchange/"
CHANGE = "bulk.view_bulkchange"
WRITE = ("campaigns.view_campaign", "campaigns.change_campaign")


def ready(codes: list[str] | None = None, **settings) -> Campaign:
    """A campaign with all that it needs to be published."""
    return campaign(codes, levels=[level().pk], **settings)


def chosen(action: str, *rewards: Campaign, **more) -> dict:
    return {"action": action, "_selected_action": [str(reward.pk) for reward in rewards]} | more


def text(answer) -> str:
    return " ".join(strip_tags(answer.content.decode()).split())


def page(change: BulkChange, leaf: str = "change") -> str:
    return f"{CHANGES}{change.pk}/{leaf}/"


def test_the_page_tells_how_many_and_whom_it_reaches_and_does_nothing():
    customer(100)
    reward, on = ready(name="Ready", active=False), ready(name="On")
    empty = soldless(ready(name="Empty", active=False))
    shown = text(chief().post(LIST, chosen("publish", reward, on, empty)))

    assert "3 rows of “Campaigns” are chosen." in shown
    assert "1 campaign goes on." in shown
    assert "1 is on already." in shown
    assert "1 cannot be published: it has no code to sell. Empty" in shown
    assert "Reaches 1 customer." in shown
    assert not Campaign.objects.get(pk=reward.pk).active
    assert not BulkChange.objects.exists()


def test_yes_does_it_once_however_often_it_is_sent_and_offers_the_way_back():
    reward, staff = ready(name="Ready", active=False), chief()
    sent = chosen("publish", reward, confirmed="yes", key="k1")
    first, again = staff.post(LIST, sent, follow=True), staff.post(LIST, sent, follow=True)

    change = BulkChange.objects.get()
    undo = f'<a href="{page(change, "undo")}" class="font-semibold underline">Undo</a>'
    assert undo in told(first)[0]
    assert strip_tags(told(first)[0]) == strip_tags(told(again)[0]) == "1 campaign published. Undo · What was done"
    assert AuditEntry.objects.filter(action="campaign switched on").count() == 1


def test_undo_asks_first_and_is_done_once():
    reward, staff = ready(name="Ready", active=False), chief()
    staff.post(LIST, chosen("publish", reward, confirmed="yes"))
    change = BulkChange.objects.get()
    question = text(staff.get(page(change, "undo")))
    assert Campaign.objects.get().active
    answer = staff.post(page(change, "undo"), {"key": "u1"}, follow=True)
    again = staff.post(page(change, "undo"), {"key": "u2"})

    assert "1 row becomes what it was before, unless somebody has changed it since." in question
    assert told(answer) == ["1 row restored."]
    assert not Campaign.objects.get().active
    assert "This was undone before" in text(again)
    assert page(change, "undo") not in staff.get(page(change)).content.decode()


def test_the_page_of_the_deed_names_the_rows_and_why():
    ready(name="Ready", active=False)
    soldless(ready(name="Empty", active=False))
    staff = chief()
    staff.post(LIST, chosen("publish", *Campaign.objects.all(), confirmed="yes"))
    shown = text(staff.get(page(BulkChange.objects.get())))

    assert "1 cannot be published: it has no code to sell." in shown
    assert "Ready" in shown
    assert "Empty" in shown


def test_all_rows_of_the_search_are_meant_where_they_were_chosen_across_pages():
    ready(name="Tea one", active=False)
    ready(name="Tea two", active=False)
    ready(name="Mug", active=False)
    first = Campaign.objects.filter(name="Tea one").get()
    chief().post(f"{LIST}?q=tea", chosen("publish", first, select_across="1", confirmed="yes"))

    assert sorted(Campaign.objects.filter(active=True).values_list("name", flat=True)) == ["Tea one", "Tea two"]


def test_many_rows_are_done_and_undone_by_jobs_in_the_rights_of_who_asked(monkeypatch):
    monkeypatch.setattr("loyalty_site.bulk.services.AT_ONCE", 2)
    monkeypatch.setattr("loyalty_site.bulk.jobs.LISTED_AT_ONCE", 2)
    rewards, staff = [ready([f"C{n}"], name=f"Tea {n}", active=False) for n in range(5)], desk(*WRITE, CHANGE)
    answer = staff.post(f"{LIST}?q=tea", chosen("publish", rewards[0], select_across="1", confirmed="yes"))
    change = BulkChange.objects.get()
    assert (answer.url, change.state, Campaign.objects.filter(active=True).count()) == (page(change), "doing", 0)
    ready(["M"], name="Mug", active=False)
    work_off()
    change.refresh_from_db()
    done = (change.state, change.changed, change.job.done, change.job.total, change.job.state)
    assert done == ("done", 5, 5, 5, "done")
    assert not Campaign.objects.get(name="Mug").active
    staff.post(page(change, "undo"))
    assert Campaign.objects.filter(active=True).count() == 5
    work_off()
    change.refresh_from_db()

    assert (change.state, change.restored, change.kept, change.undo_job.state) == ("undone", 5, {}, "done")
    assert not Campaign.objects.filter(active=True).exists()


def test_a_job_does_nothing_for_who_has_lost_the_right(monkeypatch):
    monkeypatch.setattr("loyalty_site.bulk.services.AT_ONCE", 0)
    reward, staff = ready(active=False), desk(*WRITE, CHANGE)
    staff.post(LIST, chosen("publish", reward, confirmed="yes"))
    User.objects.get(username="maria").user_permissions.clear()
    work_off()

    change = BulkChange.objects.get()
    assert (change.state, change.job.state) == ("doing", "failed")
    assert change.job.problem == "Who asked for it may not do this any more."
    assert not Campaign.objects.get().active


@pytest.mark.once("sqlite")
def test_who_may_only_look_does_nothing_and_undoes_nothing():
    reward = ready(name="Ready", active=False)
    chief().post(LIST, chosen("publish", reward, confirmed="yes"))
    change, reader = BulkChange.objects.get(), desk("campaigns.view_campaign", "bulk.view_bulkchange")
    reader.post(LIST, chosen("pause", reward, confirmed="yes"))

    assert reader.get(page(change)).status_code == 200
    assert page(change, "undo") not in reader.get(page(change)).content.decode()
    assert reader.post(page(change, "undo")).status_code == 403
    assert Campaign.objects.get().active


@pytest.mark.once("sqlite")
def test_what_was_done_to_a_list_that_one_may_not_read_is_not_shown():
    chief().post(LIST, chosen("publish", ready(active=False), confirmed="yes"))
    stranger = desk("bulk.view_bulkchange")

    assert stranger.get(CHANGES).context["cl"].result_count == 0
    assert stranger.get(page(BulkChange.objects.get())).status_code != 200


def test_pages_take_as_many_queries_for_many_rows_as_for_few():
    staff = chief()
    for number in (2, 30):
        rewards = [ready([f"{number}-{n}"], active=False) for n in range(number)]
        staff.post(LIST, chosen("publish", *rewards, confirmed="yes"))
    many, few = BulkChange.objects.order_by("-changed")

    assert queries(staff, page(many)) == queries(staff, page(few)) <= 25
