"""`manage.py purge_log_ins`: drop what log-ins leave behind. For a nightly schedule."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from loyalty_site.access import grants
from loyalty_site.access.models import AttemptCounter, RefreshToken


class Command(BaseCommand):
    help = "Deletes expired refresh and access tokens, and counters whose window is over."

    def handle(self, **options: Any) -> None:
        now = timezone.now()
        tokens, _ = RefreshToken.objects.filter(expires_at__lte=now).delete()
        granted = grants.purge(at=now)
        counters, _ = AttemptCounter.objects.filter(window_ends_at__lte=now).delete()
        self.stdout.write(f"{tokens} refresh tokens, {granted} access tokens and {counters} counters deleted.")
