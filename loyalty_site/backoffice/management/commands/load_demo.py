"""`manage.py load_demo`: the identities that the documented requests name, and a year of life around them.

Running it again changes nothing.

`--drill` loads another, small world instead, into an empty database, for runs that crash and race. Its last line is one
JSON object that names what there is.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from time import monotonic

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from loyalty_site.backoffice.emptiness import refuse_unless_empty
from loyalty_site.made_up.seasons import midnight_before
from loyalty_site.outbox.telling import silence


class Command(BaseCommand):
    help = "Load the demo data; only with LOYALTY_DEMO=1, for its passwords are published."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--identities-only", action="store_true", help="Only what the documented requests name.")
        parser.add_argument(
            "--drill", action="store_true", help="Into an empty database, a small world for runs that crash and race."
        )

    def handle(self, *, drill: bool, identities_only: bool, **options: object) -> None:
        if not settings.DEMO:
            raise CommandError("The demo data holds accounts with published passwords. Set LOYALTY_DEMO=1 to load it.")
        at, began = timezone.now(), monotonic()
        with silence(), transaction.atomic():
            if drill:
                self._load_drill(at)
                return
            self._load(settings.DEMO_LOADERS, at)
            if not identities_only:
                self._load(settings.LIFE_LOADERS, midnight_before(at))
        self.stdout.write(f"The demo data is there, after {monotonic() - began:.1f} s.")

    def _load(self, loaders: Iterable[str], at: datetime) -> None:
        for loader in loaders:
            import_string(loader)(self._say, at)

    def _say(self, line: str) -> None:
        """At once, also where the output is not a terminal."""
        self.stdout.write(f"  {line}")
        self.stdout.flush()

    def _load_drill(self, at: datetime) -> None:
        refuse_unless_empty()
        told = {}
        for loader in settings.DRILL_LOADERS:
            told |= import_string(loader)(self.stdout.write, at)
        self.stdout.write(json.dumps(told))
