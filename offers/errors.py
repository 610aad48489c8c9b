"""Why an offer is not given or not answered."""

from loyalty_site.errors import DomainError


class OfferNotFound(DomainError):
    """No live offer with that id is released to the caller."""


class DatesInDisorder(DomainError):
    """An offer that would be effective before it is shown, or expire before it is effective."""


class OfferNotTargeted(DomainError):
    """The customer was not given an offer with that code."""


class OfferDeclined(DomainError):
    """The customer has declined it for good."""


class OfferCompleted(DomainError):
    """The customer has fulfilled it already."""


class OfferNotActive(DomainError):
    """Marketing has not switched the offer on. `status` is what it is."""


class OfferExpired(DomainError):
    pass


class OfferNotShownYet(DomainError):
    """It is before the offer's display date."""


class OfferNotAccepted(DomainError):
    """Only an accepted offer can be completed. `state` is what it is."""


class OfferNotEffectiveYet(DomainError):
    """It is before the offer's effective date."""


class MemberNotFound(DomainError):
    """A call names no session of its partner that is still open, and no customer."""


class SessionIdTaken(DomainError):
    """The id stands for another customer: in an open session of the partner, or as the customer's own."""


class BatchMovedOn(DomainError):
    """Somebody else has started it, dropped it or taken it back; or it is being given right now."""


class NobodyMeant(DomainError):
    """Of all whom the batch means, nobody would get the offer."""


class TraceNotFound(DomainError):
    """No call of the partner's has that trace."""
