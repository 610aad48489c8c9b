"""Staff who adjust points, and the reasons they give."""

from django.contrib.auth.models import Group

from loyalty_site.access.actors import Actor
from loyalty_site.backoffice.staff import actor_for
from points.adjustments import deciding, services
from points.adjustments.models import Adjustment, AdjustmentCeiling, AdjustmentReason
from tests.backoffice import somebody
from tests.builders import AT


def reason(code: str = "goodwill") -> AdjustmentReason:
    return AdjustmentReason.objects.get_or_create(code=code, defaults={"name": code.capitalize()})[0]


def bounded(user, each: int = 100, day: int = 1_000, approval: int | None = None):
    """The user, in a group of their own with that ceiling."""
    group = Group.objects.create(name=f"{user.username}'s")
    AdjustmentCeiling.objects.create(group=group, per_adjustment=each, per_day=day, per_approval=approval)
    user.groups.add(group)
    return user


def person(name: str = "maria", each: int = 100, day: int = 1_000, approval: int | None = None) -> Actor:
    return actor_for(bounded(somebody(username=name), each, day, approval))


def adjust(who, points: int, by: Actor, *, text: str = "Sorry for the wait", at=AT) -> Adjustment:
    return services.adjust(who.pk, points, reason=reason(), text=text, actor=by, at=at)


def take_back(transfer, by: Actor, *, at=AT) -> Adjustment:
    return services.take_back(transfer.pk, reason=reason("correction"), text="A slip", actor=by, at=at)


def approve(adjustment: Adjustment, by: Actor, *, at=AT, word: str = "Fine") -> Adjustment:
    return deciding.approve(adjustment.pk, actor=by, at=at, word=word)
