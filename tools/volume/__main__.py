"""`python -m tools.volume fill`: a large company's tables, in the PostgreSQL database that DATABASE_URL names.

It wants a database that `load_demo` has filled, and its superuser. `python -m tools.volume measure` then opens lists,
searches and pages, and prints how long that took.
"""

import argparse
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loyalty_site.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402 - models need the settings

from tools.serve import static  # noqa: E402
from tools.volume import measuring  # noqa: E402
from tools.volume.fill import fill  # noqa: E402
from tools.volume.sizes import LARGE, LONG  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.volume", description=__doc__)
    parser.add_argument("act", choices=["fill", "measure"])
    parser.add_argument("--size", choices=["long", "large"], default="large")
    asked = parser.parse_args()
    if connection.vendor != "postgresql":
        sys.exit("DATABASE_URL must name a PostgreSQL database.")
    if asked.act == "measure":
        static.collect_if_changed()
        measuring.tell()
        return 0
    with transaction.atomic():
        fill(LARGE if asked.size == "large" else LONG, lambda line: print(line, flush=True))
    return 0


if __name__ == "__main__":
    sys.exit(main())
