"""`manage.py purge_sessions`: forget the sessions of partners that have ended. For a nightly schedule."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from offers.sessions import purge


class Command(BaseCommand):
    help = "Deletes the sessions that partners opened for customers and that have ended."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{purge(at=timezone.now())} sessions deleted.")
