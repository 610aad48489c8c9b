"""Buying a reward, and giving one back.

A purchase takes in one transaction: the customer's points, one unit of stock and the coupon at that place. Locks: the
customer's account first, the shared slice last; then only inserts. Nothing is read before the account is locked that
decides about points, stock or limits.
"""

from datetime import datetime
from uuid import UUID

from campaigns import events, stock
from campaigns.buyers import obstacle
from campaigns.eligibility import Question
from campaigns.errors import AlreadyRefunded, CampaignNotOnOffer, CustomerLimitExceeded, NoCouponsLeft, PurchaseNotFound
from campaigns.models import Campaign, Coupon, Purchase
from loyalty_site.access import audit
from loyalty_site.access.actors import Actor
from loyalty_site.database import Statement, execute_together, insert, prepared, unit_of_work
from loyalty_site.errors import DomainError
from loyalty_site.outbox.telling import told
from points import ledger
from points.ledger import Note
from points.models import Transfer
from points.services import reverse

# Counted under the lock of the customer's account: one customer's purchases come one after the other.
RECORD = """
INSERT INTO campaigns_purchase
    (id, campaign_id, customer_id, coupon_id, position, n, cost_in_points, transfer_id, purchased_at, actor, used)
SELECT %s, %s, %s, %s, %s, before.last + 1, %s, %s, %s, %s, %s
FROM (SELECT COALESCE(MAX(n), 0) AS last, COUNT(*) - COUNT(refunded_at) AS held
      FROM campaigns_purchase WHERE campaign_id = %s AND customer_id = %s) before
WHERE before.held < %s
 RETURNING n
"""


@unit_of_work
def buy(campaign_id: UUID, customer_id: UUID, *, actor: Actor, at: datetime, free: bool = False) -> Purchase:
    """Sell one reward to the customer for its cost in points. The purchase's coupon holds the code.

    A free one costs nothing, and no points are asked for or moved; all else holds as for any other.

    Rule: Open Loyalty, "Reward Campaigns API", "Buy reward campaign for a specific customer". Raises, in this order:
    CustomerNotFound, CampaignNotFound, CampaignNotOnOffer, NoCouponsLeft (unlimited), LimitExceeded,
    CustomerLimitExceeded, CustomerMayNotSpend, NotEnoughPoints, NoCouponsLeft.
    """
    try:
        return _sell(campaign_id, customer_id, actor, at, free)
    except (NoCouponsLeft, CustomerLimitExceeded) as refused:
        raise obstacle(campaign_id, customer_id, at, Question.BUY_ONCE_PAID) or refused from refused
    except DomainError as refused:
        rules = Question.BUY_FREE if free else Question.BUY
        raise obstacle(campaign_id, customer_id, at, rules) or refused from refused


def _sell(campaign_id: UUID, customer_id: UUID, actor: Actor, at: datetime, free: bool) -> Purchase:
    campaign = Campaign.objects.filter(pk=campaign_id).first()
    if campaign is None or not (campaign.is_active_at(at) and campaign.is_visible_at(at)):
        raise CampaignNotOnOffer(id=campaign_id)
    note = Note(channel=Transfer.Channel.REWARD, actor=actor)
    waived = max(campaign.cost_in_points, 0) if free else 0
    spending = _charge(campaign.cost_in_points - waived, customer_id, at, note)
    unit = stock.take(campaign)
    if unit is None:
        raise NoCouponsLeft
    purchase = _purchase(campaign, customer_id, unit, spending, actor, at)
    facts = _facts(purchase) | ({"waived": waived} if waived else {})
    rows = [insert(audit.entry("reward bought", purchase, actor=actor, at=at, after=facts))]
    rows += told(events.bought(purchase, spending))
    if spending:
        spending.comment = f"{campaign.name}, coupon: {unit.code}"
        rows.append(insert(spending))
    recorded = execute_together([_record(purchase, campaign), *rows])
    if not recorded:
        raise CustomerLimitExceeded(needed=campaign.limit_per_customer)
    ((purchase.n,),) = recorded
    return purchase


def _charge(cost: int, customer_id: UUID, at: datetime, note: Note) -> Transfer | None:
    """Take the cost, or only lock the account where the reward is free."""
    if cost > 0:
        return ledger.withdraw(customer_id, cost, Transfer.Kind.SPEND, at=at, note=note)
    ledger.hold_of_active(customer_id)
    return None


def _purchase(
    campaign: Campaign, customer_id: UUID, unit: stock.Unit, spending: Transfer | None, actor: Actor, at: datetime
) -> Purchase:
    return Purchase(
        campaign=campaign,
        customer_id=customer_id,
        coupon=Coupon(pk=unit.coupon_id, campaign=campaign, code=unit.code),
        position=unit.position,
        cost_in_points=-spending.points if spending else 0,
        transfer=spending,
        purchased_at=at,
        actor=actor.key,
    )


def _record(purchase: Purchase, campaign: Campaign) -> Statement:
    def value(field: str) -> object:
        attname = Purchase._meta.get_field(field).attname
        return prepared(Purchase, field, getattr(purchase, attname))

    columns = ["id", "campaign", "customer", "coupon", "position", "cost_in_points", "transfer", "purchased_at"]
    allowed = stock.ENDLESS if campaign.unlimited else campaign.limit_per_customer
    values = [value(column) for column in [*columns, "actor", "used", "campaign", "customer"]]
    return RECORD, [*values, allowed]


def _facts(purchase: Purchase) -> dict[str, str | int]:
    return {
        "campaign": str(purchase.campaign_id),
        "customer": str(purchase.customer_id),
        "cost": purchase.cost_in_points,
    }


@unit_of_work
def refund(purchase_id: UUID, *, actor: Actor, at: datetime, reason: str = "") -> Purchase:
    """Undo a purchase: the points go back to their buckets, the customer may buy once more, the code is not sold again.

    Points that were given back by hand before are not given back twice. Raises PurchaseNotFound,
    AlreadyRefunded and CustomerNotFound; the transaction must not be committed then.
    """
    purchase = Purchase.objects.for_lists().filter(pk=purchase_id).first()
    if purchase is None:
        raise PurchaseNotFound(id=purchase_id)
    ledger.hold(purchase.customer_id)
    if not Purchase.objects.filter(pk=purchase_id, refunded_at=None).update(refunded_at=at):
        raise AlreadyRefunded(id=purchase_id)
    purchase.refunded_at = at
    if purchase.transfer_id and not Transfer.objects.filter(corrects=purchase.transfer_id).exists():
        note = Note(channel=Transfer.Channel.REWARD, actor=actor, comment=reason or f"{purchase.campaign}, refunded")
        reverse(purchase.transfer_id, at=at, note=note)
    entry = audit.entry("reward refunded", purchase, actor=actor, at=at, reason=reason, after=_facts(purchase))
    execute_together([insert(entry), *told(events.refunded(purchase))])
    return purchase
