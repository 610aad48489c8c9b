"""`manage.py backup <file>`: a copy of the SQLite database, taken while the site runs."""

import os
import sqlite3
from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

ON_POSTGRESQL = (
    "A PostgreSQL database is backed up with PostgreSQL's own tools: "
    'pg_dump --format=custom --file=loyalty.dump "$DATABASE_URL"'
)


class Command(BaseCommand):
    help = "Copy the SQLite database into a new file, as it is at one moment. The site may go on meanwhile."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="A new file; none that is there is written over.")

    def handle(self, *, file: Path, **options: object) -> None:
        if connection.vendor != "sqlite":
            raise CommandError(ON_POSTGRESQL)
        if file.exists():
            raise CommandError(f"{file} is there already: choose another name.")
        if not file.parent.is_dir():
            raise CommandError(f"There is no directory {file.parent}.")
        unfinished = file.with_name(f"{file.name}.unfinished")
        unfinished.unlink(missing_ok=True)
        copy(Path(connection.settings_dict["NAME"]), unfinished)
        unfinished.rename(file)
        self.stdout.write(f"{file}: {file.stat().st_size / 1_000_000:.1f} MB")


def copy(database: Path, target: Path) -> None:
    """In one piece of reading, which no writer waits for, and checked page by page before it counts."""
    with (
        closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(target)) as made,
    ):
        source.backup(made)
        made.execute("PRAGMA journal_mode=DELETE")  # one file; the site sets its own mode again
        (verdict,) = made.execute("PRAGMA integrity_check").fetchone()
    if verdict != "ok":
        raise CommandError(f"The copy is not sound ({verdict}): is the database's disk?")
    descriptor = os.open(target, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
