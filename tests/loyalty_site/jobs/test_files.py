"""Files of jobs lie in the database in pieces."""

import pytest

from loyalty_site.jobs import files
from loyalty_site.jobs.models import FilePart, JobFile
from loyalty_site.jobs.services import enqueue
from tests.jobs import AT, COUNT, STAFF, counting, written

pytestmark = pytest.mark.django_db
LINES = [f"code-{number:06}\n".encode() for number in range(60_000)]


@pytest.fixture
def job():
    content = b"".join(LINES)
    uneven = (content[first : first + 100_003] for first in range(0, len(content), 100_003))
    return enqueue(COUNT, {"last": 1}, title="Read", actor=STAFF, at=AT, inputs={"codes.csv": uneven})


def test_an_input_is_read_line_by_line(job):
    assert list(files.reader(job, "codes.csv")) == LINES
    assert JobFile.objects.get().size == 60_000 * 12


def test_reading_goes_on_where_it_stopped(job):
    first = files.reader(job, "codes.csv")
    begun = [first.readline() for _ in range(31_234)]
    assert begun + list(files.reader(job, "codes.csv", first.tell())) == LINES


def test_no_part_is_large(job):
    assert max(len(part.content) for part in FilePart.objects.all()) <= files.PIECE


def test_a_result_grows_at_its_end():
    job = counting()
    for text in ("a,b\n", "", "ź,2\n"):
        files.write(job, "result.csv", text)
    assert written(job, "result.csv") == "a,b\nź,2\n"
    assert JobFile.objects.get().size == 9


def test_a_file_that_was_not_given_is_not_read():
    with pytest.raises(JobFile.DoesNotExist):
        files.reader(counting(), "codes.csv")
