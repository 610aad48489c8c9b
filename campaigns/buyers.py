"""What the eligibility rules want to know of a customer, and why one of them stands in the way."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from campaigns.eligibility import Buyer, Question, Rule, Verdict, verdicts
from campaigns.errors import CampaignNotFound
from campaigns.models import Campaign
from customers.errors import CustomerNotFound
from customers.models import Customer
from loyalty_site.errors import DomainError
from points.models import Account


def buyer(customer: Customer, at: datetime) -> Buyer:
    """The customer as the rules see one: level, segments, and the points that can be spent now."""
    spendable = Account.objects.spendable_of(customer.pk, at)
    segments = customer.memberships.values_list("segment_id", flat=True)
    return Buyer(customer.pk, customer.status, customer.level_id, frozenset(segments), spendable)


def explain(
    campaign_id: UUID, customer_id: UUID, at: datetime, question: Sequence[Rule] = Question.BUY
) -> list[Verdict]:
    """Every rule's verdict on one campaign and customer. Raises CustomerNotFound and CampaignNotFound."""
    customer = Customer.objects.filter(pk=customer_id).exclude(status=Customer.Status.ERASED).first()
    if customer is None:
        raise CustomerNotFound(id=customer_id)
    asked = Campaign.objects.with_stock().with_sales().with_sales_to(customer_id).with_details()
    campaign = asked.filter(pk=campaign_id).first()
    if campaign is None:
        raise CampaignNotFound(id=campaign_id)
    return verdicts(question, campaign, buyer(customer, at), at)


def obstacle(
    campaign_id: UUID, customer_id: UUID, at: datetime, question: Sequence[Rule] = Question.BUY
) -> DomainError | None:
    """Why the customer cannot buy, in the documented order; None where nothing stands in the way any more."""
    try:
        found = explain(campaign_id, customer_id, at, question)
    except DomainError as unknown:
        return unknown
    return next((verdict.refusal() for verdict in found if not verdict.passed), None)
