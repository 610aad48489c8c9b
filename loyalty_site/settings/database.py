"""The database: SQLite where nothing else is named."""

import sqlite3

from loyalty_site.environment import SettingRefused, database, number, text
from loyalty_site.settings.ground import VAR

AN_HOUR = 3_600_000  # milliseconds
DATABASE_URL = text("DATABASE_URL", f"sqlite:///{VAR / 'loyalty.sqlite3'}")
DATABASES = {"default": database(DATABASE_URL)}
ON_POSTGRESQL = DATABASES["default"]["ENGINE"].endswith("postgresql")
if ON_POSTGRESQL:
    # Bounds on a request's waits; a command such as `migrate` may take as long as it needs, so wsgi.py turns them on.
    bounds = {
        "lock_timeout": number("LOYALTY_LOCK_TIMEOUT_MS", 0, 0, AN_HOUR),
        "statement_timeout": number("LOYALTY_STATEMENT_TIMEOUT_MS", 0, 0, AN_HOUR),
        "idle_in_transaction_session_timeout": number("LOYALTY_IDLE_TRANSACTION_TIMEOUT_MS", 0, 0, AN_HOUR),
    }
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        connect_timeout=3, options=" ".join(f"-c {name}={value}" for name, value in bounds.items())
    )
else:
    if sqlite3.sqlite_version_info < (3, 35):
        raise SettingRefused(
            f"This Python comes with SQLite {sqlite3.sqlite_version}; 3.35 or later is needed. "
            "Use a newer Python, or set DATABASE_URL to a PostgreSQL server."
        )
    VAR.mkdir(exist_ok=True)
    # One writer at a time, who takes the lock before reading: Django's default mode answers "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
    # Threads share a file, not a memory database.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / "test.sqlite3")}

SILENCED_SYSTEM_CHECKS = ["models.W040"]  # an index that carries further columns carries none on SQLite
