"""The audit trail can be added to and nothing else, on both databases, also while tests run."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from loyalty_site.access.models import AuditEntry

AT = datetime(2026, 1, 1, tzinfo=UTC)


def write_entry() -> AuditEntry:
    return AuditEntry.objects.create(
        at=AT, actor="system", actor_label="system", action="test", object_type="store", object_id="1"
    )


def assert_refused(statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert list(AuditEntry.objects.values_list("action", flat=True)) == ["test"]


@pytest.mark.django_db
def test_a_written_entry_cannot_be_changed():
    write_entry()
    assert_refused("UPDATE access_auditentry SET action = 'other'")


@pytest.mark.django_db
def test_a_written_entry_cannot_be_deleted():
    write_entry()
    assert_refused("DELETE FROM access_auditentry")


@pytest.mark.django_db
@pytest.mark.postgresql_only
def test_the_table_cannot_be_truncated():
    write_entry()
    assert_refused("TRUNCATE access_auditentry")


@pytest.mark.django_db(transaction=True)
def test_a_committed_entry_cannot_be_deleted():
    write_entry()
    assert_refused("DELETE FROM access_auditentry")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_committed_entries_are_gone_before_the_next_test(turn):
    assert AuditEntry.objects.count() == 0
    write_entry()


@pytest.mark.django_db(transaction=True)
def test_the_switch_is_down_inside_tests():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM append_only_switch")
        assert cursor.fetchone() == (0,)
