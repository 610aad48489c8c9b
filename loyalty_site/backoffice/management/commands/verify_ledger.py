"""`manage.py verify_ledger`: prove that the books tie. It reads one snapshot, writes nothing and never mends."""

import json
from collections.abc import Iterator
from dataclasses import asdict

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import import_string

from loyalty_site.database import read_snapshot
from loyalty_site.findings import Finding


class Command(BaseCommand):
    help = "Prove that balances, ledger, stock, purchases and crowds tie. Exits with 1 if anything does not."

    def handle(self, **options: object) -> None:
        total = 0
        with read_snapshot():
            for finding in _findings():
                self.stdout.write(json.dumps(asdict(finding), default=str))
                total += 1
        self.stdout.write(json.dumps({"checked": settings.LEDGER_CHECKS, "findings": total}))
        if total:
            raise CommandError(f"The books do not tie: {total} findings.")


def _findings() -> Iterator[Finding]:
    for name in settings.LEDGER_CHECKS:
        yield from import_string(name)()
