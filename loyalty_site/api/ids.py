"""Ids in paths and in fields."""

import re
from uuid import UUID

from rest_framework.exceptions import NotFound

UUID_FORM = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)


def uuid_in(text: str) -> UUID | None:
    """The UUID, in the one form that answers show and in either case; None for any other text."""
    return UUID(text) if UUID_FORM.fullmatch(text) else None


def read_id(text: str) -> UUID:
    """The id in a path. Raises NotFound: a malformed id names nothing."""
    found = uuid_in(text)
    if found is None:
        raise NotFound
    return found
