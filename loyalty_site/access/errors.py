"""Refusals of log-ins and credentials."""

from loyalty_site.errors import DomainError


class BadCredentials(DomainError):
    """Unknown, wrong or malformed: nobody is told which."""


class AccountNotActive(DomainError):
    """The password is right, the account is switched off."""


class TooManyAttempts(DomainError):
    """Too many wrong passwords; `seconds` until the next one is looked at."""


class WrongCode(DomainError):
    """No code of this second factor, or one that was used before."""


class PartnerMisplaced(DomainError):
    """A token of the role PARTNER belongs to a partner, any other token to none. Facts: role."""


class UnknownScope(DomainError):
    """`scope` is no scope of ours."""


class LogInOfStaff(DomainError):
    """The account belongs to somebody who works here too: it must not open the back office any more first."""
