"""Who may see and buy what, asked in one place.

Each rule says itself twice: as a condition on campaigns for one customer, and as a verdict with the current and the
needed value. The questions at the end name the rules they ask, in the order in which a refusal is told. Rules: Open
Loyalty, "Reward Campaigns API", "Get available campaign for a customer" and "Buy reward campaign".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Protocol
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q

from campaigns.errors import CampaignNotOnOffer, CustomerLimitExceeded, LimitExceeded, NoCouponsLeft
from campaigns.models import Campaign, LevelTarget, SegmentTarget
from customers.errors import CustomerMayNotSpend
from customers.models import Customer
from loyalty_site.errors import DomainError
from points.errors import NotEnoughPoints


@dataclass(frozen=True)
class Buyer:
    """What the rules want to know of a customer."""

    customer_id: UUID
    status: str
    level_id: UUID | None
    segment_ids: frozenset[UUID]
    balance: int  # points that can be spent now


@dataclass(frozen=True)
class Verdict:
    """What one rule says of one campaign and customer."""

    rule: "Rule"
    passed: bool
    current: Any = None
    needed: Any = None

    def refusal(self) -> DomainError:
        return self.rule.refusal(self)


class Rule(Protocol):
    """One rule. Stock and limits need a campaign asked `with_stock`, `with_sales` and `with_sales_to` the buyer."""

    def condition(self, buyer: Buyer, at: datetime) -> Q: ...

    def verdict(self, campaign: Campaign, buyer: Buyer, at: datetime) -> Verdict: ...

    def refusal(self, verdict: Verdict) -> DomainError: ...


class NotOnOffer:
    """A rule whose breach means that there is nothing to buy here."""

    def refusal(self, verdict: Verdict) -> DomainError:
        return CampaignNotOnOffer(rule=type(self).__name__)


class SwitchedOn(NotOnOffer):
    def condition(self, buyer: Buyer, at: datetime) -> Q:
        return Q(active=True)

    def verdict(self, campaign: Campaign, buyer: Buyer, at: datetime) -> Verdict:
        return Verdict(self, campaign.active, campaign.active, True)


class Active(NotOnOffer):
    """Switched on and within the activity window, both ends included."""

    def condition(self, buyer: Buyer, at: datetime) -> Q:
        return Q(active=True) & (Q(all_time_active=True) | Q(active_from__lte=at, active_to__gte=at))

    def verdict(self, campaign: Campaign, buyer: Buyer, at: datetime) -> Verdict:
        window = None if campaign.all_time_active else (campaign.active_from, campaign.active_to)
        return Verdict(self, campaign.is_active_at(at), at, window)


class Visible(NotOnOffer):
    """Within the visibility window, both ends included; the switch is not looked at."""

    def condition(self, buyer: Buyer, at: datetime) -> Q:
        return Q(all_time_visible=True) | Q(visible_from__lte=at, visible_to__gte=at)

    def verdict(self, campaign: Campaign, buyer: Buyer, at: datetime) -> Verdict:
        window = None if campaign.all_time_visible else (campaign.visible_from, campaign.visible_to)
        return Verdict(self, campaign.is_visible_at(at), at, window)


class Targeted(NotOnOffer):
    """Aimed at the customer's level or at one of the customer's segments."""

    def condition(self, buyer: Buyer, at: datetime) -> Q:
        by_level = LevelTarget.objects.filter(campaign=OuterRef("pk"), level_id=buyer.level_id)
        by_segment = SegmentTarget.objects.filter(campaign=OuterRef("pk"), segment_id__in=buyer.segment_ids)
        return Exists(by_level) | Exists(by_segment)

    def verdict(self, campaign: Campaign, buyer: Buyer, at: datetime) -> Verdict:
        levels = {target.level_id for target in campaign.level_targets.all()}
        segments = {target.segment_id for target in campaign.segment_targets.all()}
        passed = buyer.level_id in levels or not segments.isdisjoint(buyer.segment_ids)
        return Verdict(self, passed, {buyer.level_id, *buyer.segment_ids}, levels | segments)


class InStock:
    """A unit is left, of those the limit puts on sale."""

    def condition(self, buyer: Buyer, at: datetime) -> Q:
        return Q(left__gt=0)

    def verdict(self, campaign: Campaign, buyer: Buyer, at: datetime) -> Verdict:
        return Verdict(self, campaign.left > 0, campaign.left, 1)

    def refusal(self, verdict: Verdict) -> DomainError:
        return NoCouponsLeft()


class UnlimitedInStock(InStock):
    """The same, of unlimited campaigns only: it is told before the limits, for limited ones after the points."""

    def condition(self, buyer: Buyer, at: datetime) -> Q:
        return Q(unlimited=False) | super().condition(buyer, at)

    def verdict(self, campaign: Campaign, buyer: Buyer, at: datetime) -> Verdict:
        found = super().verdict(campaign, buyer, at)
        return Verdict(self, not campaign.unlimited or found.passed, found.current, found.needed)


class WithinLimit:
    """Fewer purchases than the campaign's limit."""

    def condition(self, buyer: Buyer, at: datetime) -> Q:
        return Q(unlimited=True) | Q(sold__lt=F("limit"))

    def verdict(self, campaign: Campaign, buyer: Buyer, at: datetime) -> Verdict:
        passed = campaign.unlimited or campaign.sold < campaign.limit
        return Verdict(self, passed, campaign.sold, campaign.limit)

    def refusal(self, verdict: Verdict) -> DomainError:
        return LimitExceeded(current=verdict.current, needed=verdict.needed)


