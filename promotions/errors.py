"""Why a customer is not enrolled."""

from loyalty_site.errors import DomainError


class ProgramNotFound(DomainError):
    pass


class PromotionNotFound(DomainError):
    """There is none with that id in that program."""


class PromotionNotOpen(DomainError):
    """It takes nobody at this moment. `reason` is one of the values of promotions/states.py, or `kind`."""


class EnrolmentLimitReached(DomainError):
    """The customer has been enrolled as often as the promotion allows."""


class CustomerMayNotEnrol(DomainError):
    """The customer is blocked."""


class EnrolmentNotFound(DomainError):
    pass


class EnrolmentEnded(DomainError):
    """It is no longer the customer's running enrolment."""


class DatesInDisorder(DomainError):
    """A promotion that would end before it starts."""
