"""Setting and comparing passwords."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from loyalty_site.access import audit
from loyalty_site.access.actors import Actor, Role
from loyalty_site.access.models import User
from loyalty_site.database import unit_of_work


@unit_of_work
def set_password(
    user: User, password: str, *, actor: Actor, at: datetime, temporary: bool = False, reason: str = ""
) -> None:
    """Give the user a password. `User.save` ends the log-ins from before."""
    user.set_password(password)
    user.password_is_temporary = temporary
    user.save(update_fields=["password", "password_is_temporary"])
    audit.record("password set", user, actor=actor, at=at, after={"temporary": temporary}, reason=reason)


@unit_of_work
def open_account(user_id: UUID, role: Role, password_hash: str, *, actor: Actor, at: datetime) -> None:
    """Let somebody log in who is known by this id elsewhere; names and addresses stay there alone."""
    user = User.objects.create(pk=user_id, username=str(user_id), role=role, password=password_hash)
    audit.record("account opened", user, actor=actor, at=at, after={"role": role})


def objections(password: str, **person: str | None) -> list[str]:
    """What is wrong with a password that somebody chose, in sentences; `person` is what it must not resemble."""
    try:
        validate_password(password, User(**person))
    except ValidationError as refused:
        return refused.messages
    return []


def is_right(user: User | None, password: str) -> bool:
    """Whether that is the user's password. For nobody it hashes all the same, so that the time tells nothing."""
    if user is None:
        make_password(password)
        return False
    return user.check_password(password)
