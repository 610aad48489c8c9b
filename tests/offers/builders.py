"""Short ways to an offer and to copies of it that customers were given."""

from datetime import datetime

from customers.models import Customer
from offers import services
from offers.answering import Answer
from offers.assigning import Terms
from offers.models import CustomerOffer, Offer
from tests.builders import AT, SHOP, STAFF, later


def offer(code: str = "COFFEE", **fields) -> Offer:
    """Switched on and released to nobody."""
    usual = {"code": code, "name": "A free coffee", "status": Offer.Status.ACTIVE}
    return services.create_offer(**(usual | fields), **SHOP)


def terms(**fields) -> Terms:
    """Shown and effective since yesterday, for a month."""
    usual = {"displayed_from": later(-1), "effective_from": later(-1), "expires_at": later(30)}
    return Terms(**(usual | fields))


def given(what: Offer, who: Customer, *, at: datetime = AT, **fields) -> CustomerOffer:
    return services.assign(what.pk, who.pk, terms(**fields), actor=STAFF, at=at)


def answer(to: CustomerOffer, say: Answer, *, at: datetime = AT) -> CustomerOffer:
    return services.respond(to.customer_id, to.code, say, actor=STAFF, at=at)


def stands(of: CustomerOffer) -> tuple:
    """The state, when it was accepted, and the version, as stored."""
    stored = CustomerOffer.objects.get(pk=of.pk)
    return stored.state, stored.accepted_at, stored.version
