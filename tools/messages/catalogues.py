"""One language's texts on disk: read, brought up to date, written and compiled."""

from datetime import UTC, datetime
from io import BytesIO

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tools.messages.languages import LANGUAGES, mo_file, po_file

# of the heading: dates would change with every run, and names of people are not filled in
UNWANTED = tuple(
    f'"{name}:'.encode()
    for name in (
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Project-Id-Version",
        "Report-Msgid-Bugs-To",
        "Last-Translator",
        "Language-Team",
        "Generated-By",
    )
)
NEVER = datetime(2026, 1, 1, tzinfo=UTC)


def read(language: str) -> Catalog:
    path = po_file(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def updated(language: str, gathered: Catalog) -> Catalog:
    """The gathered texts with the translations that there are. What is gone is dropped, nothing is guessed."""
    known = read(language)
    catalog = Catalog(language, header_comment=f"# {LANGUAGES[language]}", charset="utf-8", fuzzy=False)
    for message in gathered:
        if not message.id:
            continue
        before = known.get(message.id, message.context)
        kept = before.string if before and before.pluralizable == message.pluralizable else None
        catalog.add(message.id, kept, locations=message.locations, flags=message.flags, context=message.context)
    return catalog


def keep(language: str, catalog: Catalog) -> None:
    """Write the texts, and what is compiled of them."""
    po_file(language).parent.mkdir(parents=True, exist_ok=True)
    po_file(language).write_bytes(written(catalog))
    mo_file(language).write_bytes(compiled(catalog))


def written(catalog: Catalog) -> bytes:
    buffer = BytesIO()
    write_po(buffer, catalog, width=110, sort_by_file=True, include_lineno=False, ignore_obsolete=True)
    lines = buffer.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(UNWANTED))


def compiled(catalog: Catalog) -> bytes:
    catalog.creation_date = catalog.revision_date = NEVER
    buffer = BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()
