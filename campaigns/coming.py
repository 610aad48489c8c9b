"""Which campaigns start soon, and which end soon. Wants campaigns that are switched on; both bounds count as soon."""

from datetime import datetime, timedelta

from django.db.models import Q

SOON = timedelta(days=14)


def starting(at: datetime) -> Q:
    """They wait for a day, and for none that is further away."""
    return Q(active=True) & ~_over(at) & _waiting(at) & ~_waiting(at + SOON)


def ending(at: datetime) -> Q:
    """They end within that time, whether they have begun or not."""
    until = at + SOON
    last = Q(all_time_active=False, active_to__lte=until) | Q(all_time_visible=False, visible_to__lte=until)
    return Q(active=True) & ~_over(at) & last


def _over(at: datetime) -> Q:
    return Q(all_time_active=False, active_to__lt=at) | Q(all_time_visible=False, visible_to__lt=at)


def _waiting(at: datetime) -> Q:
    return Q(all_time_active=False, active_from__gt=at) | Q(all_time_visible=False, visible_from__gt=at)
