"""`format=html`: descriptions as HTML. Rule: Open Loyalty, "Get the collection of campaigns", `format`."""

import pytest

from customers.models import Customer
from tests.builders import campaign, customer, level
from tests.callers import MEMBER_ID

pytestmark = pytest.mark.django_db

WRITTEN = {
    "shortDescription": "A _hot_ one",
    "conditionsDescription": "**Once** & never more<script>alert(1)</script>",
    "usageInstruction": "Show `it`",
    "brandDescription": "https://example.com",
}
AS_HTML = {
    "shortDescription": "A <em>hot</em> one",
    "conditionsDescription": "<strong>Once</strong> &amp; never more",
    "usageInstruction": "Show <code>it</code>",
    "brandDescription": '<a href="https://example.com" rel="noopener noreferrer nofollow">https://example.com</a>',
}
COLUMNS = {
    "short_description": WRITTEN["shortDescription"],
    "conditions_description": WRITTEN["conditionsDescription"],
    "usage_instruction": WRITTEN["usageInstruction"],
    "brand_description": WRITTEN["brandDescription"],
    "name": "_Free_ & easy",
}
DETAILS = ["/api/campaign/{campaign}", "/api/seller/campaign/{campaign}"]
STAFF_READS = [
    "/api/campaign",
    "/api/seller/campaign",
    "/api/admin/customer/{customer}/campaign/available",
    "/api/seller/customer/{customer}/campaign/available",
    *DETAILS,
]


@pytest.fixture(scope="module")
def ids(for_the_module):
    """A campaign, and the customer who has logged in and can get it."""
    with for_the_module():
        bronze = level()
        customer(pk=MEMBER_ID, level=bronze)
        return {"campaign": campaign(levels=[bronze.pk], **COLUMNS).pk, "customer": MEMBER_ID}


def texts(answer):
    """The descriptions of the one campaign that was read, and its name, which is none."""
    status, body = answer
    assert status == 200
    found = body["campaigns"][0] if "campaigns" in body else body
    assert found["name"] == COLUMNS["name"]
    return {name: found[name] for name in WRITTEN}


@pytest.mark.parametrize("path", STAFF_READS)
def test_staff_get_html_where_they_ask_for_it(path, admin, ids):
    assert texts(admin.get(f"{path.format(**ids)}?format=html")) == AS_HTML


@pytest.mark.parametrize("query", ["", "format=", "format=raw", "format=HTML", "format[]=html", "format=html5"])
def test_anything_else_leaves_them_as_they_were_written(query, admin, ids):
    assert [texts(admin.get(f"{path.format(**ids)}?{query}")) for path in STAFF_READS] == [WRITTEN] * len(STAFF_READS)


def test_a_customers_list_has_them_as_they_were_written(member, ids):
    assert Customer.objects.get().pk == MEMBER_ID
    assert texts(member.get("/api/customer/campaign/available?format=html")) == WRITTEN


@pytest.mark.parametrize("path", DETAILS)
def test_a_customer_who_reads_a_detail_may_ask_too(path, member, ids):
    assert texts(member.get(f"{path.format(**ids)}?format=html")) == AS_HTML


def test_a_text_that_is_not_set_is_left_out_all_the_same(admin, for_the_module):
    empty = campaign()
    _, body = admin.get(f"/api/campaign/{empty.pk}?format=html")
    assert WRITTEN.keys().isdisjoint(body)
