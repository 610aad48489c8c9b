"""What all customers bought, as a file for a spreadsheet."""

import csv
from decimal import Decimal
from io import StringIO

import pytest
from django.db import OperationalError

from campaigns.api import bought_rewards
from campaigns.models import Purchase
from campaigns.services import refund
from loyalty_site import walking
from loyalty_site.access import scopes
from loyalty_site.access.actors import Role
from loyalty_site.access.models import AuditEntry, Store
from tests.builders import AT, SHOP, buy, campaign, customer, later
from tests.callers import ADMIN_ID, FORBIDDEN, told, with_token
from tests.statements import statements

pytestmark = pytest.mark.django_db

PATH = "/api/campaign/bought/export/csv"
HEADER = [
    "Campaign",
    "Bought at",
    "Cost in points",
    "Tax value",
    "Code",
    "Used",
    "E-mail",
    "Phone",
    "First name",
    "Last name",
    "Campaign id",
    "Customer id",
]


def exported(caller, query=""):
    """The lines below the header."""
    answer = caller.send("GET", f"{PATH}?{query}")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/csv; charset=utf-8")
    header, *rows = csv.reader(StringIO(text, newline=""))
    assert header == HEADER
    return rows


def codes(rows):
    return [row[HEADER.index("Code")] for row in rows]


@pytest.fixture
def jane():
    return customer(points=500, first_name="Jane", last_name="Żółć, Jr", email="jane@example.com", phone="345345000")


def test_a_line_for_each_purchase(admin, jane):
    reward = campaign(name="Free coffee", tax_price_value=Decimal("2.50"))
    buy(reward, jane)
    assert exported(admin) == [
        [
            "Free coffee",
            "2026-03-02T13:00:00+0100",
            "10",
            "2.50",
            "A",
            "no",
            "jane@example.com",
            "345345000",
            "Jane",
            "Żółć, Jr",
            str(reward.pk),
            str(jane.pk),
        ]
    ]


def test_it_is_a_file_with_a_date(admin):
    answer = admin.send("GET", PATH)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="bought-rewards-2026-03-02.csv"'
    assert b"".join(answer.streaming_content).startswith(b"\xef\xbb\xbfCampaign,")


def test_nothing_bought_is_a_header(admin):
    assert exported(admin) == []


def test_no_text_runs_as_a_formula(admin):
    reward = campaign(['=HYPERLINK("http://x")'], name="@SUM(A1)", cost_in_points=0)
    buy(reward, customer(first_name="=cmd|'/c calc'!A1", last_name="-1+1", phone="+48345345000"))
    (row,) = exported(admin)
    assert row[0] == "'@SUM(A1)"
    assert row[4:10] == [
        '\'=HYPERLINK("http://x")',
        "no",
        "",
        "'+48345345000",
        "'=cmd|'/c calc'!A1",
        "'-1+1",
    ]


def test_the_filters_of_the_list_hold(admin, jane):
    reward = campaign(list("ABCD"), limit_per_customer=9)
    for days in range(4):
        buy(reward, jane, at=later(days))
    Purchase.objects.filter(coupon__code__in="AB").update(used=True, used_at=AT)
    refund(Purchase.objects.get(coupon__code="D").pk, **SHOP)
    assert codes(exported(admin)) == ["C", "B", "A"]
    assert codes(exported(admin, "used=1")) == ["B", "A"]
    assert codes(exported(admin, "used=0")) == ["C"]
    assert codes(exported(admin, "used=1&purchasedAtFrom=2026-03-03&purchasedAtTo=2026-03-03")) == ["B"]


def test_pages_and_sorts_mean_nothing_to_it(admin, jane):
    reward = campaign()
    buy(reward, jane)
    buy(reward, jane, at=later(1))
    assert codes(exported(admin, "page=2&perPage=1&sort=costInPoints&direction=asc")) == ["B", "A"]


