"""What a session keeps of the log-in: a password that was right, a code that is awaited or was shown."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from loyalty_site.access.models import User

KEY = "second_factor_key"  # of an app that is being set up
AWAITED, SHOWN = "awaits_code", "code_shown"
PATIENCE = timedelta(minutes=10)


@dataclass(frozen=True)
class Pending:
    """Somebody whose password was right, and where to go afterwards."""

    user: User
    then: str


def await_code(request: HttpRequest, user: User, then: str, *, at: datetime) -> None:
    request.session.cycle_key()
    request.session[AWAITED] = {
        "user": str(user.pk),
        "password": user.get_session_auth_hash(),
        "then": then,
        "since": at.isoformat(),
    }


def pending(request: HttpRequest, *, at: datetime) -> Pending | None:
    """Unless it took too long, or the password was changed meanwhile."""
    noted = request.session.get(AWAITED)
    if not noted or at - datetime.fromisoformat(noted["since"]) > PATIENCE:
        return None
    user = User.objects.filter(pk=noted["user"], is_active=True, is_staff=True).first()
    if user is None or not constant_time_compare(noted["password"], user.get_session_auth_hash()):
        return None
    return Pending(user, noted["then"])


def mark_shown(request: HttpRequest) -> None:
    request.session.pop(AWAITED, None)
    request.session[SHOWN] = True


def has_shown(request: HttpRequest) -> bool:
    return request.session.get(SHOWN, False)
