"""Noting that a customer has used a coupon."""

from datetime import datetime
from uuid import UUID

from campaigns.models import Purchase
from loyalty_site.access import audit
from loyalty_site.access.actors import Actor
from loyalty_site.database import unit_of_work


@unit_of_work
def mark_used(
    campaign_id: UUID, customer_id: UUID, code: str, used: bool, *, actor: Actor, at: datetime
) -> list[Purchase]:
    """Mark the customer's purchases of that code as used or not. Returns those that changed; an unknown code has none.

    Where all buyers share one code, all the customer's purchases of it change together; refunded ones never do.
    """
    own = Purchase.objects.filter(campaign=campaign_id, customer=customer_id, coupon__code=code, refunded_at=None)
    changed = list(own.select_for_update(of=("self",), no_key=True).filter(used=not used).order_by("n"))
    for purchase in changed:
        purchase.used, purchase.used_at = used, at if used else None
        purchase.save(update_fields=["used", "used_at"])
        action = "coupon used" if used else "coupon marked as not used"
        audit.record(action, purchase, actor=actor, at=at, before={"used": not used}, after={"used": used})
    return changed
