"""`manage.py work`: do the jobs that are queued, and what the schedule asks for, until SIGTERM or Ctrl-C."""

import signal
from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from loyalty_site.jobs.crew import Crew
from loyalty_site.jobs.running import stopping


class Command(BaseCommand):
    help = "Do the jobs that are queued. On PostgreSQL start as many as you like; one is enough for most."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="Do what is due and queued, and end.")

    def handle(self, *, once: bool, **options: object) -> None:
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stopping.set())
        if once:
            Crew(until_empty=True).work_off()
        else:
            Crew().work()
