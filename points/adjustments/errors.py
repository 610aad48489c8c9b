"""Why an adjustment, or a decision about one, is refused."""

from loyalty_site.errors import DomainError


class AdjustmentNotFound(DomainError):
    """No adjustment has that id."""


class AlreadyDecided(DomainError):
    """It waits for nobody any more. Facts: state."""


class SecondPersonNeeded(DomainError):
    """Whoever asked cannot approve or refuse it."""


class NotTheAsker(DomainError):
    """Only whoever asked can withdraw it."""


class OwnAccount(DomainError):
    """Nobody adjusts the points of the customer whom the own log-in belongs to."""


class AboveApproval(DomainError):
    """More points than this person may approve. Facts: ceiling, points."""


class LeftChanged(DomainError):
    """Not the number of points is left to take back that was asked for. Facts: asked, left."""


class AskedBefore(DomainError):
    """The same movement is asked to be taken back already, and waits for approval."""
