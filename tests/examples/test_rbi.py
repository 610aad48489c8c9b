"""RBI's documented requests, answered as documented on fresh demo data. Rules: RBI, "Assign Offer" and "Update Points
Balance".

`at` is when a request comes: the moment that its documented answer tells. `fresh` names what is new in each answer;
that it has the form of the documented one is all that can be asked of it.
"""

import re
from datetime import datetime
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from tests.api_fixtures import for_the_module  # noqa: F401
from tests.callers import ANONYMOUS, Caller
from tests.examples.documented import answer, example, expected, names, replay

pytestmark = pytest.mark.django_db

FORMS = {
    "id": "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}",
    "traceId": "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}",
    "shortId": "[A-Z0-9]{16}",
}
LOADED = datetime.fromisoformat("2024-02-28T02:00:00+00:00")
CALLERS = {
    "partner": Caller(x_api_key="partner-demo-token"),
    "other": Caller(x_api_key="other-demo-token"),
    "anybody": ANONYMOUS,
}


@pytest.fixture(scope="module")
def demo(for_the_module):  # noqa: F811
    with for_the_module(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "DEMO", True)
        patch.setattr(timezone, "now", lambda: LOADED)
        call_command("load_demo", identities_only=True, stdout=StringIO())


def asked(shown, monkeypatch):
    at = datetime.fromisoformat(shown["at"])
    monkeypatch.setattr(timezone, "now", lambda: at)
    return replay(shown["request"], CALLERS[shown["caller"]])


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("name", names("rbi"))
def test_the_answer_is_the_documented_one(name, monkeypatch):
    shown = example("rbi", name)
    for earlier in shown.get("after", []):
        assert asked(example("rbi", earlier), monkeypatch)[0] == 200

    status, body = asked(shown, monkeypatch)

    wanted = expected(shown)
    for key in shown.get("fresh", []):
        assert body[key] != wanted[key]
        assert re.fullmatch(FORMS[key], body[key])
        wanted[key] = body[key]
    assert (status, body, list(body)) == (answer(shown)["status"], wanted, list(wanted))
    assert status == shown["documented"]["status"] or "placeholders" in name
