"""Logging in with a password: who may come in by which door, and the one place where a password is evaluated."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeGuard
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Lower
from django.utils.module_loading import import_string

from loyalty_site.access import attempts, log_in_tokens, second_factor
from loyalty_site.access.actors import Role
from loyalty_site.access.errors import AccountNotActive, BadCredentials
from loyalty_site.access.log_in_tokens import LogIn
from loyalty_site.access.models import User
from loyalty_site.access.passwords import is_right

LONGEST = 4096  # characters of a name or a password; longer ones are not looked at


@dataclass(frozen=True)
class Door:
    """One log-in: whom it lets in and how they are found."""

    role: Role
    find: Callable[[str], User | None]
    says_inactive: bool = False  # others are told that the credentials are bad


def by_username_or_email(users: QuerySet[User], text: str) -> User | None:
    """A username goes before an e-mail; an e-mail that two users share names neither."""
    same_mail = Q(lower_email=Lower(Value(text)))  # written as the unique index has it
    found = list(users.alias(lower_email=Lower("email")).filter(Q(username=text) | same_mail)[:3])
    named = [user for user in found if user.username == text] or found
    return named[0] if len(named) == 1 else None


def find_admin(text: str) -> User | None:
    return by_username_or_email(User.objects.filter(role=Role.ADMIN), text)


def find_seller(text: str) -> User | None:
    """By e-mail or id. Rule: Open Loyalty, "Authentication"."""
    sellers = User.objects.filter(role=Role.SELLER)
    if _is_uuid(text):
        return sellers.filter(pk=text).first()
    return sellers.alias(lower_email=Lower("email")).filter(lower_email=Lower(Value(text))).first()


def find_customer(text: str) -> User | None:
    """As the customers' own app finds them."""
    user = import_string(settings.CUSTOMER_LOGIN)(text)
    return user if user is not None and user.role == Role.CUSTOMER else None


def find_staff(text: str) -> User | None:
    return by_username_or_email(User.objects.filter(is_staff=True), text)


ADMIN = Door(Role.ADMIN, find_admin)
SELLER = Door(Role.SELLER, find_seller, says_inactive=True)
CUSTOMER = Door(Role.CUSTOMER, find_customer)


def log_in(door: Door, name: Any, password: Any, *, address: str, at: datetime) -> LogIn:
    """Raises BadCredentials, AccountNotActive and TooManyAttempts.

    Staff with a second factor do not get in here, where nobody asks for it: their systems have API tokens.
    """
    user = identify(door.find, name, password, address=address, at=at)
    if user is None:
        raise BadCredentials
    if second_factor.may_not_log_in_by_password_alone(user):
        raise BadCredentials
    if not user.is_active:
        raise AccountNotActive if door.says_inactive else BadCredentials
    return log_in_tokens.start(user, at=at)


def identify(
    find: Callable[[str], User | None], name: Any, password: Any, *, address: str, at: datetime
) -> User | None:
    """The user whose name and password these are, active or not. Raises TooManyAttempts.

    What cannot be a name and a password is refused without counting: it is a broken client, not a guess.
    """
    if not (_may_be_right(name) and _may_be_right(password) and name.strip()):
        return None
    attempts.begin(name, address, at=at)
    user = find(name.strip())
    if not is_right(user, password):
        return None
    attempts.succeeded(name, address)
    return user


def _may_be_right(text: Any) -> TypeGuard[str]:
    return isinstance(text, str) and 0 < len(text) <= LONGEST and _is_storable(text)


def _is_storable(text: str) -> bool:
    """No NUL and no half of a surrogate pair: the database and the hasher cannot take them."""
    return "\x00" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def _is_uuid(text: str) -> bool:
    """In the one spelling with hyphens: more spellings would be more guesses."""
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False
