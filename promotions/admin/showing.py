"""How promotions and enrolments are shown."""

from datetime import datetime

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from loyalty_site.backoffice.theme import badge, day
from promotions.models import Enrolment, Promotion
from promotions.states import State, state_of

TONES = {
    State.OPEN: "success",
    State.SCHEDULED: "info",
    State.PAUSED: "warning",
    State.ENDED: "warning",
    State.CANCELLED: "danger",
    State.DRAFT: "",
}


def state_badge(promotion: Promotion, at: datetime) -> SafeString:
    state = state_of(promotion, at)
    return badge(state.label, TONES[state])


def enrolment_badge(enrolment: Enrolment, at: datetime) -> SafeString:
    if enrolment.state != Enrolment.State.RUNNING:
        return badge(enrolment.get_state_display())
    if enrolment.ends_at is not None and enrolment.ends_at < at:
        return badge(_("over"), "warning")
    return badge(_("running"), "success")


def span(first: datetime, last: datetime | None) -> str:
    return f"{day(first)} – {day(last)}" if last else _("from %(day)s") % {"day": day(first)}
