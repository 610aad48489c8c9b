"""What the ORM does not say: a service's transaction, and rows that are written together."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from loyalty_site.access.models import AuditEntry, RefreshToken, Store, User
from loyalty_site.database import (
    execute,
    execute_together,
    fetch_all,
    fetch_one,
    insert,
    on_postgresql,
    prepared,
    read_snapshot,
    unit_of_work,
    uuid_of,
)
from loyalty_site.errors import DomainError
from tests.bursts import burst

AT = datetime(2026, 3, 2, 12, 30, 15, 250_000, tzinfo=UTC)
KEY = UUID(int=7)


def store(name: str = "A") -> Store:
    return Store(id=UUID(int=ord(name)), name=name, identifier=name)


def entry(**facts) -> AuditEntry:
    usual = {"at": AT, "actor": "system", "actor_label": "system", "action": "test"}
    return AuditEntry(**(usual | {"object_type": "store", "object_id": "1"} | facts))


@unit_of_work
def open_store(name: str, refuse: bool = False) -> None:
    store(name).save(force_insert=True)
    if refuse:
        raise DomainError(name=name)


def names() -> set[str]:
    return set(Store.objects.values_list("name", flat=True))


class TestUnitOfWork:
    @pytest.mark.django_db(transaction=True)
    def test_a_refusal_undoes_it(self):
        with pytest.raises(DomainError):
            open_store("A", refuse=True)
        assert names() == set()

    @pytest.mark.django_db(transaction=True)
    def test_the_outer_one_decides(self):
        @unit_of_work
        def open_two() -> None:
            open_store("A")
            open_store("B", refuse=True)

        with pytest.raises(DomainError):
            open_two()
        assert names() == set()

    @pytest.mark.django_db(transaction=True)
    def test_a_refusal_that_is_caught_still_undoes_all(self):
        @unit_of_work
        def open_two() -> None:
            open_store("A")
            with pytest.raises(DomainError):
                open_store("B", refuse=True)

        open_two()
        assert names() == set()

    @pytest.mark.django_db(transaction=True)
    def test_after_a_refusal_that_is_caught_nothing_more_can_be_asked(self):
        with transaction.atomic():
            with pytest.raises(DomainError):
                open_store("A", refuse=True)
            with pytest.raises(transaction.TransactionManagementError):
                names()

    @pytest.mark.django_db(transaction=True)
    def test_within_a_savepoint_of_the_callers_a_refusal_undoes_its_own_part(self):
        with transaction.atomic():
            open_store("A")
            with pytest.raises(DomainError), transaction.atomic():
                open_store("B", refuse=True)
            open_store("C")
        assert names() == {"A", "C"}

    @pytest.mark.django_db
    def test_inside_another_it_costs_no_statement(self):
        with CaptureQueriesContext(connection) as statements:
            open_store("A")
        assert len(statements) == 1


@pytest.mark.django_db
class TestInsert:
    def test_every_column_is_written(self):
        row, columns = store(), [field.attname for field in Store._meta.fields]
        execute(*insert(row))
        assert Store.objects.values_list(*columns).get() == tuple(getattr(row, column) for column in columns)

    def test_uuids_times_and_json_come_back_as_they_were(self):
        facts = {"before": None, "after": {"name": "Łódź", "n": 1, "at": [True, None]}, "reason": "100 % sure"}
        execute(*insert(entry(**facts)))
        assert AuditEntry.objects.values("at", *facts).get() == {"at": AT, **facts}

    def test_a_key_that_the_database_assigns_is_left_to_it(self):
        for _ in range(2):
            execute(*insert(entry()))
        first, second = AuditEntry.objects.values_list("pk", flat=True).order_by("pk")
        assert first < second

    def test_what_is_set_at_the_moment_of_writing_is_set(self):
        execute(*insert(User(username="jane")))
        assert User.objects.get().date_joined is not None

    def test_a_key_of_ones_own_is_written(self):
        user = User.objects.create(username="jane")
        execute(*insert(RefreshToken(digest="d", user=user, token_version=1, expires_at=AT)))
        assert RefreshToken.objects.values_list("digest", "user", "expires_at").get() == ("d", user.pk, AT)


GUARDED = """
INSERT INTO access_store
    (id, name, identifier, description, street, address1, address2, postal, city, province, country)
