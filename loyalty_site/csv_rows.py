"""Tables for spreadsheets: CSV of any length that Excel reads as UTF-8 and in which no text runs as a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from io import StringIO
from itertools import chain

from django.http import StreamingHttpResponse

Cell = str | int | float | Decimal | None
Row = Sequence[Cell]

BOM = "\ufeff"  # without it Excel reads another encoding
# What makes spreadsheets calculate, also in the wide forms of East Asian keyboards. Rule: OWASP, "CSV Injection".
STARTS_OF_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(cell: Cell) -> Cell:
    """A text that a spreadsheet would calculate gets an apostrophe in front; numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(STARTS_OF_FORMULAS) else cell


def csv_chunks(header: Sequence[str], batches: Iterable[Iterable[Row]]) -> Iterator[bytes]:
    """The table in UTF-8, a chunk for each batch of rows; the header comes with the first."""
    start = heading(header)
    for batch in batches:
        yield (start + lines_of(batch)).encode()
        start = ""
    if start:
        yield start.encode()


def heading(header: Sequence[str]) -> str:
    """The beginning of the file."""
    return BOM + lines_of([header])


def csv_download(name: str, chunks: Iterator[bytes]) -> StreamingHttpResponse:
    """An attachment that is made while it is sent. What fails up to its first batch is raised here, before any byte."""
    first = next(chunks)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return StreamingHttpResponse(chain([first], chunks), content_type="text/csv; charset=utf-8", headers=headers)


def lines_of(rows: Iterable[Row]) -> str:
    """Rows as they stand in the file."""
    buffer = StringIO()
    csv.writer(buffer).writerows([harmless(cell) for cell in row] for row in rows)
    return buffer.getvalue()
