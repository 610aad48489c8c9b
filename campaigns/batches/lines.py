"""Reading codes from a file, a piece at a time, so that it may be of any length."""

import csv
from dataclasses import dataclass, field
from io import BufferedReader

from django.utils.translation import gettext as _

from campaigns.batches.layout import NEVER, Layout
from campaigns.models import Coupon
from loyalty_site.jobs.errors import CannotGoOn

LONGEST_CODE = Coupon._meta.get_field("code").max_length
LONGEST_LINE = 10_000  # bytes
SHOWN = 60  # characters of a line that cannot be read


@dataclass(frozen=True)
class Refused:
    """A line that gives no new code."""

    line: int
    text: str
    why: str


@dataclass
class Piece:
    """Some lines of a file: the first line of each code, and what is none."""

    codes: dict[str, int] = field(default_factory=dict)
    repeated: list[Refused] = field(default_factory=list)
    malformed: list[Refused] = field(default_factory=list)
    lines: int = 0  # the number of the last one
    is_last: bool = False


def read(reader: BufferedReader, layout: Layout, *, after: int, most: int) -> Piece:
    """So many of the next lines, blank ones too. `after` is the number of the line before them.

    Raises CannotGoOn for text that is not UTF-8.
    """
    piece = Piece(lines=after)
    for number in range(after + 1, after + most + 1):
        raw = reader.readline(LONGEST_LINE)
        if not raw:
            piece.is_last = True
            break
        piece.lines = number
        cut_off = len(raw) == LONGEST_LINE and not raw.endswith(b"\n")
        if cut_off:
            _skip_line(reader)
        _take(piece, number, _decoded(raw, number, cut_off), layout, cut_off)
    return piece


def _take(piece: Piece, number: int, text: str, layout: Layout, cut_off: bool) -> None:
    if not text or text.isspace():
        return
    code, fault = _code(text, layout)
    if cut_off or len(code) > LONGEST_CODE:
        fault = _("longer than %(most)d characters") % {"most": LONGEST_CODE}
    elif not fault and not code.isprintable():
        fault = _("holds characters that cannot be seen")
    if fault:
        piece.malformed.append(Refused(number, shown(text), fault))
    elif code in piece.codes:
        piece.repeated.append(Refused(number, code, seen_before(piece.codes[code])))
    else:
        piece.codes[code] = number


def _code(text: str, layout: Layout) -> tuple[str, str]:
    """The code of a line, and what is wrong with it."""
    cells = [text] if not layout.separator else text.split(layout.separator)
    if '"' in text:
        try:
            cells = next(csv.reader([text.strip("\r\n")], delimiter=layout.separator or NEVER, strict=True))
        except csv.Error:
            return "", _("a quotation mark is not closed")
    code = cells[layout.column].strip() if layout.column < len(cells) else ""
    return code, "" if code else _("no code in its column")


def seen_before(line: int) -> str:
    return _("stands in line %(line)d already") % {"line": line}


def shown(text: str) -> str:
    """The beginning of a line, as it can be kept and looked at whatever it holds."""
    return "".join(sign if sign.isprintable() else "�" for sign in text.strip()[:SHOWN])


def _decoded(raw: bytes, number: int, cut_off: bool) -> str:
    try:
        return raw.decode(errors="replace" if cut_off else "strict")
    except UnicodeDecodeError:
        told = _("Line %(line)d is not in UTF-8. Save the file as “CSV UTF-8” and upload that.")
        raise CannotGoOn(because=told % {"line": number}) from None


def _skip_line(reader: BufferedReader) -> None:
    while (more := reader.readline(LONGEST_LINE)) and not more.endswith(b"\n"):
        pass
