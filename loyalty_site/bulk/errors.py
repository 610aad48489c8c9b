"""Why an act on many rows is refused."""

from loyalty_site.errors import DomainError


class ChangeNotFound(DomainError):
    """No act on many rows has that id."""


class NothingToChange(DomainError):
    """None of the rows is there any more."""


class NotUndoable(DomainError):
    """It was undone before, is still being done, or its rows are not kept any more. Facts: state."""
