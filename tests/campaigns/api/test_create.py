"""`POST /api/campaign`. Rule: Open Loyalty, "Reward Campaigns API", "Create a new campaign"."""

import pytest

from campaigns.models import Campaign
from loyalty_site.access.models import AuditEntry
from tests.builders import AT
from tests.callers import ADMIN_ID
from tests.campaigns.api.documents import SHOWN, as_form, created, sent, shown

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("write", [dict, as_form], ids=["json", "form"])
def test_it_reads_back_as_it_was_sent(write, admin):
    status, body = admin.post("/api/campaign", write(sent()))
    assert status == 200
    assert list(body) == ["campaignId"]
    assert shown(admin, body["campaignId"]) == SHOWN | body


def test_the_same_body_twice_makes_two_campaigns(admin):
    assert created(admin) != created(admin)
    assert Campaign.objects.count() == 2


def test_it_is_written_down_who_made_it(admin):
    campaign_id = created(admin)
    entry = AuditEntry.objects.get(object_id=campaign_id)
    assert (entry.action, entry.actor, entry.at) == ("campaign created", f"user:{ADMIN_ID}", AT)
    assert "A" not in str(entry.after["codes"])


def test_unknown_keys_are_ignored(admin):
    """The admin front end sends back every key that it read."""
    campaign_id = created(admin, campaignId="x", usageLeft=99, hasPhoto=True, levelNames={"a": "b"}, sold=5)
    assert shown(admin, campaign_id) == SHOWN | {"campaignId": campaign_id}


def test_nothing_can_be_set_that_is_no_field_of_the_form(admin):
    own = {"id": "00000000-0000-0000-0000-000000000001", "created_at": "2001-01-01", "codes_withheld": 7, "photo": "x"}
    campaign = Campaign.objects.get(pk=created(admin, **own))
    assert (campaign.created_at, campaign.codes_withheld, campaign.photo.name) == (AT, 0, "")
