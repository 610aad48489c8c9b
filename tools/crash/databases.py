"""The databases that are crashed. PostgreSQL as a company runs it: a commit is on the disk before it is answered."""

import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Protocol

import psycopg

from tests.postgresql_server import NoServer, Server
from tools.crash.processes import children_of, send

DURABLE = {
    "listen_addresses": "",
    "max_connections": "100",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
}
FORGETFUL = {"synchronous_commit": "off", "wal_writer_delay": "10s"}  # answers before the disk has it: a mistake
END_ALL = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
"""
A_BACKEND = """
SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND datname = 'loyalty' ORDER BY random() LIMIT 1
"""


class Database(Protocol):
    """`name` is what the run is called by; `url` is what the site is given."""

    name: str
    url: str

    def rows(self, query: str) -> list[tuple[Any, ...]]: ...


class Sqlite:
    """A file; there is no server that could be killed."""

    name = "SQLite"

    def __init__(self, directory: Path) -> None:
        self.file = directory / "loyalty.sqlite3"
        self.url = f"sqlite:///{self.file}"

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.file)) as connection:
            return connection.execute(query).fetchall()


class PostgreSQL:
    """A server of its own that can be killed in several ways. Once it has ended, `start` goes on with its data."""

    name = "PostgreSQL"

    def __init__(self, server: Server) -> None:
        self.server, self.url = server, server.url

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with self._connect("loyalty") as connection:
            return connection.execute(query).fetchall()

    @property
    def has_ended(self) -> bool:
        return self.server.process.poll() is not None

    def start(self) -> None:
        self.server.launch()

    def kill(self) -> None:
        """All of its processes, as when the machine's memory runs out."""
        main = self.server.process.pid
        send(signal.SIGKILL, main, *children_of(main))
        self.server.process.wait()

    def kill_a_backend(self) -> None:
        """One that serves the site; the server then ends all others and recovers."""
        with self._connect("postgres") as connection:
            for (process,) in connection.execute(A_BACKEND).fetchall():
                send(signal.SIGKILL, process)

    def end_connections(self) -> None:
        with self._connect("postgres") as connection:
            connection.execute(END_ALL)

    def _connect(self, database: str) -> psycopg.Connection[tuple[Any, ...]]:
        where = f"host={self.server.directory} user=postgres dbname={database} connect_timeout=3"
        return psycopg.connect(where, autocommit=True)


@contextmanager
def postgresql(directory: Path, *, forgetful: bool = False) -> Iterator[PostgreSQL]:
    """Raises NoServer."""
    server = Server(directory, DURABLE | FORGETFUL if forgetful else DURABLE)
    try:
        server.start()
        database = PostgreSQL(server)
        with database._connect("postgres") as connection:
            connection.execute("CREATE DATABASE loyalty")
        yield database
    finally:
        server.stop()


@contextmanager
def sqlite(directory: Path, *, forgetful: bool = False) -> Iterator[Sqlite]:
    """It is never forgetful: whoever writes waits for the disk."""
    yield Sqlite(directory)


DATABASES = {"postgresql": postgresql, "sqlite": sqlite}
__all__ = ["DATABASES", "Database", "NoServer", "PostgreSQL", "Sqlite"]
