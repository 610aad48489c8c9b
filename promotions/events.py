"""What others are told of promotions. The texts that receivers rely on stand in docs/webhooks.md."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from loyalty_site.outbox.kinds import EventKind
from loyalty_site.outbox.models import Event
from loyalty_site.outbox.telling import event
from promotions.models import Enrolment

PROMOTION_ENROLLED = EventKind("promotion.enrolled", _("A customer was enrolled in a promotion."))
PROMOTION_REVOKED = EventKind("promotion.revoked", _("An enrolment was taken back."))


def enrolled(enrolment: Enrolment) -> Event:
    data = _turn(enrolment) | {"ends_at": enrolment.ends_at, "source": enrolment.source}
    return event(PROMOTION_ENROLLED, enrolment.promotion_id, enrolment.customer_id, at=enrolment.enrolled_at, data=data)


def revoked(enrolment: Enrolment, *, at: datetime) -> Event:
    return event(PROMOTION_REVOKED, enrolment.promotion_id, enrolment.customer_id, at=at, data=_turn(enrolment))


def _turn(enrolment: Enrolment) -> dict[str, Any]:
    """The how-manieth time it is: with promotion and customer it names the enrolment."""
    return {"name": enrolment.promotion.name, "turn": enrolment.turn}
