"""`manage.py purge_log_ins`: drop what log-ins leave behind. The schedule of `manage.py work` does so by itself."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from loyalty_site.access.upkeep import purge_log_ins


class Command(BaseCommand):
    help = "Deletes expired refresh and access tokens and sessions, and counters whose window is over."

    def handle(self, **options: Any) -> None:
        for what, count in purge_log_ins(timezone.now()).items():
            self.stdout.write(f"{what}: {count}")
