"""`manage.py load_demo`: the identities that the documented requests name. Running it again changes nothing."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string


class Command(BaseCommand):
    help = "Load the demo data; only with LOYALTY_DEMO=1, for its passwords are published."

    def handle(self, **options: object) -> None:
        if not settings.DEMO:
            raise CommandError("The demo data holds accounts with published passwords. Set LOYALTY_DEMO=1 to load it.")
        at = timezone.now()
        with transaction.atomic():
            for loader in settings.DEMO_LOADERS:
                import_string(loader)(self.stdout.write, at)
