"""Those who are told: short ways to a subscription, to an event, and to a server that receives."""

from loyalty_site.outbox.models import SubscribedKind, Subscription
from tests.builders import AT


def subscription(*kinds: str, **fields) -> Subscription:
    """Switched on; of an address that is nobody's."""
    usual = {"name": f"CRM {Subscription.objects.count() + 1}", "url": "https://crm.example/hook", "created_at": AT}
    made = Subscription.objects.create(**(usual | fields))
    SubscribedKind.objects.bulk_create(SubscribedKind(subscription=made, kind=kind) for kind in kinds)
    return made
