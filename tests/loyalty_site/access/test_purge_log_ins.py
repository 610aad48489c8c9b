"""What the nightly purge of log-ins takes and leaves."""

from datetime import timedelta
from io import StringIO

from django.core.management import call_command
from django.utils import timezone

from loyalty_site.access import attempts, grants, log_in_tokens, tokens
from loyalty_site.access.actors import SYSTEM, Role
from loyalty_site.access.models import AccessGrant, AttemptCounter, RefreshToken


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
    said = StringIO()

    call_command("purge_log_ins", stdout=said)

    assert said.getvalue() == "1 refresh tokens, 1 access tokens and 1 counters deleted.\n"
    assert RefreshToken.objects.get().expires_at == now + timedelta(days=1)
    assert AttemptCounter.objects.get().window_ends_at == now + timedelta(minutes=1)
    assert AccessGrant.objects.get().expires_at == now + timedelta(minutes=5)
