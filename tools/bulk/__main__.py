"""`python -m tools.bulk` on the database that DATABASE_URL names: one of its own, which is left full of codes."""

import os
import sys
from argparse import ArgumentParser

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loyalty_site.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 - models need the settings

from tools.bulk import figures, killing  # noqa: E402


def main(arguments: list[str]) -> None:
    parser = ArgumentParser(prog="python -m tools.bulk", description=__doc__)
    parser.add_argument("--codes", type=int, default=100_000, help="how many are loaded")
    parser.add_argument("--kills", type=int, default=0, help="kill workers this often in each job instead of measuring")
    asked = parser.parse_args(arguments)
    call_command("migrate", verbosity=0)
    if asked.kills:
        killing.run(asked.codes, asked.kills)
    else:
        figures.run(asked.codes)


if __name__ == "__main__":
    main(sys.argv[1:])