@pytest.mark.parametrize(("more", "code"), [([scopes.COUPONS_READ], "A"), ([], "")])
def test_a_token_gets_codes_by_its_scope(more, code, jane):
    buy(campaign(), jane)
    assert codes(exported(with_token(Role.ADMIN, [scopes.CUSTOMERS_EXPORT, *more]))) == [code]


def test_a_token_of_a_store_gets_its_customers_and_those_of_none():
    stores = {name: Store.objects.create(name=name, identifier=name) for name in ("own", "other")}
    reward = campaign()
    for days, place in enumerate(["own", "none", "other"]):
        buy(reward, customer(points=10, store=stores.get(place)), at=later(days))
    assert codes(exported(with_token(Role.ADMIN, store=stores["own"]))) == ["B", "A"]


def test_it_is_read_in_steps(admin, jane, monkeypatch):
    """The caller, the audit trail, and a statement for each step; none for a row."""
    monkeypatch.setattr(bought_rewards, "latest_first", lambda rows, moment: walking.latest_first(rows, moment, step=2))
    reward = campaign(list("ABCDE"), limit_per_customer=9)
    for _ in range(5):
        buy(reward, jane)
    with statements() as seen:
        assert sorted(codes(exported(admin))) == list("ABCDE")
    assert len(seen) == 5


def test_what_fails_before_the_first_byte_is_told_in_the_dialects_words(admin, monkeypatch):
    def broken(*args):
        raise OperationalError("the database is gone")
        yield

    monkeypatch.setattr(bought_rewards, "latest_first", broken)
    monkeypatch.setattr("loyalty_site.api.exceptions.is_outage", lambda error: isinstance(error, OperationalError))
    answer = admin.send("GET", PATH)
    assert told(answer) == (503, {"error": {"code": 503, "message": "Service Unavailable"}})
    assert "Content-Disposition" not in answer.headers


def test_the_trail_tells_who_took_it_before_the_first_byte(admin, jane):
    answer = admin.send("GET", f"{PATH}?used=1&purchasedAtFrom=2026-03-03")
    entry = AuditEntry.objects.get(action="purchases exported")
    assert (entry.actor, entry.at, entry.reason) == (f"user:{ADMIN_ID}", AT, "")
    assert (entry.object_type, entry.object_id, entry.object_label) == ("purchase", "", "")
    assert entry.before is None
    assert entry.after == {"used": True, "purchased_from": "2026-03-02T23:00:00Z", "purchased_to": None}
    assert answer.streaming


def test_the_trail_tells_of_an_export_without_filters_and_by_a_token(jane):
    assert exported(with_token(Role.ADMIN, [scopes.CUSTOMERS_EXPORT])) == []
    entry = AuditEntry.objects.get(action="purchases exported")
    assert (entry.actor.partition(":")[0], entry.actor_label) == ("token", "till")
    assert entry.after == {"used": None, "purchased_from": None, "purchased_to": None}


def test_a_token_that_reads_customers_exports_nothing(jane):
    every_other = set(scopes.SCOPES) - {scopes.CUSTOMERS_EXPORT}
    assert told(with_token(Role.ADMIN, every_other).send("GET", PATH)) == FORBIDDEN
    assert not AuditEntry.objects.filter(action="purchases exported").exists()


def test_no_export_without_its_entry(admin, monkeypatch):
    def broken(*args, **facts):
        raise OperationalError("the database is gone")

    monkeypatch.setattr(bought_rewards, "note_export", broken)
    monkeypatch.setattr("loyalty_site.api.exceptions.is_outage", lambda error: isinstance(error, OperationalError))
    assert told(admin.send("GET", PATH))[0] == 503


@pytest.mark.parametrize("query", ["used=%00", "purchasedAtFrom=soon"])
def test_a_query_that_cannot_be_read(query, admin):
    assert told(admin.send("GET", f"{PATH}?{query}"))[0] == 400
    assert not AuditEntry.objects.exists()
