"""What jobs refuse."""

from loyalty_site.errors import DomainError


class JobNotStoppable(DomainError):
    """It has ended already."""


class JobNotRetriable(DomainError):
    """It neither failed nor was cancelled, its kind cannot go on where it stopped, or another job does the same."""


class AlreadyRunning(DomainError):
    """The same work is waiting or running already."""


class CannotGoOn(DomainError):
    """Raised by a step: the job fails, and `because`, a sentence for staff, says why. What the step did is undone."""


class TakenOver(Exception):
    """Another worker holds the job by now: what this step did must not be kept."""
