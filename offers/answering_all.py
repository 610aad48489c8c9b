"""One answer to all offers that run, by the steps of one answer. Rules: Exchange Solutions, "Load All Offers"."""

from datetime import datetime

from django.db.models import F

from loyalty_site.access import audit
from loyalty_site.access.actors import Actor
from loyalty_site.database import unit_of_work
from loyalty_site.source_texts import as_written
from offers.answering import STEPS, Answer, State
from offers.members import Named, member_id
from offers.models import CustomerOffer


@unit_of_work
def respond_to_all(customer: Named, answer: Answer, *, actor: Actor, at: datetime) -> list[CustomerOffer]:
    """Note what the customer says to every offer that has begun and is not over. Raises MemberNotFound.

    Those that this answer changes nothing about stay as they are, final ones too. Returns all that stand as it says.
    """
    state, steps_from = STEPS[answer]
    running = CustomerOffer.objects.filter(customer=member_id(customer, at)).running_at(at)
    taken = list(running.filter(state__in=steps_from).order_by("pk").select_for_update(of=("self",)))
    if taken:
        CustomerOffer.objects.filter(pk__in=[given.pk for given in taken]).update(
            state=state, accepted_at=at if state == State.ACCEPTED else None, version=F("version") + 1
        )
        audit.record_all(f"offer {as_written(state.label)}", taken, actor=actor, at=at, after={"state": state.value})
    return list(running.filter(state=state).in_order_of_showing())
