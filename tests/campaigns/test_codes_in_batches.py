"""Reading all codes of a large pool, a batch at a time."""

import pytest
from django.db import connection
from psycopg.pq import TransactionStatus

from campaigns import stock
from campaigns.services import add_codes
from campaigns.stock import codes
from campaigns.stock.pool import void
from tests.builders import AT, SHOP, buy, campaign, customer
from tests.statements import statements

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _batches_of_two(monkeypatch):
    monkeypatch.setattr(codes, "BATCH", 2)


def test_they_come_in_list_order_in_one_statement():
    reward = campaign(["E", "D", "C", "B", "A"])
    with statements() as seen:
        batches = list(stock.in_batches(reward.pk))
    assert batches == [["E", "D"], ["C", "B"], ["A"]]
    assert len(seen) == 1


def test_sold_codes_are_among_them_and_withdrawn_ones_are_not():
    reward = campaign(["A", "B", "C"])
    campaign(["X"])
    assert buy(reward, customer(points=10)) == "A"
    void(reward, reward.coupons.filter(code="B"), at=AT)
    assert list(stock.in_batches(reward.pk)) == [["A", "C"]]


def test_a_campaign_without_codes():
    reward = campaign(["A"])
    void(reward, reward.coupons.all(), at=AT)
    assert list(stock.in_batches(reward.pk)) == []


@pytest.mark.postgresql_only
def test_they_are_those_of_one_moment():
    """On SQLite too, but for what the reader's own connection writes."""
    reward = campaign(["A", "B", "C", "D"])
    batches = stock.in_batches(reward.pk)
    first = next(batches)
    void(reward, reward.coupons.filter(code="D"), at=AT)
    assert (first, list(batches)) == (["A", "B"], [["C", "D"]])
    assert list(stock.in_batches(reward.pk)) == [["A", "B"], ["C"]]


@pytest.mark.postgresql_only
def test_the_server_keeps_what_was_not_read_and_forgets_it_when_the_reader_leaves():
    reward = campaign(["A", "B", "C"])
    batches = stock.in_batches(reward.pk)
    next(batches)
    assert open_cursors() == 1
    batches.close()
    assert open_cursors() == 0


@pytest.mark.postgresql_only
@pytest.mark.django_db(transaction=True)
def test_a_reader_holds_no_transaction_open_and_outlasts_others():
    reward = campaign(["A", "B", "C", "D", "E"])
    batches = stock.in_batches(reward.pk)
    first = next(batches)
    assert connection.connection.info.transaction_status == TransactionStatus.IDLE
    add_codes(reward.pk, ["F"], **SHOP)
    assert (first, list(batches)) == (["A", "B"], [["C", "D"], ["E"]])


def open_cursors() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM pg_cursors")
        return cursor.fetchone()[0]
