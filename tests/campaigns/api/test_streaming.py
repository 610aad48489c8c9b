"""The detail of a campaign with many codes: sent while they are read, and the same as if it had been built whole."""

import json

import pytest
from django.db import OperationalError

from campaigns import stock
from campaigns.stock import codes
from tests.builders import campaign, customer, level
from tests.callers import JSON, MEMBER_ID, failure, told
from tests.campaigns.api.documents import created

pytestmark = pytest.mark.django_db

PATHS = ["/api/campaign/{}", "/api/seller/campaign/{}"]


@pytest.fixture(autouse=True)
def _batches_of_two(monkeypatch):
    monkeypatch.setattr(codes, "BATCH", 2)


@pytest.mark.parametrize("path", PATHS)
def test_it_comes_in_pieces_that_make_the_usual_json(path, admin):
    campaign_id = created(admin, coupons=["ż", '"', "3", "4", "5"])
    answer = admin.send("GET", path.format(campaign_id))
    pieces = list(answer.streaming_content)
    body = json.loads(b"".join(pieces))
    assert len(pieces) == 4
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, JSON)
    assert body["coupons"] == ["ż", '"', "3", "4", "5"]
    assert json.dumps(body, indent=2, ensure_ascii=False).encode() == b"".join(pieces)


def test_the_list_shows_the_same_campaign(admin):
    campaign_id = created(admin, coupons=["A", "B", "C"])
    _, listed = admin.get("/api/campaign")
    assert listed["campaigns"] == [told(admin.send("GET", f"/api/campaign/{campaign_id}"))[1]]


@pytest.mark.parametrize("path", PATHS)
def test_without_its_body_nothing_more_is_read(path, admin, monkeypatch):
    campaign_id = created(admin, coupons=["A", "B", "C", "D", "E"])
    read = []
    batches = stock.in_batches
    monkeypatch.setattr(stock, "in_batches", lambda pk: (read.append(batch) or batch for batch in batches(pk)))
    answer = admin.send("HEAD", path.format(campaign_id))
    assert (answer.status_code, answer.getvalue(), read) == (200, b"", [["A", "B"]])


def test_codes_that_cannot_be_read_are_an_outage(admin, monkeypatch):
    def lost(campaign_id):
        raise OperationalError("connection already closed")
        yield

    monkeypatch.setattr(stock, "in_batches", lost)
    status, body = admin.get(f"/api/campaign/{campaign().pk}")
    assert (status, body) == failure(503, "Service Unavailable")


@pytest.mark.parametrize("path", PATHS)
def test_who_sees_no_codes_has_none_read(path, member, monkeypatch):
    bronze = level()
    customer(pk=MEMBER_ID, level=bronze)
    monkeypatch.setattr(stock, "in_batches", None)
    status, body = member.get(path.format(campaign(levels=[bronze.pk]).pk))
    assert (status, "coupons" in body) == (200, False)
