"""Files of codes as people and programs write them."""

import csv
import io

import pytest

from campaigns.batches.layout import HEAD, layout_of
from campaigns.batches.lines import LONGEST_LINE, read
from loyalty_site.jobs.errors import CannotGoOn

HEADED = {"A": 2, "B": 3}


def found(text: str | bytes, *, heading: bool = False) -> tuple[dict[str, int], list[tuple[int, str]]]:
    """The codes with their lines, and the lines that are none with the reason."""
    content = text.encode() if isinstance(text, str) else text
    reader = io.BufferedReader(io.BytesIO(content))
    layout = layout_of(reader.read(HEAD), has_heading=heading)
    reader.seek(layout.start)
    piece = read(reader, layout, after=layout.lines, most=10_000)
    return piece.codes, [(line.line, line.why) for line in piece.malformed]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("A\nB\n", {"A": 1, "B": 2}),
        ("A\r\nB", {"A": 1, "B": 2}),
        ("\ufeffA\nB\n", {"A": 1, "B": 2}),
        ("\n \nA\n\n\tB\xa0 \n", {"A": 3, "B": 5}),
        ("code\nA\nB\n", HEADED),
        ("\ufeff Coupon Code \r\nA\r\nB\r\n", HEADED),
        ("name;code;value\nx;A;1\ny;B;2\n", HEADED),
        ("A,1\nB,2\n", {"A": 1, "B": 2}),
        ("A\t1\nB\t2\n", {"A": 1, "B": 2}),
        ('"A"\n"B"\n', {"A": 1, "B": 2}),
        ('code,text\n"A","x, ""y"""\nB,z\n', HEADED),
        ('"A;1";x\nB;y\n', {"A;1": 1, "B": 2}),
        ("10,00 OFF\nB\n", {"10,00 OFF": 1, "B": 2}),
        ("=SUM(A1)\n+1\n-2\n@x\n", {"=SUM(A1)": 1, "+1": 2, "-2": 3, "@x": 4}),
        ("Żółć-1\nа\n", {"Żółć-1": 1, "а": 2}),
        ("", {}),
        ("\n\n", {}),
    ],
)
def test_codes_are_found(text, codes):
    assert found(text) == (codes, [])


def test_a_heading_of_other_words_is_one_where_somebody_says_so():
    assert found("Rabattwort\nA\nB\n", heading=True) == (HEADED, [])
    assert found("Rabattwort\nA\n") == ({"Rabattwort": 1, "A": 2}, [])


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("L" * 256, "longer than 255 characters"),
        ("L" * (LONGEST_LINE * 3), "longer than 255 characters"),
        ("B\x00D", "holds characters that cannot be seen"),
        ("B\u200bD", "holds characters that cannot be seen"),
        ('"B', "a quotation mark is not closed"),
        ('""', "no code in its column"),
    ],
)
def test_a_line_that_is_no_code_is_told_and_the_others_are_read(line, why):
    assert found(f"A\n{line}\nB\n") == ({"A": 1, "B": 3}, [(2, why)])


def test_a_line_without_the_column_is_told():
    assert found("n;code\n1;A\n2;\n3;B\n") == ({"A": 2, "B": 4}, [(3, "no code in its column")])


def test_the_longest_code_is_taken():
    assert found("L" * 255) == ({"L" * 255: 1}, [])


def test_an_excerpt_can_be_kept_by_every_database():
    piece = read(io.BufferedReader(io.BytesIO(b"B\x00D\n")), layout_of(b"", has_heading=False), after=0, most=9)
    assert piece.malformed[0].text == "B�D"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("Grün\n".encode("latin-1"), "Line 1 is not in UTF-8."),
        ("A\n".encode("utf-16"), "The file is in UTF-16."),
        (b"A\rB\r", "The file's lines end in a way of old computers."),
    ],
)
def test_another_kind_of_text_is_refused_with_what_to_do(content, says):
    with pytest.raises(CannotGoOn) as refusal:
        found(content)
    assert str(refusal.value.because).startswith(says)
    assert "upload that" in refusal.value.because


def test_a_code_a_line_is_read_by_pythons_that_take_no_line_end_for_a_separator(monkeypatch):
    """As 3.13 and later."""
    older = csv.reader

    def newer(lines, *, delimiter, **options):
        assert delimiter not in "\r\n"
        return older(lines, delimiter=delimiter, **options)

    monkeypatch.setattr(csv, "reader", newer)
    assert found('A1\n"B""2"\n') == ({"A1": 1, 'B"2': 2}, [])
