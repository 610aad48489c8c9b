"""`manage.py recount_days`: count the ledger by day anew, settled days included."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from points.totals.counting import BY_DAY


class Command(BaseCommand):
    help = "Count points by day anew: after movements were loaded with days of the past, or the time zone was changed."

    def handle(self, **options: object) -> None:
        self.stdout.write(f"Counted on {BY_DAY.count_all(at=timezone.now())} days.")
