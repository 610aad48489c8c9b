"""What the program can be asked to do. Each returns its exit code."""

import sys
from argparse import Namespace

from tools.messages import batches, catalogues, faults
from tools.messages.gathering import gathered
from tools.messages.languages import LANGUAGES


def gather(_chosen: Namespace) -> int:
    found = gathered()
    for language in LANGUAGES:
        catalog = catalogues.updated(language, found)
        catalogues.keep(language, catalog)
        open_ones = sum(1 for _ in faults.untranslated(catalog))
        print(f"{language}: {len(catalog)} texts, {open_ones} to translate")
    return 0


def check(_chosen: Namespace) -> int:
    found = gathered()
    told = [fault for one in LANGUAGES for fault in (*faults.missing(one, found), *faults.wrong(one))]
    print("\n".join(told) or "Every text is translated.")
    return min(len(told), 1)


def todo(chosen: Namespace) -> int:
    print(batches.to_do(catalogues.read(chosen.language), chosen.most))
    return 0


def fill(chosen: Namespace) -> int:
    catalog = catalogues.read(chosen.language)
    told = list(batches.fill(catalog, chosen.file.read_text("utf-8")))
    catalogues.keep(chosen.language, catalog)
    print("\n".join(told), file=sys.stderr if told else sys.stdout)
    return min(len(told), 1)
