"""What the outbox refuses."""

from loyalty_site.errors import DomainError


class AddressRefused(DomainError):
    """A webhook must not be sent there; `because` is a sentence for staff."""


class NotPaused(DomainError):
    """There is nothing to go on with."""