class WithinCustomerLimit:
    """Fewer purchases of the customer's, refunded ones apart, than the limit per customer."""

    def condition(self, buyer: Buyer, at: datetime) -> Q:
        return Q(unlimited=True) | Q(bought__lt=F("limit_per_customer"))

    def verdict(self, campaign: Campaign, buyer: Buyer, at: datetime) -> Verdict:
        passed = campaign.unlimited or campaign.bought < campaign.limit_per_customer
        return Verdict(self, passed, campaign.bought, campaign.limit_per_customer)

    def refusal(self, verdict: Verdict) -> DomainError:
        return CustomerLimitExceeded(current=verdict.current, needed=verdict.needed)


class MaySpend:
    """The customer is active."""

    def condition(self, buyer: Buyer, at: datetime) -> Q:
        return _always(buyer.status == Customer.Status.ACTIVE)

    def verdict(self, campaign: Campaign, buyer: Buyer, at: datetime) -> Verdict:
        active = Customer.Status.ACTIVE.value
        return Verdict(self, buyer.status == active, buyer.status, active)

    def refusal(self, verdict: Verdict) -> DomainError:
        return CustomerMayNotSpend(status=verdict.current)


class EnoughPoints:
    """The points the customer can spend now cover the cost."""

    def condition(self, buyer: Buyer, at: datetime) -> Q:
        return Q(cost_in_points__lte=buyer.balance)

    def verdict(self, campaign: Campaign, buyer: Buyer, at: datetime) -> Verdict:
        cost = campaign.cost_in_points
        return Verdict(self, cost <= buyer.balance, buyer.balance, cost)

    def refusal(self, verdict: Verdict) -> DomainError:
        return NotEnoughPoints(balance=verdict.current, needed=verdict.needed)


def _always(true: bool) -> Q:
    return Q(pk__isnull=False) if true else Q(pk__in=[])


class Question:
    """Which rules each question asks, in the order in which the first breach is told."""

    BUY: ClassVar[Sequence[Rule]] = (
        Active(),
        Visible(),
        UnlimitedInStock(),
        WithinLimit(),
        WithinCustomerLimit(),
        MaySpend(),
        EnoughPoints(),
        InStock(),
    )
    BUY_FREE: ClassVar[Sequence[Rule]] = tuple(rule for rule in BUY if not isinstance(rule, EnoughPoints))
    # Of a customer whose points are taken already: that they were enough is known, and no balance shows it any more.
    BUY_ONCE_PAID: ClassVar[Sequence[Rule]] = tuple(
        rule for rule in BUY if not isinstance(rule, MaySpend | EnoughPoints)
    )
    AVAILABLE: ClassVar[Sequence[Rule]] = (SwitchedOn(), Visible(), Targeted(), InStock(), WithinCustomerLimit())
    CAN_BE_BOUGHT: ClassVar[Sequence[Rule]] = (Active(), EnoughPoints())
    ACTIVE: ClassVar[Sequence[Rule]] = (Active(),)
    SHOWN_TO_SELLERS: ClassVar[Sequence[Rule]] = (SwitchedOn(), Visible())
    VISIBLE_FOR_CUSTOMER: ClassVar[Sequence[Rule]] = (Visible(), Targeted())


def verdicts(question: Sequence[Rule], campaign: Campaign, buyer: Buyer, at: datetime) -> list[Verdict]:
    """What every rule of the question says, in its order."""
    return [rule.verdict(campaign, buyer, at) for rule in question]


def holds(question: Sequence[Rule], campaign: Campaign, buyer: Buyer, at: datetime) -> bool:
    return all(verdict.passed for verdict in verdicts(question, campaign, buyer, at))
