"""Many rows at once: COPY on PostgreSQL, one prepared statement elsewhere. Never holds more than it was given."""

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, models

from loyalty_site.database import on_postgresql

Row = Sequence[Any]
Converter = Callable[[Any], Any]


def add_rows(model: type[models.Model], names: Sequence[str], rows: Iterable[Row]) -> None:
    """Insert rows whose values stand in the order of these fields' names, in Python's types.

    No default of the model is filled in.
    """
    add_to(model._meta.db_table, [model._meta.get_field(name) for name in names], rows)


def add_all(objects: Iterable[models.Model]) -> None:
    """Insert unsaved objects of one model whose key the database assigns; they are not told it."""
    waiting = list(objects)
    if waiting:
        fields = [field for field in waiting[0]._meta.concrete_fields if not field.primary_key and not field.generated]
        values = attrgetter(*(field.attname for field in fields))
        add_to(waiting[0]._meta.db_table, fields, map(values, waiting))


def add_to(table: str, fields: Sequence[models.Field], rows: Iterable[Row]) -> None:
    """The same for any table that has the columns of these fields."""
    quote = connection.ops.quote_name
    into = f"{quote(table)} ({', '.join(quote(field.column) for field in fields)})"
    converted = _converted(rows, [_converter(field) for field in fields])
    with connection.cursor() as cursor:
        if on_postgresql():
            # Django sees to errors of statements alone: without it a lost connection would be none that it knows.
            with connection.wrap_database_errors, cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for row in converted:
                    copy.write_row(row)
        else:
            cursor.executemany(f"INSERT INTO {into} VALUES ({', '.join(['%s'] * len(fields))})", converted)


def _converted(rows: Iterable[Row], converters: Sequence[Converter | None]) -> Iterable[Row]:
    changing = [(place, convert) for place, convert in enumerate(converters) if convert]
    for row in rows:
        values = list(row)
        for place, convert in changing:
            values[place] = convert(values[place])
        yield values


def _converter(field: models.Field) -> Converter | None:
    """What the driver needs done to a value. PostgreSQL's knows Python's types, but for JSON and files."""
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    plain = models.CharField | models.TextField | models.IntegerField | models.BooleanField
    if isinstance(target, plain) or (on_postgresql() and not isinstance(target, models.JSONField | models.FileField)):
        return None
    if isinstance(target, models.UUIDField):
        return lambda value: value and value.hex
    database = connections[DEFAULT_DB_ALIAS]  # the proxy would look it up for each value
    return lambda value: None if value is None else target.get_db_prep_save(value, database)
