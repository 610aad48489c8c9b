"""Finding customers by parts of their texts, and what PostgreSQL's index of trigrams needs."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, transaction

from customers.models import Customer
from loyalty_site.database import execute

pytestmark = pytest.mark.django_db

migration = import_module("customers.migrations.0004_parts_of_texts_and_countries")


class Schema:
    """Of a server where nobody may add an extension."""

    connection = SimpleNamespace(vendor="postgresql", alias="default")

    def __init__(self):
        self.executed = []

    def execute(self, sql):
        if "EXTENSION" in sql:
            raise DatabaseError("permission denied to create extension")
        self.executed.append(sql)


def test_without_the_extension_the_index_is_left_out_and_it_is_said_how_to_add_it(capsys):
    schema = Schema()
    migration.forwards(None, schema)
    assert schema.executed == []
    told = capsys.readouterr().out
    assert "permission denied to create extension" in told
    assert "CREATE EXTENSION pg_trgm" in told
    assert "CREATE INDEX customer_by_parts ON customers_customer USING gin (UPPER(email) gin_trgm_ops" in told


@pytest.mark.postgresql_only
@pytest.mark.parametrize("column", migration.COLUMNS)
def test_the_index_serves_parts_of_each_column(column):
    rows = Customer.objects.filter(**{f"{column}__icontains": "oloy"}).order_by()
    with transaction.atomic():
        execute("SET LOCAL enable_seqscan = off", [])
        assert "customer_by_parts" in rows.explain()
