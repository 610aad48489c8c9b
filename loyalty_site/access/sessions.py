"""Sessions of the back office: kept with whose they are, so that they can be seen and ended.

Django's settings name this module as the engine. A session that is ended is gone from the table, so the next request
with its cookie is a stranger's; one that is just being answered cannot bring it back.
"""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from loyalty_site.access import audit
from loyalty_site.access.actors import Actor
from loyalty_site.access.addresses import full_address_of
from loyalty_site.access.models import User
from loyalty_site.access.session_models import StaffSession
from loyalty_site.access.tokens import digest_of
from loyalty_site.database import unit_of_work

PRESENCE = "presence"
NOTED_EVERY = timedelta(minutes=1)
LONGEST_AGENT = 255


class SessionStore(DatabaseSessions):
    @classmethod
    def get_model_class(cls) -> type[StaffSession]:
        return StaffSession

    def exists(self, session_key: str) -> bool:
        return super().exists(digest_of(session_key))

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            super().delete(digest_of(key))

    def create_model_instance(self, data: dict[str, Any]) -> StaffSession:
        row = super().create_model_instance(data)
        row.session_key = digest_of(row.session_key)
        row.user_id = data.get(SESSION_KEY)
        noted = data.get(PRESENCE, {})
        row.address, row.agent = noted.get("address"), noted.get("agent", "")
        row.started_at, row.seen_at = (_time(noted.get(name)) for name in ("started", "seen"))
        return row

    def _get_session_from_db(self) -> StaffSession | None:
        kept = self.model.objects.filter(session_key=digest_of(self.session_key), expire_date__gt=timezone.now())
        row = kept.first()
        if row is None:
            self._session_key = None
        return row


def begin(request: HttpRequest, *, at: datetime) -> None:
    """Keep who has just logged in, when and from where."""
    request.session[PRESENCE] = {"started": at.isoformat()} | _noted(request, at)


def note(request: HttpRequest, *, at: datetime) -> None:
    """Keep when somebody was last seen, and from where; once a minute at most."""
    noted = request.session.get(PRESENCE)
    if noted and at - _time(noted["seen"]) >= NOTED_EVERY:
        request.session[PRESENCE] = noted | _noted(request, at)


def _noted(request: HttpRequest, at: datetime) -> dict[str, str | None]:
    agent = request.headers.get("User-Agent", "")[:LONGEST_AGENT].replace("\x00", "")
    return {"seen": at.isoformat(), "address": full_address_of(request), "agent": agent}


def of(user: User, *, at: datetime) -> QuerySet[StaffSession]:
    return user.sessions.filter(expire_date__gt=at)


def digest_of_own(request: HttpRequest) -> str:
    """What the session of this request is called in the table."""
    return digest_of(request.session.session_key or "")


@unit_of_work
def end(user: User, chosen: QuerySet[StaffSession], *, actor: Actor, at: datetime, reason: str = "") -> int:
    """End these of the user's sessions, at once. Returns how many there were."""
    ended, _ = user.sessions.filter(pk__in=chosen.order_by().values("pk")).delete()
    if ended:
        audit.record("sessions ended", user, actor=actor, at=at, after={"sessions": ended}, reason=reason)
    return ended


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
