"""`manage.py purge_photos`: remove photos' files that no campaign names. For a weekly schedule."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from campaigns.photo_purge import purge
from loyalty_site.files.outages import StorageUnavailable


class Command(BaseCommand):
    help = "Removes files of photos that no campaign names and that are older than a day."

    def handle(self, **options: Any) -> None:
        try:
            removed = purge(at=timezone.now())
        except StorageUnavailable as outage:
            raise CommandError(f"The file storage cannot serve: {outage}") from outage
        self.stdout.write(f"{removed} files removed.")
