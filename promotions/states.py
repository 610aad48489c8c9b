"""Where a promotion stands."""

from datetime import datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from promotions.models import Promotion


class State(TextChoices):
    """A promotion is in exactly one; open means that customers can be enrolled."""

    DRAFT = "draft", _("Draft")
    PAUSED = "paused", _("Paused")
    CANCELLED = "cancelled", _("Cancelled")
    SCHEDULED = "scheduled", _("Scheduled")
    OPEN = "open", _("Open")
    ENDED = "ended", _("Ended")


BY_STATUS = {
    Promotion.Status.DRAFT: State.DRAFT,
    Promotion.Status.PAUSED: State.PAUSED,
    Promotion.Status.CANCELLED: State.CANCELLED,
}


def state_of(promotion: Promotion, at: datetime) -> State:
    if promotion.status != Promotion.Status.ACTIVE:
        return BY_STATUS[Promotion.Status(promotion.status)]
    if at < promotion.starts_at:
        return State.SCHEDULED
    if promotion.ends_at is not None and promotion.ends_at <= at:
        return State.ENDED
    return State.OPEN
