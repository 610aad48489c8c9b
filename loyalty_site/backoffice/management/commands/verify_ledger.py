"""`manage.py verify_ledger`: prove that the books tie. It reads one snapshot, writes nothing and never mends."""

import json

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from loyalty_site.backoffice.verification import as_line, findings
from loyalty_site.database import read_snapshot


class Command(BaseCommand):
    help = "Prove that balances, ledger, stock, purchases and crowds tie. Exits with 1 if anything does not."

    def handle(self, **options: object) -> None:
        total = 0
        with read_snapshot():
            for finding in findings():
                self.stdout.write(as_line(finding))
                total += 1
        self.stdout.write(json.dumps({"checked": settings.LEDGER_CHECKS, "findings": total}))
        if total:
            raise CommandError(f"The books do not tie: {total} findings.")
