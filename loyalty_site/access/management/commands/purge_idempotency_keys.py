"""`manage.py purge_idempotency_keys`: forget the answers that are kept long enough. For a nightly schedule."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from loyalty_site.access.idempotency import KEPT, purge


class Command(BaseCommand):
    help = "Deletes idempotency keys older than seven days, 1,000 rows at a time."

    def handle(self, **options: Any) -> None:
        total = purge(before=timezone.now() - KEPT)
        self.stdout.write(f"{total} idempotency keys deleted.")
