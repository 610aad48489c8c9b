"""Lock-out: wrong passwords of one account from one address, and of one address, in a window of 15 minutes.

Every attempt is counted by one atomic statement before the password is looked at, so that no burst gets more guesses
than the limit; a right password takes its count back. The window ends by itself: a lock delays, it does not bar.
"""

import unicodedata
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import F

from loyalty_site.access import counters
from loyalty_site.access.errors import TooManyAttempts
from loyalty_site.access.models import AttemptCounter
from loyalty_site.access.tokens import digest_of

WINDOW = timedelta(minutes=15)
ACCOUNT, ADDRESS, CODE = "account:", "address:", "code:"  # how the counters' keys begin


def begin(name: str, address: str, *, at: datetime) -> None:
    """Count an attempt to log in as `name`, about to be evaluated. Raises TooManyAttempts: then it must not be."""
    _step(_address_key(address), settings.LOGIN_LIMIT_ADDRESS, at)
    try:
        _step(_account_key(name, address), settings.LOGIN_LIMIT_ACCOUNT, at)
    except TooManyAttempts:
        _take_back(_address_key(address))
        raise


def succeeded(name: str, address: str) -> None:
    """The password was right: the account's wrong ones are forgotten, and this one was none."""
    AttemptCounter.objects.filter(key=_account_key(name, address)).delete()
    _take_back(_address_key(address))


def begin_code(user_id: UUID, *, at: datetime) -> None:
    """Count a code of the second factor, about to be compared; from wherever: the password is known by then.

    Raises TooManyAttempts.
    """
    _step(f"{CODE}{user_id}", settings.LOGIN_LIMIT_ACCOUNT, at)


def code_succeeded(user_id: UUID) -> None:
    AttemptCounter.objects.filter(key=f"{CODE}{user_id}").delete()


def forget_all() -> None:
    AttemptCounter.objects.all().delete()


def _step(key: str, limit: int, at: datetime) -> None:
    """One up, unless the limit is reached; a limit of 0 counts nothing."""
    if not limit:
        return
    seconds = counters.step(key, limit, WINDOW, at=at)
    if seconds:
        raise TooManyAttempts(seconds=seconds)


def _take_back(key: str) -> None:
    AttemptCounter.objects.filter(key=key, count__gt=0).update(count=F("count") - 1)


def _address_key(address: str) -> str:
    return f"{ADDRESS}{address}"


def _account_key(name: str, address: str) -> str:
    """By the name as typed, known or not, so that a lock does not tell which accounts exist."""
    return f"{ACCOUNT}{name_digest(name)}:{address}"


def name_digest(name: str) -> str:
    """Letters and digits only: `+48 123` and `+48123` are one account, and new spellings buy no guesses."""
    letters = filter(str.isalnum, unicodedata.normalize("NFKC", name).casefold())
    return digest_of("".join(letters))
