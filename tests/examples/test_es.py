"""Every documented answer and error to an answered offer. Rule: Exchange Solutions, "Response to Offer"."""

import pytest
from django.utils import timezone

from customers import demo as customers_demo
from loyalty_site.access import demo as access_demo
from offers import demo as offers_demo
from offers.models import CustomerOffer
from tests.api_fixtures import *  # noqa: F403
from tests.builders import AT
from tests.callers import bearer
from tests.examples.documented import answer, example, expected, names, replay, send

pytestmark = pytest.mark.django_db

# What the document's gateway and its hosting add, and a switch of browsers for pages that are none.
OF_THE_NETWORK = {
    "Date",
    "Content-Length",
    "Connection",
    "x-amzn-RequestId",
    "x-amz-apigw-id",
    "X-Amzn-Trace-Id",
    "X-XSS-Protection",
    "Access-Control-Allow-Origin",
    "Expect-CT",
    "Feature-Policy",
    "Content-Security-Policy",
    "Strict-Transport-Security",  # over TLS only
}
FRESH = {"MCK-MSGID", "MCK_CORRELATIONID", "MCK-MSGTIMESTAMP"}


@pytest.fixture(scope="module")
def app(for_the_module):
    """The client of the demo data, which is fresh for each test."""
    with for_the_module(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: AT)  # what the demo says of yesterday is the same on every day
        for demo in (access_demo, customers_demo, offers_demo):
            demo.load(lambda text: None, AT)
        return bearer("client-demo-token")


def states():
    return dict(CustomerOffer.objects.values_list("pk", "version"))


@pytest.mark.parametrize("name", names("es"))
def test_the_answer_is_the_documented_one(app, name):
    shown = example("es", name)
    for earlier in shown.get("after", []):
        replay(example("es", earlier)["request"], app)
    before = states()

    status, body = replay(shown["request"], app)

    assert (status, body) == (answer(shown)["status"], expected(shown))
    assert sorted(body) == sorted(shown["documented"].get("attributes", body))
    assert (states() == before) is (status != 200)


def test_the_documented_headers_are_sent(app):
    documented = example("es", "accept")["documented"]["headers"]
    got = send(example("es", "accept")["request"], app).headers
    of_ours = {name: text for name, text in documented.items() if name not in OF_THE_NETWORK | FRESH}
    assert {name: got[name] for name in of_ours} == of_ours
    assert set(got) >= FRESH