SELECT %s, %s, %s, '', '', '', '', '', '', '', '' WHERE %s
 RETURNING name
"""


def guarded(name: str, allowed: bool) -> tuple[str, list[object]]:
    return GUARDED, [prepared(Store, "id", UUID(int=ord(name))), name, name, allowed]


@pytest.mark.django_db
class TestTogether:
    def test_all_rows_are_written(self):
        assert execute_together([insert(store("A")), insert(entry(action="a")), insert(entry(action="b"))]) == []
        assert (names(), AuditEntry.objects.count()) == ({"A"}, 2)

    def test_it_is_one_statement_on_postgresql(self):
        with CaptureQueriesContext(connection) as statements:
            execute_together([insert(store("A")), insert(entry()), insert(entry())])
        assert len(statements) == (1 if on_postgresql() else 3)

    def test_the_first_may_answer(self):
        assert execute_together([guarded("A", allowed=True), insert(entry())]) == [("A",)]
        assert (names(), AuditEntry.objects.count()) == ({"A"}, 1)

    def test_one_alone_may_answer(self):
        assert execute_together([guarded("A", allowed=True)]) == [("A",)]

    def test_a_guard_that_refuses_answers_nothing_and_the_caller_must_undo_the_rest(self):
        with pytest.raises(DomainError), transaction.atomic():
            answer_or_refuse([guarded("A", allowed=False), insert(entry())])
        assert (names(), AuditEntry.objects.count()) == (set(), 0)

    @pytest.mark.parametrize("broken", [0, 1, 2])
    def test_one_that_fails_leaves_none(self, broken):
        store("A").save()
        rows = [insert(entry()), insert(entry())]
        rows.insert(broken, insert(store("A")))
        with pytest.raises(IntegrityError), transaction.atomic():
            execute_together(rows)
        assert AuditEntry.objects.count() == 0


def answer_or_refuse(rows) -> None:
    if not execute_together(rows):
        raise DomainError


@pytest.mark.django_db
class TestStatements:
    def test_rows_touched_are_counted(self):
        for name in "ABC":
            store(name).save()
        assert execute("UPDATE access_store SET city = 'X' WHERE name <> %s", ["B"]) == 2

    def test_one_row_or_none_is_fetched(self):
        store("A").save()
        assert fetch_one("SELECT name FROM access_store WHERE name = %s", ["A"]) == ("A",)
        assert fetch_one("SELECT name FROM access_store WHERE name = %s", ["B"]) is None

    def test_all_rows_are_fetched(self):
        for name in "BA":
            store(name).save()
        assert fetch_all("SELECT name FROM access_store ORDER BY name", []) == [("A",), ("B",)]

    def test_a_key_goes_to_the_database_and_comes_back(self):
        store("A").save()
        ((key,),) = fetch_all("SELECT id FROM access_store WHERE id = %s", [prepared(Store, "id", UUID(int=ord("A")))])
        assert uuid_of(key) == UUID(int=ord("A"))


@pytest.mark.parametrize("value", [KEY, str(KEY), KEY.hex])
def test_a_uuid_is_read_in_every_form(value):
    assert uuid_of(value) == KEY


@pytest.mark.django_db(transaction=True)
class TestSnapshot:
    def test_reads_see_one_moment_and_writers_do_not_wait(self):
        store("A").save()
        with read_snapshot():
            before = names()
            burst([lambda: store("B").save()])
            assert (before, names()) == ({"A"}, {"A"})
        assert names() == {"A", "B"}

    def test_nothing_is_written(self):
        with pytest.raises(DatabaseError, match=r"(?i)read-?only"), read_snapshot():
            store("A").save()
        assert names() == set()

    def test_afterwards_all_is_as_before(self):
        with read_snapshot():
            names()
        open_store("A")
        assert names() == {"A"}
        if not on_postgresql():
            assert connection.transaction_mode == "IMMEDIATE"

    def test_it_is_the_outermost_transaction(self):
        with pytest.raises(RuntimeError, match="durable"), transaction.atomic(), read_snapshot():
            names()
