"""Where an audit entry says that it came from."""

import pytest
from django.test import RequestFactory

from campaigns.models import Campaign
from loyalty_site.access import audit, origins
from loyalty_site.access.actors import SYSTEM, Role
from loyalty_site.access.models import AuditEntry, Store
from loyalty_site.access.origins import NOWHERE, Origin
from tests.backoffice import chief
from tests.builders import AT, campaign, customer, level
from tests.callers import MEMBER_ID, logged_in, user, with_token

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


def of(**meta) -> Origin:
    return origins.of_request(RequestFactory().get("/", **meta))


def told(action: str) -> AuditEntry:
    return AuditEntry.objects.get(action=action)


def test_a_call_leaves_the_address_that_it_came_from():
    reward = campaign(active=False)
    status, _ = with_token(Role.ADMIN).post(f"/api/campaign/{reward.pk}/active")

    assert (status, told("campaign switched on").address) == (200, "127.0.0.1")
    assert len(told("campaign switched on").batch) == 24


def test_of_a_customers_own_call_no_address_is_kept():
    reward, _ = campaign(), customer(100, pk=MEMBER_ID)
    status, _ = logged_in(user(Role.CUSTOMER, MEMBER_ID)).post(f"/api/customer/campaign/{reward.pk}/buy")

    assert (status, told("reward bought").address) == (200, None)
    assert told("reward bought").batch


def test_what_is_done_in_one_go_in_the_admin_shares_a_batch():
    rewards = [campaign(name=name, active=False, levels=[level().pk]) for name in ("A", "B")]
    staff = chief()
    marked = {"action": "publish", "confirmed": "yes", "_selected_action": [str(reward.pk) for reward in rewards]}
    staff.post("/admin/campaigns/campaign/", marked)
    staff.post("/admin/campaigns/campaign/", marked | {"action": "pause"})
    batches = {
        action: set(AuditEntry.objects.filter(action=action).values_list("address", "batch"))
        for action in ("campaign switched on", "campaign switched off")
    }

    assert Campaign.objects.filter(active=False).count() == 2
    assert [len(found) for found in batches.values()] == [1, 1]
    assert len(set.union(*batches.values())) == 2


def test_after_a_request_nothing_of_it_is_left():
    chief().get("/admin/")

    assert origins.current() == NOWHERE
    entry = audit.record("stores exported", Store, actor=SYSTEM, at=AT)
    assert (entry.address, entry.batch) == (None, None)


def test_whoever_begins_something_says_where_it_comes_from():
    with origins.coming_from(Origin("192.0.2.7", "request")), origins.coming_from(Origin(batch="job:1")):
        inner = audit.entry("stores exported", Store, actor=SYSTEM, at=AT)
        origins.forget_address()
    assert ((inner.address, inner.batch), origins.current()) == ((None, "job:1"), NOWHERE)


def test_two_requests_have_two_ids():
    assert of().batch != of().batch


@pytest.mark.parametrize(
    ("behind_proxy", "sent", "is_taken"),
    [(True, "edge-7f3a", True), (False, "edge-7f3a", False), (True, "two words", False), (True, "x" * 65, False)],
)
def test_the_id_of_a_request_is_the_proxys_own_where_there_is_one(settings, behind_proxy, sent, is_taken):
    settings.BEHIND_PROXY = behind_proxy

    assert (of(HTTP_X_REQUEST_ID=sent).batch == sent) is is_taken
