"""Collecting the static files takes seconds, so it happens only when one of them has changed."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def collect_if_changed() -> None:
    root = Path(settings.STATIC_ROOT)
    collected = root.with_suffix(".collected")
    now = fingerprint()
    if root.is_dir() and collected.exists() and collected.read_text() == now:
        return
    print("Collecting the static files ...", flush=True)
    collected.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    collected.write_text(now)


def fingerprint() -> str:
    """Of the storage and of every source file's place, size and time."""
    digest = hashlib.sha256(repr(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda found: found[0]):
            stat = Path(storage.path(path)).stat()
            digest.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()
