"""`manage.py load_scale`: a large, realistic data set for benchmarks, into an empty database."""

from time import monotonic

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.module_loading import import_string

from loyalty_site.backoffice.emptiness import refuse_unless_empty
from loyalty_site.database import execute, on_postgresql
from loyalty_site.made_up.progress import span
from loyalty_site.made_up.size import Size

MOST_CUSTOMERS = 9_000_000  # so many phone numbers there are


class Command(BaseCommand):
    help = "Load made-up customers, campaigns, coupons and movements of points by the million, into an empty database."

    def add_arguments(self, parser: CommandParser) -> None:
        for name, usual in (
            ("customers", 100_000),
            ("campaigns", 1_000),
            ("coupons", 500_000),
            ("transfers", 1_000_000),
        ):
            parser.add_argument(
                f"--{name}", type=int, default=usual, help=f"How many; {usual:,} unless told otherwise."
            )

    def handle(self, *, customers: int, campaigns: int, coupons: int, transfers: int, **options: object) -> None:
        size = Size(customers, campaigns, coupons, transfers)
        _refuse_odd(size)
        refuse_unless_empty()
        began, at = monotonic(), timezone.now().replace(microsecond=0)
        for loader in settings.SCALE_LOADERS:
            import_string(loader)(size, self._say, at)
        if on_postgresql():
            execute("ANALYZE", [])
        self.stdout.write(f"All of it is there, after {span(monotonic() - began)}.")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def _refuse_odd(size: Size) -> None:
    """Raises CommandError for numbers that no data set can have."""
    if not 1 <= size.customers <= MOST_CUSTOMERS:
        raise CommandError(f"Choose 1 to {MOST_CUSTOMERS:,} customers.")
    if min(size.campaigns, size.transfers) < 0 or size.coupons < size.campaigns:
        raise CommandError("Choose no fewer coupons than campaigns, and no negative number.")
