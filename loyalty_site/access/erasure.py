"""The log-in of somebody who is erased, and stored answers that tell of them."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db.models import Q
from django.utils.translation import gettext as _

from loyalty_site.access import log_in_tokens
from loyalty_site.access.actors import Actor
from loyalty_site.access.errors import LogInOfStaff
from loyalty_site.access.models import IdempotencyKey, User
from loyalty_site.access.session_models import StaffSession
from loyalty_site.privacy import Erasure, Person, naming

NOTHING = "null"


def erase(person: Person, *, actor: Actor, at: datetime) -> None:
    """Raises LogInOfStaff where the account is that of somebody who works here."""
    user = User.objects.select_for_update(no_key=True).filter(pk=person.id).first()
    if user is not None:
        _forget_log_in(user)
    _forget_answers(person)


def _forget_log_in(user: User) -> None:
    """The row stays, empty: what was done in its name points at it."""
    if user.is_staff or user.is_superuser:
        raise LogInOfStaff
    log_in_tokens.end_all(user.pk)
    StaffSession.objects.filter(user=user).delete()
    User.objects.filter(pk=user.pk).update(
        username=f"erased:{user.pk}",
        email=None,
        first_name="",
        last_name="",
        phone="",
        password=make_password(None),
        last_login=None,
        is_active=False,
    )


def _forget_answers(person: Person) -> None:
    """A repeated request is still known, and still does nothing; its answer says nothing any more.

    All stored answers are looked through: they are kept for a week.
    """
    named = naming("body", person.as_json)
    IdempotencyKey.objects.filter(named | Q(owner=f"user:{person.id}")).exclude(body=NOTHING).update(body=NOTHING)


def foretold(person: Person, at: datetime) -> list[str]:
    if User.objects.filter(pk=person.id).exists():
        return [_("The log-in is closed and emptied, and every session of it ends.")]
    return []


ERASURE = Erasure(erase, foretold)
