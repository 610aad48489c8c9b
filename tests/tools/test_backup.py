"""What a company does after its server is gone: the drill of `docs/operations.md`, with photos, on both databases."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.postgresql_server import Server

pytestmark = pytest.mark.servers

ROOT = Path(__file__).resolve().parents[2]
COUNTS = """
from django.apps import apps
print({m._meta.db_table: m.objects.count() for m in apps.get_models() if m._meta.managed})
"""
VERIFY = """
from django.core.management import call_command
call_command('migrate', check_unapplied=True, verbosity=0)
call_command('verify_ledger')
"""
# Everything that the books rest on, a photo on disk, and what was done since.
FILL = """
from datetime import UTC, datetime
from io import BytesIO
from campaigns import photos, services
from campaigns.images import Picture
from campaigns.models import Campaign
from customers.models import Customer
from django.core.management import call_command
from loyalty_site.access.actors import SYSTEM
call_command('migrate', verbosity=0)
call_command('load_demo', identities_only=True, verbosity=0)
at = datetime.now(UTC)
campaign = Campaign.objects.get(name='for test')
name = photos.keep(Picture('png', {width: b'a picture' for width in (0, 160, 320, 640)}))
photos.set_photo(campaign.pk, name, actor=SYSTEM, at=at)
services.buy(campaign.pk, Customer.objects.get(email='user@oloy.com').pk, actor=SYSTEM, at=at)
"""


class Site:
    """An installation: a database and a directory of photos."""

    def __init__(self, database: str, media: Path) -> None:
        self.media = media
        self.settings = {
            "PATH": os.environ["PATH"],
            "SECRET_KEY": "k" * 60,
            "LOYALTY_DEMO": "1",
            "DATABASE_URL": database,
            "LOYALTY_MEDIA_ROOT": str(media),
        }

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.settings, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def shell(self, script: str) -> str:
        return self.manage("shell", "--verbosity", "0", "--command", script)

    def fill(self) -> str:
        """How many rows there are then, table by table."""
        return self.shell(FILL + COUNTS).splitlines()[-1]

    def is_the_same_as(self, counts: str, photos: dict[str, bytes]) -> None:
        assert self.shell(VERIFY + COUNTS).splitlines()[-1] == counts
        assert files_in(self.media) == photos


def files_in(directory: Path) -> dict[str, bytes]:
    return {str(file.relative_to(directory)): file.read_bytes() for file in directory.rglob("*") if file.is_file()}


def test_a_sqlite_database_comes_back_from_its_backup(tmp_path: Path):
    live, copy = tmp_path / "live.sqlite3", tmp_path / "backup.sqlite3"
    site = Site(f"sqlite:///{live}", tmp_path / "media")
    counts, photos = site.fill(), files_in(site.media)

    site.manage("backup", str(copy))
    shutil.copytree(site.media, tmp_path / "photos")
    for lost in (live, live.with_name("live.sqlite3-wal"), live.with_name("live.sqlite3-shm")):
        lost.unlink(missing_ok=True)
    shutil.rmtree(site.media)

    shutil.copy(copy, live)
    shutil.copytree(tmp_path / "photos", site.media)
    assert photos
    site.is_the_same_as(counts, photos)


@pytest.fixture
def servers() -> Iterator[list[Server]]:
    """Two that have nothing to do with each other, where their owner may look and the way to a socket is short."""
    with ExitStack() as ends:
        running = []
        for _ in range(2):
            running.append(Server(Path(ends.enter_context(TemporaryDirectory(prefix="loyalty-")))))
            ends.callback(running[-1].stop)
            running[-1].start()
            address = running[-1].url.replace("/loyalty", "/postgres")
            run(running[-1], "createdb", f"--maintenance-db={address}", "loyalty")
        yield running


def test_a_postgresql_database_comes_back_on_another_server(servers: list[Server], tmp_path: Path):
    first, second = servers
    dump = tmp_path / "loyalty.dump"
    site = Site(first.url, tmp_path / "media")
    counts, photos = site.fill(), files_in(site.media)

    run(first, "pg_dump", "--format=custom", f"--file={dump}", first.url)
    first.stop()

    run(second, "pg_restore", "--exit-on-error", "--no-owner", f"--dbname={second.url}", str(dump))
    assert photos
    Site(second.url, site.media).is_the_same_as(counts, photos)


def run(server: Server, tool: str, *arguments: str) -> None:
    subprocess.run([server.binaries / tool, *arguments], check=True, timeout=120)
