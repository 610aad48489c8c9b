"""`python -m tools.messages`: gather the texts of the code into each language's file, and compile its translations.

`python -m tools.messages check` says what is missing or wrong; `todo de --most 100` prints texts to translate as JSON,
and `fill de FILE` takes them back with their `text` filled in.
"""

import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

import django
from django.utils.module_loading import import_string


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loyalty_site.settings")
    os.environ.setdefault("SECRET_KEY", "texts have no secrets, and this process serves nobody")
    os.environ.setdefault("DATABASE_URL", "sqlite:///:memory:")
    django.setup()
    chosen = _arguments()
    return import_string(f"tools.messages.acts.{chosen.act}")(chosen)  # whose modules want Django to be set up


def _arguments() -> Namespace:
    parser = ArgumentParser(prog="python -m tools.messages", description=__doc__)
    parser.add_argument("act", nargs="?", default="gather", choices=["gather", "check", "todo", "fill"])
    parser.add_argument("language", nargs="?", choices=["de", "pl"])
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--most", type=int, default=100)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
