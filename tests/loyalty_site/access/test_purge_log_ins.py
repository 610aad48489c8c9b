"""What the nightly purge of log-ins takes and leaves."""

from datetime import timedelta
from io import StringIO

from django.core.management import call_command
from django.utils import timezone

from loyalty_site.access import attempts, grants, log_in_tokens, tokens
from loyalty_site.access.actors import SYSTEM, Role
from loyalty_site.access.models import AccessGrant, AttemptCounter, RefreshToken
from loyalty_site.access.session_models import StaffSession


def test_only_what_is_over_is_deleted(admin, settings):
    settings.LOGIN_LIMIT_ADDRESS = 0
    now = timezone.now()
    for name, age in {"old": timedelta(minutes=16), "new": timedelta(minutes=14)}.items():
        attempts.begin(name, "192.0.2.1", at=now - age)
    for age in (timedelta(days=31), timedelta(days=29)):
        log_in_tokens.start(admin, at=now - age)
    token, _ = tokens.issue("till", Role.SELLER, [], actor=SYSTEM, at=now)
    grants.grant(token, timedelta(minutes=5), at=now - timedelta(minutes=5, seconds=1))
    grants.grant(token, timedelta(minutes=5), at=now)
    for key, age in {"old": timedelta(0), "new": timedelta(hours=-1)}.items():
        StaffSession.objects.create(session_key=key, expire_date=now - age, user=admin)
    said = StringIO()

    call_command("purge_log_ins", stdout=said)

    assert said.getvalue().splitlines() == [
        "Refresh tokens deleted: 1",
        "Access tokens deleted: 1",
        "Sessions deleted: 1",
        "Counters deleted: 1",
    ]
    assert StaffSession.objects.get().session_key == "new"
    assert RefreshToken.objects.get().expires_at == now + timedelta(days=1)
    assert AttemptCounter.objects.get().window_ends_at == now + timedelta(minutes=1)
    assert AccessGrant.objects.get().expires_at == now + timedelta(minutes=5)
