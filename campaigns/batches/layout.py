"""How a file of codes is laid out: found by looking at its beginning."""

import csv
from dataclasses import dataclass

from django.utils.translation import gettext as _

from loyalty_site.jobs.errors import CannotGoOn

HEAD = 65_536  # bytes of the beginning that are looked at
LOOKED_AT = 20  # lines of it
SEPARATORS = ("\t", ";", ",")
NEVER = "\x00"  # what divides no line, where Python wants something: from 3.13 on it takes no line end for that
HEADINGS = {
    *("code", "codes", "coupon", "coupons", "coupon code", "coupon codes", "coupon_code", "couponcode"),
    *("voucher", "voucher code", "gutschein", "gutscheincode", "kod", "kod kuponu", "kupon"),
}
BOM = b"\xef\xbb\xbf"
MARKS_OF_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Layout:
    """Where the codes stand, and where the first line with one begins."""

    separator: str  # of columns; empty: a line is a code
    column: int
    start: int  # bytes
    lines: int  # before the start

    def words(self) -> str:
        if not self.separator:
            return _("one code a line")
        named = {"\t": _("tabs"), ";": _("semicolons"), ",": _("commas")}[self.separator]
        facts = {"number": self.column + 1, "separator": named}
        return _("column %(number)d of columns divided by %(separator)s") % facts


def layout_of(head: bytes, *, has_heading: bool) -> Layout:
    """The layout of a file that begins like this. A heading is known by its words, or because somebody says so.

    Raises CannotGoOn for what is no text in UTF-8 with lines.
    """
    _refuse_other_texts(head)
    start = len(BOM) if head.startswith(BOM) else 0
    raw = head[start:].split(b"\n")
    if len(raw) > 1 and len(head) == HEAD:
        raw.pop()  # the last one may be cut off
    blank = next((n for n, line in enumerate(raw) if line.strip()), 0)
    lines = [line.decode(errors="replace").strip("\r") for line in raw if line.strip()][:LOOKED_AT]
    separator = _separator(lines)
    first = next(csv.reader(lines[:1], delimiter=separator or NEVER), [])
    titles = [cell.strip().lower() for cell in first]
    column = next((n for n, title in enumerate(titles) if title in HEADINGS), None)
    if column is None and not has_heading:
        return Layout(separator, 0, start, 0)
    skipped = sum(len(line) + 1 for line in raw[: blank + 1])
    return Layout(separator, column or 0, start + skipped, blank + 1)


def _refuse_other_texts(head: bytes) -> None:
    if head.startswith(MARKS_OF_UTF_16):
        raise CannotGoOn(because=_("The file is in UTF-16. Save it as “CSV UTF-8” and upload that."))
    if b"\n" not in head and b"\r" in head.strip():
        raise CannotGoOn(because=_("The file's lines end in a way of old computers. Save it anew and upload that."))


def _separator(lines: list[str]) -> str:
    """What divides every one of the lines, of which there are several, into as many columns."""
    for separator in SEPARATORS:
        widths = {len(row) for row in csv.reader(lines, delimiter=separator)}
        if len(lines) > 1 and len(widths) == 1 and widths != {1}:
            return separator
    return ""
