"""When the storage of files cannot serve: one exception, whatever the storage is."""

from collections.abc import Iterator
from contextlib import contextmanager


class StorageUnavailable(Exception):
    """The storage is away, full or closed to us: the request is right and may be repeated later."""


@contextmanager
def storage_asked() -> Iterator[None]:
    """Around whatever is asked of a storage. Raises FileNotFoundError for a missing file, else StorageUnavailable."""
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as error:
        raise StorageUnavailable(str(error)) from error
