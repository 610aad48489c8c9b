"""What a campaign's stock looks like, for the tests of stock."""

from django.db import transaction

from campaigns import shelving, stock
from campaigns.errors import LimitExceeded, NoCouponsLeft
from campaigns.models import Campaign
from customers.models import Customer
from tests.builders import SHOP, buy

SOLD_OUT = (NoCouponsLeft, LimitExceeded)


def shown(reward: Campaign) -> list[str]:
    """The codes as lists show them."""
    return list(reward.coupons.filter(voided_at=None).order_by("position").values_list("code", flat=True))


def soldless(reward: Campaign) -> Campaign:
    """The campaign, with all its codes withdrawn."""
    shelving.withdraw(reward.pk, list(reward.coupons.all().values_list("pk", flat=True)), **SHOP)
    return reward


def left(reward: Campaign) -> int:
    return stock.left(asked(reward))


def asked(reward: Campaign, who: Customer | None = None) -> Campaign:
    """The campaign as it is now, with the figures of its stock and, for a customer, of what that one bought."""
    found = Campaign.objects.with_stock().with_sales()
    return (found.with_sales_to(who.pk) if who else found).get(pk=reward.pk)


def slices(reward: Campaign) -> list[tuple[int, int, int]]:
    """`next`, `stop` and `holes` of the slices that have something on sale."""
    return [(part.next, part.stop, part.holes) for part in reward.slices.order_by("shard") if part.units]


def drained(reward: Campaign, who: Customer) -> list[str]:
    """Every code that the customer gets until the campaign is sold out."""
    codes = []
    while True:
        try:
            with transaction.atomic():
                codes.append(buy(reward, who))
        except SOLD_OUT:
            return codes
