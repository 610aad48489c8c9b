"""Every documented request is answered as documented. Rules: Capillary, the pages that the files name as `section`."""

from base64 import b64encode
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from promotions.models import Enrolment
from tests.api_fixtures import *  # noqa: F403
from tests.builders import AT
from tests.callers import ANONYMOUS, Caller
from tests.examples.documented import example, expected, names, replay

pytestmark = pytest.mark.django_db

CALLERS = {"client": "capillary:capillary", "reader": "capillary-readonly:capillary"}


@pytest.fixture(scope="module")
def callers(for_the_module):
    with for_the_module(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "DEMO", True)
        patch.setattr(timezone, "now", lambda: AT)
        call_command("load_demo", identities_only=True, stdout=StringIO())
        basic = {name: f"Basic {b64encode(text.encode()).decode()}" for name, text in CALLERS.items()}
        return {name: Caller(Authorization=text) for name, text in basic.items()} | {"nobody": ANONYMOUS}


@pytest.mark.parametrize("name", names("capillary"))
def test_the_answer_is_the_documented_one(name, callers):
    shown = example("capillary", name)
    for earlier in shown.get("after", []):
        before = example("capillary", earlier)
        replay(before["request"], callers[before["caller"]])

    status, body = replay(shown["request"], callers[shown["caller"]])

    wanted = expected(shown)
    for effect in wanted.get("sideEffects", []):
        assert effect["issualId"] == "<a new id>"
        effect["issualId"] = Enrolment.objects.get().pk
    if wanted.get("data"):
        assert body["data"]["accessToken"].startswith("lpa_")
        wanted["data"]["accessToken"] = body["data"]["accessToken"]
    assert (status, body) == (shown["documented"]["status"], wanted)
