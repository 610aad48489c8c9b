"""Files of jobs: kept in pieces, read and written without ever holding one whole."""

import io
from collections.abc import Iterable, Iterator

from django.db.models import F

from loyalty_site.jobs.models import FilePart, Job, JobFile

PIECE = 262_144  # bytes


def store(job: Job, name: str, content: Iterable[bytes]) -> JobFile:
    """Keep a file for the job to read. In the caller's transaction."""
    file = JobFile.objects.create(job=job, name=name, is_result=False)
    for piece in content:
        _append(file, bytes(piece))
    return file


def write(job: Job, name: str, text: str) -> None:
    """Add to the job's result of that name, which begins with this where there is none yet. In a step's transaction."""
    if not text:
        return
    file, _ = JobFile.objects.get_or_create(job=job, name=name, is_result=True)
    _append(file, text.encode())


def pieces(file: JobFile) -> Iterator[bytes]:
    """The content, piece by piece."""
    parts = FilePart.objects.filter(file=file).order_by("start")
    return (bytes(content) for content in parts.values_list("content", flat=True).iterator(chunk_size=4))


def reader(job: Job, name: str, start: int = 0) -> io.BufferedReader:
    """A file that was given to the job, to be read from that byte on. `tell()` says where to go on.

    Raises JobFile.DoesNotExist.
    """
    raw = _Parts(JobFile.objects.get(job=job, name=name, is_result=False))
    raw.seek(start)
    return io.BufferedReader(raw, PIECE)


def _append(file: JobFile, content: bytes) -> None:
    for first in range(0, len(content), PIECE):
        piece = content[first : first + PIECE]
        FilePart.objects.create(file=file, start=file.size, content=piece)
        file.size += len(piece)
    JobFile.objects.filter(pk=file.pk).update(size=F("size") + len(content))


class _Parts(io.RawIOBase):
    """A file's parts, read as one."""

    def __init__(self, file: JobFile) -> None:
        self.file, self.position = file, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self.position = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self.position, io.SEEK_END: self.file.size}[whence]
        return self.position

    def readinto(self, buffer: bytearray | memoryview) -> int:
        part = self.file.parts.filter(start__lte=self.position).order_by("-start").first()
        rest = b"" if part is None else bytes(part.content)[self.position - part.start :]
        taken = rest[: len(buffer)]
        buffer[: len(taken)] = taken
        self.position += len(taken)
        return len(taken)
