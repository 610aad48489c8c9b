"""The pytest plugin that chooses the tests' database: `--database sqlite` (the default) or `--database postgresql`.

It is loaded before Django's settings are (`-p tests.databases` in pyproject.toml), gives them an environment that does
not depend on the shell, and for PostgreSQL starts a server, unless DATABASE_URL names one.
"""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from tests.postgresql_server import NoServer, Server

ENVIRONMENT = {
    "SECRET_KEY": "for-tests-only-0123456789-abcdefghijklmnopqrstuvwxyz",
    "LOYALTY_LOCK_TIMEOUT_MS": "20000",  # a deadlock of a test's own making is an error, not a run that never ends
}
SETTINGS = ("LOYALTY_", "DATABASE_URL", "DEBUG", "ALLOWED_HOSTS", "SECRET_KEY")
OF_A_RUN = "LOYALTY_E2E_"  # no settings of the site's, but of `make e2e`
DIRECTORY = pytest.StashKey[Path]()
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup"}
# Of two runs side by side, one asks each dialect's answers and the admin's pages. What they stand on is asked on both:
# services, questions, walls, races, statements, keys and the documented examples.
ON_ONE = {
    "tests/campaigns/api/": "postgresql",
    "tests/customers/api/": "postgresql",
    "tests/offers/api/": "sqlite",
    "tests/points/api/": "sqlite",
    "tests/promotions/api/": "sqlite",
}
PAGES = ("test_admin", "test_second_factor", "test_sessions", "test_own_passwords", "test_lock_outs")  # on PostgreSQL
ON_BOTH = ("races", "statements", "idempotency")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=["sqlite", "postgresql"],
        default="sqlite",
        help="The database to test on. PostgreSQL: the server that DATABASE_URL names, else one for this run.",
    )
    parser.addoption(
        "--share",
        action="store_true",
        help="One of two runs side by side: what touches no database, which pytest-django sees to, is left to SQLite, "
        "and what is marked `once` to the database that the mark names.",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config, args: list[str]) -> None:
    """The first hook of all; pytest-django loads the settings in the same one."""
    directory = Path(tempfile.mkdtemp(prefix="loyalty-tests-"))
    early_config.add_cleanup(lambda: shutil.rmtree(directory))
    existing = os.environ.get("DATABASE_URL", "")
    for name in [name for name in os.environ if name.startswith(SETTINGS) and not name.startswith(OF_A_RUN)]:
        del os.environ[name]
    os.environ.update(ENVIRONMENT, LOYALTY_TEST_DIRECTORY=str(directory), LOYALTY_MEDIA_ROOT=str(directory / "media"))
    if early_config.known_args_namespace.database == "postgresql":
        os.environ["DATABASE_URL"] = existing if existing.startswith("postgres") else start(early_config, directory)


def start(config: pytest.Config, directory: Path) -> str:
    server = Server(directory)
    config.add_cleanup(server.stop)
    try:
        server.start()
    except NoServer as reason:
        raise pytest.UsageError(str(reason)) from None
    return server.url


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "postgresql_only: what only PostgreSQL has; skipped on SQLite.")
    config.addinivalue_line(
        "markers", "once(database): what is the same on any database; run on that one with --share."
    )


def pytest_report_header(config: pytest.Config) -> str:
    return f"database: {config.option.database}"


def touches_database(item: pytest.Item) -> bool:
    marked = item.get_closest_marker("django_db") or item.get_closest_marker("postgresql_only")
    return bool(marked) or not DATABASE_FIXTURES.isdisjoint(item.fixturenames)


def is_share_of(database: str, item: pytest.Item) -> bool:
    once = item.get_closest_marker("once")
    if once:
        return once.args == (database,)
    if not touches_database(item):
        return database == "sqlite"
    if item.get_closest_marker("postgresql_only"):
        return database == "postgresql"
    return usual_database(item) in (None, database)


def usual_database(item: pytest.Item) -> str | None:
    """The one database that tests of this kind are run on; None: both."""
    file = item.nodeid.partition("::")[0]
    name = file.rpartition("/")[2]
    if any(word in name for word in ON_BOTH):
        return None
    if name.startswith(PAGES):
        return "postgresql"
    return next((database for folder, database in ON_ONE.items() if file.startswith(folder)), None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.option.share:
        others = [item for item in items if not is_share_of(config.option.database, item)]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if is_share_of(config.option.database, item)]
    if config.option.database == "postgresql":
        return
    for item in items:
        if item.get_closest_marker("postgresql_only"):
            item.add_marker(pytest.mark.skip(reason="PostgreSQL only"))
