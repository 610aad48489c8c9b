"""`manage.py recount_days`: count by day anew what the start page shows, settled days included."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.module_loading import import_string


class Command(BaseCommand):
    help = "Count all days anew: after rows were loaded with days of the past, or the time zone was changed."

    def handle(self, **options: object) -> None:
        for name in settings.DAILY_TOTALS:
            self.stdout.write(f"{name}: {import_string(name).count_all(at=timezone.now())} days")
