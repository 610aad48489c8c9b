"""Setting and comparing passwords."""

from datetime import datetime

from django.contrib.auth.hashers import make_password

from loyalty_site.access import audit
from loyalty_site.access.actors import Actor
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


def is_right(user: User | None, password: str) -> bool:
    """Whether that is the user's password. For nobody it hashes all the same, so that the time tells nothing."""
    if user is None:
        make_password(password)
        return False
    return user.check_password(password)
