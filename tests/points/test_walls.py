"""What the database itself refuses, whoever asks: books that do not tie, and any change of what was written."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from loyalty_site.access.models import AuditEntry
from loyalty_site.database import prepared
from points.models import Account, Bucket, Transfer
from points.services import reverse
from tests.books import books
from tests.builders import AT, TODAY, customer, earn, note, spend
from tests.walls import refused_by_the_database

pytestmark = pytest.mark.django_db


def key(who) -> object:
    return prepared(Account, "customer", who.pk)


def move(who, points: int, *, told: int | None = None, bucket: int | None = None, **facts) -> None:
    """Move the account and its only bucket, and write a ledger row that says something of it, past the services."""
    account = Account.objects.filter(pk=who.pk)
    account.update(balance=F("balance") + points, earned=F("earned") + points, sequence=F("sequence") + 1)
    Bucket.objects.filter(account=who.pk).update(points=F("points") + (points if bucket is None else bucket))
    now = account.get()
    usual = {"sequence": now.sequence, "balance_after": now.balance, "kind": "earn", "expires_on": TODAY, "buckets": []}
    told = points if told is None else told
    Transfer.objects.create(account=now, points=told, channel="admin", created_at=AT, **(usual | facts))


def refused_move(match: str, who, points: int, **facts) -> None:
    before = books()
    with pytest.raises(IntegrityError, match=match), transaction.atomic():
        move(who, points, **facts)
    assert books() == before


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE points_transfer SET points = 99",
        "UPDATE points_transfer SET comment = 'other'",
        "UPDATE points_transfer SET sequence = sequence",
        "DELETE FROM points_transfer",
        "UPDATE access_auditentry SET reason = 'other'",
        "DELETE FROM access_auditentry",
    ],
)
def test_what_was_written_is_not_changed(change):
    customer(points=10)
    assert (Transfer.objects.count(), AuditEntry.objects.count()) == (1, 1)
    refused_by_the_database("append-only", change)


@pytest.mark.postgresql_only
@pytest.mark.parametrize("table", ["points_transfer", "access_auditentry"])
def test_a_table_that_only_grows_is_not_emptied(table):
    customer(points=10)
    connection.check_constraints()
    refused_by_the_database("append-only", f"TRUNCATE {table} CASCADE")


def test_the_orm_cannot_change_what_was_written_either():
    transfer = earn(customer(), 10)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Transfer.objects.filter(pk=transfer.pk).update(comment="other")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        transfer.delete()


def test_a_balance_is_never_negative():
    customer(points=10)
    refused_by_the_database(
        "account_balance_not_negative", "UPDATE points_account SET balance = -1, spent = 11, sequence = 2"
    )


@pytest.mark.parametrize("change", ["balance = 11", "earned = 11", "spent = 1", "expired = 1"])
def test_a_balance_is_what_was_earned_less_what_is_gone(change):
    customer(points=10)
    refused_by_the_database("account_balance_is_earned_less_gone", f"UPDATE points_account SET {change}")


def test_a_bucket_is_never_negative():
    customer(points=10)
    refused_by_the_database("bucket_not_negative", "UPDATE points_bucket SET points = -1")


def test_an_account_has_one_bucket_a_day():
    customer(points=10, valid=1)
    earn(who := customer(points=10), 5, valid=1)
    refused_by_the_database(
        "(?i)unique", "UPDATE points_bucket SET expires_on = '2026-03-03' WHERE account_id = %s", key(who)
    )


class TestALedgerRowTies:
    """A row gets in only when account, buckets and the row before it agree with it."""

    TIES = "do not tie"

    def test_one_that_ties_gets_in(self):
        who = customer(points=10)
        move(who, 5)
        assert Transfer.objects.filter(account=who.pk).count() == 2

    @pytest.mark.parametrize(
        "facts",
        [
            {"balance_after": 16},
            {"balance_after": 14},
            {"told": 6},
            {"told": 4},
            {"sequence": 3},
            {"bucket": 4},
            {"bucket": 0},
        ],
    )
    def test_one_that_does_not_is_refused(self, facts):
        refused_move(self.TIES, customer(points=10), 5, **facts)

    def test_a_first_row_that_does_not_start_from_nothing_is_refused(self):
        who = customer()
        account = Account.objects.create(customer=who)
        Bucket.objects.create(account=account, expires_on=TODAY, points=0)
        refused_move(self.TIES, who, 5, told=4)

    def test_a_row_for_an_account_that_has_not_moved_is_refused(self):
        who = customer(points=10)
        refused_move(self.TIES, who, 0, told=5, balance_after=15)


class TestShape:
    @pytest.mark.parametrize(
        ("kind", "points", "corrects"),
        [
            ("earn", -5, False),
            ("earn", 0, False),
            ("spend", 5, False),
            ("spend", 0, False),
            ("deduct", 5, False),
            ("expire", 5, False),
            ("cancel", 5, True),
            ("cancel", -5, False),
            ("reverse", -5, True),
            ("reverse", 5, False),
            ("earn", 5, True),
            ("spend", -5, True),
            ("gift", 5, False),
        ],
    )
    def test_a_kind_with_the_wrong_sign_or_target_is_refused(self, kind, points, corrects):
        who = customer(points=10)
        target = Transfer.objects.get() if corrects else None
        broken = "transfer_sign_fits_its_kind|transfer_correction_names_its_target"
        refused_move(broken, who, points, kind=kind, corrects=target)

    def test_an_addition_without_a_last_day_is_refused(self):
        refused_move("transfer_addition_has_a_last_day", customer(points=10), 5, expires_on=None)

    def test_what_is_no_addition_needs_no_last_day(self):
        who = customer(points=10)
        target = spend(who, 4)
        move(who, 4, kind="reverse", corrects=target, expires_on=None)
        assert Transfer.objects.filter(account=who.pk, expires_on=None).count() == 2

    def test_a_movement_is_corrected_once(self):
        who = customer(points=10)
        spending = spend(who, 4)
        reverse(spending.pk, at=AT, note=note())
        refused_move("(?i)unique", who, 4, kind="reverse", corrects=spending)

    def test_short_ids_are_never_given_twice(self):
        who = customer(points=10)
        refused_move("(?i)unique", who, 5, short_id=Transfer.objects.get().short_id)

    def test_a_movement_has_a_number_of_its_own(self):
        who = customer(points=10)
        refused_move("(?i)unique|do not tie", who, 5, sequence=1)


@pytest.mark.postgresql_only
class TestABalanceIsToldOf:
    """PostgreSQL refuses, at the transaction's end, an account that moved without a row of the ledger."""

    def test_a_balance_that_moved_alone(self):
        customer(points=10)
        refused_by_the_database(
            "moved without a ledger row",
            "UPDATE points_account SET balance = balance + 1, earned = earned + 1, sequence = sequence + 1",
        )

    def test_a_balance_that_moved_under_an_old_number(self):
        customer(points=10)
        refused_by_the_database(
            "moved without a ledger row", "UPDATE points_account SET balance = balance + 1, earned = earned + 1"
        )

    def test_a_new_account_with_points_from_nowhere(self):
        who = customer()
        refused_by_the_database(
            "moved without a ledger row",
            "INSERT INTO points_account (customer_id, balance, earned, spent, expired, sequence)"
            " VALUES (%s, 5, 5, 0, 0, 1)",
            who.pk,
        )

    def test_a_new_account_without_points_is_nothing_to_tell_of(self):
        Account.objects.create(customer=customer())
        connection.check_constraints()


def test_an_account_needs_a_customer():
    refused_by_the_database(
        "(?i)foreign key|invalid",
        "INSERT INTO points_account (customer_id, balance, earned, spent, expired, sequence)"
        " VALUES (%s, 0, 0, 0, 0, 0)",
        prepared(Account, "customer", uuid4()),
    )


def test_an_account_with_movements_is_not_deleted():
    who = customer(points=10)
    refused_by_the_database("(?i)foreign key|invalid", "DELETE FROM points_account WHERE customer_id = %s", key(who))
