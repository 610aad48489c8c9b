"""`manage.py expire_points`: expire what is due in every account."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from points.services import expire


class Command(BaseCommand):
    help = "Expire points whose last day has passed. Safe to run at any time, and twice at once."

    def handle(self, **options: object) -> None:
        self.stdout.write(f"{expire(at=timezone.now())} points expired")
