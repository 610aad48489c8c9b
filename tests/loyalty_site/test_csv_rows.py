"""CSV that opens in a spreadsheet and runs nothing. Rule: OWASP, "CSV Injection"."""

import csv
from decimal import Decimal
from io import StringIO

import pytest

from loyalty_site.csv_rows import csv_chunks, csv_download


def table(*batches):
    return b"".join(csv_chunks(["Name", "Points"], batches)).decode()


def test_rows_are_lines_below_the_header():
    assert table([("Ann", 1), ("Bob", 2)], [("Cid", 3)]) == "\ufeffName,Points\r\nAnn,1\r\nBob,2\r\nCid,3\r\n"


@pytest.mark.parametrize("batches", [[], [[]]])
def test_without_rows_there_is_the_header(batches):
    assert table(*batches) == "\ufeffName,Points\r\n"


def test_each_batch_is_a_chunk_and_only_the_first_has_the_header():
    assert list(csv_chunks(["N"], [[["ą"]], [["b"]]])) == ["\ufeffN\r\ną\r\n".encode(), b"b\r\n"]


def test_separators_quotes_and_line_ends_in_a_cell_come_back_as_they_were():
    cells = ['a,b;"c"', "two\r\nlines", " spaced ", "'", "żółć"]
    _, row = csv.reader(StringIO(table([cells]), newline=""))
    assert row == cells


STARTS = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]


@pytest.mark.parametrize("start", STARTS, ids=ascii)
def test_a_text_that_would_be_calculated_gets_an_apostrophe(start):
    text = f'{start}HYPERLINK("http://x")'
    _, row = csv.reader(StringIO(table([[text, f"a{text}"]]), newline=""))
    assert row == [f"'{text}", f"a{text}"]


def test_the_header_is_no_exception():
    assert b"".join(csv_chunks(["=1+1"], [])).decode() == "\ufeff'=1+1\r\n"


def test_numbers_stay_numbers_and_nothing_is_empty():
    assert table([(-5, Decimal("-1.50")), (-0.5, None)]).splitlines()[1:] == ["-5,-1.50", "-0.5,"]


def test_a_number_in_a_text_is_a_text():
    assert table([("-5", "+48123123123")]).splitlines()[1:] == ["'-5,'+48123123123"]


def test_a_download_says_what_it_is():
    answer = csv_download("codes.csv", csv_chunks(["N"], [[["a"]], [["b"]]]))
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="codes.csv"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert b"".join(answer) == "\ufeffN\r\na\r\nb\r\n".encode()


def test_a_download_asks_for_no_more_than_its_first_batch_before_it_is_sent():
    asked = []

    def batches():
        for n in range(3):
            asked.append(n)
            yield [[n]]

    answer = csv_download("codes.csv", csv_chunks(["N"], batches()))
    assert asked == [0]
    assert b"".join(answer).decode().split() == ["\ufeffN", "0", "1", "2"]
    assert asked == [0, 1, 2]


def test_what_fails_before_the_first_byte_is_raised():
    def broken():
        raise LookupError
        yield

    with pytest.raises(LookupError):
        csv_download("codes.csv", csv_chunks(["N"], broken()))
