"""Every documented request for campaigns is answered as documented. Rule: Open Loyalty, "Reward Campaigns API"."""

from io import StringIO
from urllib.parse import unquote_plus
from uuid import UUID

import pytest
from django.conf import settings
from django.core.files.storage import InMemoryStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.utils import timezone

from campaigns.models import Campaign
from loyalty_site.access import demo
from loyalty_site.access.models import User
from tests.api_fixtures import *  # noqa: F403
from tests.builders import AT
from tests.callers import logged_in
from tests.campaigns.pictures import drawn, file_of, read
from tests.examples.documented import answer, answered_in_json, example, expected, replay, send

pytestmark = pytest.mark.django_db

A_NEW_ID = "<a new id>"
CREATE, UPDATE = (example("openloyalty", name)["request"] for name in ("create_a_campaign", "update_a_campaign"))
NUMBERS = {"costInPoints", "limit", "limitPerUser"}


@pytest.fixture(scope="module")
def callers(for_the_module):
    """Those of the demo data, which is fresh for each test."""
    with for_the_module(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "DEMO", True)
        patch.setattr(timezone, "now", lambda: AT)  # what the demo says of yesterday is the same on every day
        call_command("load_demo", identities_only=True, stdout=StringIO())
        accounts = {"admin": demo.ADMIN, "seller": demo.JOHN}
        return {name: logged_in(User.objects.get(pk=user_id)) for name, user_id in accounts.items()}


def known_ids():
    return {str(campaign_id) for campaign_id in Campaign.objects.values_list("pk", flat=True)}


@pytest.mark.parametrize("name", answered_in_json("openloyalty"))
def test_the_answer_is_the_documented_one(name, callers):
    shown = example("openloyalty", name)
    for earlier in shown.get("after", []):
        before = example("openloyalty", earlier)
        replay(before["request"], callers[before["caller"]])
    known = known_ids()

    status, body = replay(shown["request"], callers[shown["caller"]])

    wanted = expected(shown)
    if isinstance(wanted, dict) and wanted.get("campaignId") == A_NEW_ID:
        assert body["campaignId"] not in known
        wanted["campaignId"] = str(UUID(body["campaignId"]))
    assert (status, body) == (answer(shown)["status"], wanted)


def test_a_photo_is_answered_as_what_it_is(callers, monkeypatch):
    monkeypatch.setattr(default_storage, "_wrapped", InMemoryStorage())
    shown, picture = example("openloyalty", "get_a_photo"), SimpleUploadedFile("Photo.jpg", file_of(drawn(), "JPEG"))
    body = encode_multipart(BOUNDARY, {"photo[file]": picture})
    assert callers["admin"].post(shown["request"]["path"], body, media=MULTIPART_CONTENT) == (200, [])

    got = send(shown["request"], callers[shown["caller"]])

    documented = shown["documented"]
    assert (got.status_code, got.headers["Content-Type"]) == (
        documented["status"],
        documented["headers"]["Content-Type"],
    )
    assert read(got.content).size == (800, 600)


@pytest.mark.parametrize("typed", [False, True], ids=["texts", "numbers-and-booleans"])
def test_created_by_json_it_is_the_same_campaign(typed, callers):
    admin = callers["admin"]
    _, by_form = replay(CREATE, admin)
    status, by_json = admin.post("/api/campaign", tree(CREATE["data"], typed=typed))
    assert status == 200
    assert by_json["campaignId"] != by_form["campaignId"]
    assert detail(admin, by_json["campaignId"]) == detail(admin, by_form["campaignId"]) | by_json


@pytest.mark.parametrize("typed", [False, True], ids=["texts", "numbers-and-booleans"])
def test_updated_by_json_it_is_the_same_campaign(typed, callers):
    admin = callers["admin"]
    replay(UPDATE, admin)
    campaign_id = UPDATE["path"].rpartition("/")[2]
    by_form = detail(admin, campaign_id)
    admin.post(f"/api/campaign/{campaign_id}/inactive")

    assert admin.put(UPDATE["path"], tree(UPDATE["data"], typed=typed)) == (200, {"campaignId": campaign_id})

    assert detail(admin, campaign_id) == by_form


def detail(admin, campaign_id):
    status, body = admin.get(f"/api/campaign/{campaign_id}")
    assert status == 200
    return body


def tree(pairs, *, typed):
    """What the fields of a form are in JSON; `typed` where a client sends numbers and booleans as such."""
    root = {}
    for pair in pairs:
        name, _, value = unquote_plus(pair).partition("=")
        *groups, last = name.replace("]", "").split("[")
        place = root
        for group in groups:
            place = place.setdefault(group, {})
        place[last] = natural(last, value) if typed else value
    for name in ("levels", "coupons"):
        root["campaign"][name] = list(root["campaign"][name].values())
    return root


def natural(name, value):
    if name in NUMBERS:
        return int(value)
    return value == "1" if value in {"0", "1"} and not name.isdigit() else value
