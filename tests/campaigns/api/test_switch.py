"""`POST /api/campaign/<campaign>/active` and `/inactive`. Rule: Open Loyalty, "Change campaign's status"."""

import pytest

from loyalty_site.access.models import AuditEntry
from tests.books import books
from tests.builders import campaign
from tests.callers import ADMIN_ID, NOT_FOUND
from tests.campaigns.api.documents import shown

pytestmark = pytest.mark.django_db

WORDS = {"active": True, "inactive": False}


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("before", [True, False], ids=["was on", "was off"])
def test_it_sets_the_flag_and_nothing_else(word, before, admin):
    made = campaign(active=before)
    unchanged = shown(admin, made.pk)
    assert admin.post(f"/api/campaign/{made.pk}/{word}") == (200, {"campaignId": str(made.pk)})
    assert shown(admin, made.pk) == unchanged | {"active": WORDS[word]}


def test_a_body_means_nothing(admin):
    made = campaign()
    assert admin.post(f"/api/campaign/{made.pk}/inactive", {"active": True, "campaign": {"name": "x"}})[0] == 200
    found = shown(admin, made.pk)
    assert (found["active"], found["name"]) == (False, "Free coffee")


def test_a_change_is_written_down_and_its_repetition_is_not(admin):
    made = campaign()
    for _ in range(2):
        admin.post(f"/api/campaign/{made.pk}/inactive")
    (entry,) = AuditEntry.objects.filter(action="campaign switched off")
    assert (entry.object_id, entry.actor) == (str(made.pk), f"user:{ADMIN_ID}")
    assert (entry.before, entry.after) == ({"active": True}, {"active": False})


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("campaign_id", ["00000000-0000-0000-0000-000000000000", "x", "%00"])
def test_an_unknown_campaign(campaign_id, word, admin):
    assert admin.post(f"/api/campaign/{campaign_id}/{word}") == NOT_FOUND


@pytest.mark.parametrize("word", ["Active", "on", "deleted", "activate", "active%00", "active/", "0"])
def test_any_other_word_is_no_route(word, admin):
    made = campaign()
    before = books()
    assert admin.post(f"/api/campaign/{made.pk}/{word}") == NOT_FOUND
    assert books() == before
