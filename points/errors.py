"""Why a movement of points is refused."""

from loyalty_site.errors import DomainError


class NotEnoughPoints(DomainError):
    """Facts: balance (spendable points), needed."""


class CeilingReached(DomainError):
    """A partner would give more than was agreed.

    Facts: which ("per_call", "per_customer_day" or "per_partner_day"), ceiling, given (so far that day), points.
    """


class TransferNotFound(DomainError):
    """No transfer has that id."""


class NotCorrectable(DomainError):
    """Only an addition can be cancelled, only a spending reversed, and each once. Facts: kind, corrected."""


class NothingLeft(DomainError):
    """Every point of the addition is spent or expired already: there is nothing to take back."""
