"""`manage.py purge_partner_days`: forget how many points partners added on days gone by. For a nightly schedule."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from points.ceilings import purge
from points.days import day_of


class Command(BaseCommand):
    help = "Deletes the counts behind partners' ceilings of the days before today; the ledger keeps every movement."

    def handle(self, **options: object) -> None:
        self.stdout.write(f"{purge(before=day_of(timezone.now()))} counts deleted")
