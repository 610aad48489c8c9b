"""Putting many customers into a segment and taking them out of it, each with an entry in the audit trail."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from customers import services
from customers.crowds import marking
from customers.errors import SegmentNotFound
from customers.models import Customer, Segment, SegmentMembership
from loyalty_site.access import audit
from loyalty_site.access.actors import Actor
from loyalty_site.database import unit_of_work

PUT_IN, TAKEN_OUT = "customer put into segment", "customer taken out of segment"


@unit_of_work
def put_in(
    segment_id: UUID, customer_ids: Iterable[UUID], *, actor: Actor, at: datetime, reason: str = ""
) -> dict[UUID, int]:
    """Add those of the customers who are not in the segment and were not erased. Returns them with their memberships.

    Raises SegmentNotFound.
    """
    held = services.held(sorted(set(customer_ids)))
    segment = _segment(segment_id)
    already = set(segment.memberships.filter(customer__in=held).values_list("customer_id", flat=True))
    joining = [key for key in held if key not in already]
    made = SegmentMembership.objects.bulk_create(
        SegmentMembership(segment=segment, customer_id=customer_id) for customer_id in joining
    )
    marking.join(segment.pk, joining)
    _tell(PUT_IN, joining, after={"segment": str(segment.pk)}, actor=actor, at=at, reason=reason)
    return {membership.customer_id: membership.pk for membership in made}


@unit_of_work
def take_out(
    segment_id: UUID, customer_ids: Iterable[UUID], *, actor: Actor, at: datetime, reason: str = ""
) -> set[UUID]:
    """Remove those of the customers who are in the segment and were not erased. Returns who they were.

    Raises SegmentNotFound.
    """
    held = services.held(sorted(set(customer_ids)))
    segment = _segment(segment_id)
    members = segment.memberships.filter(customer__in=held)
    leaving = sorted(members.values_list("customer_id", flat=True))
    members.delete()
    marking.leave(segment.pk, leaving)
    _tell(TAKEN_OUT, leaving, before={"segment": str(segment.pk)}, actor=actor, at=at, reason=reason)
    return set(leaving)


def _segment(segment_id: UUID) -> Segment:
    """The segment, which nobody deletes meanwhile."""
    segment = Segment.objects.select_for_update(no_key=True).filter(pk=segment_id).first()
    if segment is None:
        raise SegmentNotFound(id=segment_id)
    return segment


def _tell(action: str, customer_ids: Sequence[UUID], **facts: object) -> None:
    customers = Customer.objects.filter(pk__in=customer_ids).only("pk", "number").order_by("pk")
    audit.record_all(action, customers, **facts)
