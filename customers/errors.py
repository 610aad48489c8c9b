"""Why a question or change about customers is refused."""

from loyalty_site.errors import DomainError


class CustomerNotFound(DomainError):
    """No customer in the caller's sight has that id."""


class CustomerMayNotSpend(DomainError):
    """The customer's status does not allow spending. Facts: status."""


class NoLevelYet(DomainError):
    """A customer needs a level, and none is active."""


class IdentityTaken(DomainError):
    """Another customer has that external id; or has that e-mail, phone or card, as any of the three. Facts: field."""


class LevelNotFound(DomainError):
    """No level has that id."""


class SegmentNotFound(DomainError):
    """No segment has that id."""


class StoreNotFound(DomainError):
    """No store has that id, or the caller may not put customers there."""
