"""What others are told of customers. The texts that receivers rely on stand in docs/webhooks.md."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from customers.models import Customer
from loyalty_site.outbox.kinds import EventKind
from loyalty_site.outbox.models import Event
from loyalty_site.outbox.telling import event

CUSTOMER_REGISTERED = EventKind("customer.registered", _("A customer joined."))
CUSTOMER_STATUS_CHANGED = EventKind("customer.status_changed", _("A customer was activated, blocked or erased."))


def registered(customer: Customer, *, at: datetime) -> Event:
    return event(CUSTOMER_REGISTERED, customer.pk, customer.pk, at=at, data=_status(customer))


def status_changed(customer: Customer, *, at: datetime) -> Event:
    return event(CUSTOMER_STATUS_CHANGED, customer.pk, customer.pk, at=at, data=_status(customer))


def _status(customer: Customer) -> dict[str, str | int]:
    return {"number": customer.number, "status": str(customer.status)}
