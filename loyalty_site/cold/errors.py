"""Why a call that waits is not done."""

from loyalty_site.errors import DomainError


class PartnerSwitchedOff(DomainError):
    """None of its tokens is let in any more, so what it has left waiting is not done either."""
