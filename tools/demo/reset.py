"""`make demo-reset`: a new demo database in the place of the old one, whether or not the demo is being served.

The new one is built beside the old one and then takes its place in one transaction: a running server answers from the
old data until then and from the new data afterwards, without a restart. Nothing is deleted row by row, since the
database refuses that of the ledger.
"""

import shutil
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, connection, transaction

from tools.demo import site
from tools.environment import alone_in

NEW_FILE = site.VAR / "new.sqlite3"
NEW_SCHEMA = "loyalty_new"
NEW_MEDIA = site.VAR / "new-media"


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C on the way is no error
    site.set_up()
    with alone_in(site.VAR):
        start_over()
    print("The demo data is as new.")


def start_over() -> None:
    live_media = Path(settings.MEDIA_ROOT)
    shutil.rmtree(NEW_MEDIA, ignore_errors=True)
    settings.MEDIA_ROOT = str(NEW_MEDIA)  # read at the storage's first use, which is in `site.fill`
    live = build_schema() if settings.ON_POSTGRESQL else build_file()
    add_files(NEW_MEDIA, live_media)
    if settings.ON_POSTGRESQL:
        replace_schema(NEW_SCHEMA, live)
    else:
        replace_file(NEW_FILE, Path(live))
        remove_file(NEW_FILE)
    remove_other_files(NEW_MEDIA, live_media)
    shutil.rmtree(NEW_MEDIA, ignore_errors=True)


def build_file() -> str:
    """Fill a new file; the answer is the live one's name."""
    live = connection.settings_dict["NAME"]
    remove_file(NEW_FILE)
    connection.settings_dict["NAME"] = str(NEW_FILE)
    site.fill()
    connection.close()
    return live


def remove_file(file: Path) -> None:
    for name in (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")):
        name.unlink(missing_ok=True)


def replace_file(new: Path, live: Path) -> None:
    """One write transaction on the live file: its readers keep what they are reading, its writers wait."""
    with closing(sqlite3.connect(new)) as source, closing(sqlite3.connect(live, timeout=20)) as target:
        target.execute("PRAGMA journal_mode=WAL")
        source.backup(target)


def build_schema() -> str:
    """Fill a new schema; the answer is the live one's name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_schema(), 'public')")
        (live,) = cursor.fetchone()
        cursor.execute(f"DROP SCHEMA IF EXISTS {NEW_SCHEMA} CASCADE")
        cursor.execute(f"CREATE SCHEMA {NEW_SCHEMA}")
    connection.close()
    connection.settings_dict["OPTIONS"]["options"] += f" -c search_path={NEW_SCHEMA}"
    site.fill()
    return live


def replace_schema(new: str, live: str, attempts: int = 5) -> None:
    """Requests under way may hold tables that this waits for, and the other way round: then it is tried again."""
    quote = connection.ops.quote_name
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA IF EXISTS {quote(live)} CASCADE")
            cursor.execute(f"ALTER SCHEMA {quote(new)} RENAME TO {quote(live)}")
    except OperationalError:
        if attempts == 1:
            raise
        replace_schema(new, live, attempts - 1)


def add_files(new: Path, live: Path) -> None:
    if new.is_dir():
        shutil.copytree(new, live, dirs_exist_ok=True)


def remove_other_files(new: Path, live: Path) -> None:
    """Photos that belonged to the old data."""
    for file in list(live.rglob("*")):
        if file.is_file() and not (new / file.relative_to(live)).exists():
            file.unlink()


if __name__ == "__main__":
    main()
