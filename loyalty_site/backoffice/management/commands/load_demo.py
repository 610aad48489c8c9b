"""`manage.py load_demo`: the identities that the documented requests name. Running it again changes nothing.

`--drill` loads another, small world instead, into an empty database, for runs that crash and race. Its last line is one
JSON object that names what there is.
"""

import json
from datetime import datetime

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from loyalty_site.backoffice.emptiness import refuse_unless_empty
from loyalty_site.outbox.telling import silence


class Command(BaseCommand):
    help = "Load the demo data; only with LOYALTY_DEMO=1, for its passwords are published."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--drill", action="store_true", help="Into an empty database, a small world for runs that crash and race."
        )

    def handle(self, *, drill: bool, **options: object) -> None:
        if not settings.DEMO:
            raise CommandError("The demo data holds accounts with published passwords. Set LOYALTY_DEMO=1 to load it.")
        at = timezone.now()
        with silence(), transaction.atomic():
            if drill:
                self._load_drill(at)
            else:
                self._load_demo(at)

    def _load_demo(self, at: datetime) -> None:
        for loader in settings.DEMO_LOADERS:
            import_string(loader)(self.stdout.write, at)

    def _load_drill(self, at: datetime) -> None:
        refuse_unless_empty()
        told = {}
        for loader in settings.DRILL_LOADERS:
            told |= import_string(loader)(self.stdout.write, at)
        self.stdout.write(json.dumps(told))
