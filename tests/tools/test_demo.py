"""Serving the demo and starting it over."""

import socket
import sqlite3
from argparse import ArgumentTypeError
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from tools.demo import reset, site
from tools.serve import ports, static


@pytest.mark.parametrize("text", ["0", "65536", "-1", "http", "", "80.5"])
def test_what_is_no_port_is_refused(text: str):
    with pytest.raises(ArgumentTypeError, match="1 to 65535"):
        ports.port_number(text)


def test_a_port_is_a_number():
    assert (ports.port_number("1"), ports.port_number("65535")) == (1, 65535)


def test_a_taken_port_is_refused_in_words():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(SystemExit, match=f"Port {port} of 127.0.0.1 cannot be used .*make demo PORT={port + 1}"):
            ports.refuse_unusable("127.0.0.1", port, target="demo")
    ports.refuse_unusable("127.0.0.1", port, target="demo")  # free again: no refusal


def test_a_host_that_is_not_this_machine_is_refused_in_words():
    with pytest.raises(SystemExit, match=r"Port 8000 of 192\.0\.2\.1 cannot be used"):
        ports.refuse_unusable("192.0.2.1", 8000, target="serve")


def test_the_secret_key_is_made_once_and_for_its_owner_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(site, "SECRET", tmp_path / "key")

    first, second = site.own_secret_key(), site.own_secret_key()

    assert (len(first) >= 50, second) == (True, first)
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["key"]


def test_two_installations_have_two_secret_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(site, "SECRET", tmp_path / "one")
    one = site.own_secret_key()
    monkeypatch.setattr(site, "SECRET", tmp_path / "other")
    assert site.own_secret_key() != one


def test_static_files_are_collected_only_when_one_has_changed(tmp_path: Path, settings, capsys):
    source = tmp_path / "source"
    source.mkdir()
    (source / "page.css").write_text("a {}")
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = str(tmp_path / "static")

    def collecting() -> bool:
        static.collect_if_changed()
        return "Collecting" in capsys.readouterr().out

    assert [collecting(), collecting()] == [True, False]
    (source / "page.css").write_text("a { color: red }")
    assert [collecting(), collecting()] == [True, False]
    assert (tmp_path / "static" / "page.css").read_text() == "a { color: red }"


def test_an_open_connection_sees_the_new_file_in_the_place_of_the_old(tmp_path: Path):
    write(tmp_path / "live", "CREATE TABLE old (word text)", "INSERT INTO old VALUES ('kept')")
    write(tmp_path / "new", "CREATE TABLE fresh (word text)", "INSERT INTO fresh VALUES ('loaded')")
    with closing(sqlite3.connect(tmp_path / "live")) as open_connection:
        assert open_connection.execute("SELECT word FROM old").fetchall() == [("kept",)]

        reset.replace_file(tmp_path / "new", tmp_path / "live")

        assert open_connection.execute("SELECT name FROM sqlite_master").fetchall() == [("fresh",)]
        assert open_connection.execute("SELECT word FROM fresh").fetchall() == [("loaded",)]


def test_a_reader_under_way_keeps_the_old_data(tmp_path: Path):
    write(tmp_path / "live", "CREATE TABLE words (word text)", "INSERT INTO words VALUES ('old'), ('old')")
    write(tmp_path / "new", "CREATE TABLE words (word text)", "INSERT INTO words VALUES ('new')")
    with closing(sqlite3.connect(tmp_path / "live", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM words").fetchone() == (2,)

        reset.replace_file(tmp_path / "new", tmp_path / "live")

        assert reader.execute("SELECT word FROM words").fetchall() == [("old",), ("old",)]
        reader.execute("COMMIT")
        assert reader.execute("SELECT word FROM words").fetchall() == [("new",)]


def write(file: Path, *statements: str) -> None:
    with closing(sqlite3.connect(file)) as database:
        for statement in ("PRAGMA journal_mode=WAL", *statements):
            database.execute(statement)
        database.commit()


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql_only
def test_the_new_schema_takes_the_place_of_the_old():
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA live_one; CREATE TABLE live_one.old (word text)")
        cursor.execute("CREATE SCHEMA new_one; CREATE TABLE new_one.fresh (word text)")

    reset.replace_schema("new_one", "live_one")

    with connection.cursor() as cursor:
        cursor.execute("SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('live_one', 'new_one')")
        found = cursor.fetchall()
        cursor.execute("DROP SCHEMA live_one CASCADE")
    assert found == [("live_one", "fresh")]


def test_photos_of_the_new_data_stay_and_others_go(tmp_path: Path):
    new, live = tmp_path / "new", tmp_path / "live"
    for file in (new / "photos" / "a.png", live / "photos" / "a.png", live / "photos" / "b.png", live / "c.png"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(str(file.parent))

    reset.add_files(new, live)
    before = sorted(file.name for file in live.rglob("*.png"))
    reset.remove_other_files(new, live)

    assert before == ["a.png", "b.png", "c.png"]
    assert [file.relative_to(live) for file in live.rglob("*.png")] == [Path("photos/a.png")]
    assert (live / "photos" / "a.png").read_text() == str(new / "photos")
