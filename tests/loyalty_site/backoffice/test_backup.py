"""A copy of the database; what becomes of it is tried in `tests/tools/test_backup.py`."""

import sqlite3
from contextlib import closing

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.builders import customer


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite only")
@pytest.mark.django_db(transaction=True)
def test_the_copy_is_whole_and_in_one_file(tmp_path):
    who = customer()
    call_command("backup", str(tmp_path / "copy.sqlite3"), verbosity=0)

    assert [file.name for file in tmp_path.iterdir()] == ["copy.sqlite3"]
    with closing(sqlite3.connect(tmp_path / "copy.sqlite3")) as copy:
        assert copy.execute("SELECT id FROM customers_customer").fetchall() == [(who.pk.hex,)]
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite only")
@pytest.mark.parametrize(
    ("name", "sentence"), [("there", "is there already: choose another name"), ("no/where", "There is no directory")]
)
@pytest.mark.django_db
def test_nothing_is_written_over_or_elsewhere(tmp_path, name, sentence):
    (tmp_path / "there").write_text("kept")
    with pytest.raises(CommandError, match=sentence):
        call_command("backup", str(tmp_path / name))

    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("there", "kept")]


@pytest.mark.postgresql_only
@pytest.mark.django_db
def test_of_postgresql_it_is_said_what_does_it(tmp_path):
    with pytest.raises(CommandError, match=r"pg_dump --format=custom --file=loyalty\.dump"):
        call_command("backup", str(tmp_path / "copy"))

    assert list(tmp_path.iterdir()) == []
