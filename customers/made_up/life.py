"""The demo's customers beside those of the documents, with a year of sales."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from customers.crowds.rebuilding import rebuild
from customers.made_up import groups
from customers.made_up.people import person
from customers.made_up.sales import Sale, add_sales, add_stores, sales_to
from customers.models import Customer, Level, SegmentMembership
from loyalty_site.access import audit
from loyalty_site.access.actors import SYSTEM
from loyalty_site.access.models import AuditEntry
from loyalty_site.bulk_rows import add_all
from loyalty_site.made_up.dice import Dice
from loyalty_site.made_up.seasons import BY_HOUR, Year

CUSTOMERS = 300
STATUSES = {Customer.Status.ACTIVE: 95.0, Customer.Status.NEW: 3.5, Customer.Status.BLOCKED: 1.5}
OLDEST = 3 * 365  # days that the first of them have been members
VISITS = 3.2, 0.9  # of a year: what their logarithm is on average, and how much it differs


@dataclass(frozen=True)
class Member:
    """Somebody with what they bought."""

    customer: Customer
    sales: list[Sale]

    @property
    def bought_at(self) -> list[datetime]:
        return [sale.at for sale in self.sales]


def load(say: Callable[[str], object], at: datetime, *, customers: int = CUSTOMERS) -> None:
    """Add them, unless they are there."""
    if Level.objects.filter(pk=groups.BRONZE).exists():
        say("the customers' life is there already")
        return
    dice, year = Dice("customers"), Year(at)
    members = [_member(n, dice, year) for n in range(1, customers + 1)]
    groups.add_groups()
    add_stores()
    Customer.objects.bulk_create([member.customer for member in members], batch_size=500)
    belonging = _put_into_segments(members, at)
    rebuild()
    add_all(_registered(member.customer) for member in members)
    say(f"{customers} customers on {len(groups.LEVELS)} levels, {belonging} places in {len(groups.SEGMENTS)} segments")
    say(f"{add_sales([sale for member in members for sale in member.sales], dice)} sales of a year")


def _member(n: int, dice: Dice, year: Year) -> Member:
    """New ones have not confirmed themselves and have bought nothing yet."""
    back = 1 + int(OLDEST * dice.random() ** 1.3)
    joined_at = year.until - timedelta(days=back) + timedelta(hours=dice.weighted(BY_HOUR), minutes=dice.randrange(60))
    customer = person(n, dice, customer_id=dice.uuid(), level_id=groups.BRONZE, joined_at=joined_at)
    customer.status = dice.weighted(STATUSES)
    visits = 0 if customer.status == Customer.Status.NEW else min(150, round(dice.lognormvariate(*VISITS)))
    sales = sales_to(customer.pk, year.moments(visits, dice, joined_at), dice)
    spent = sum((sale.value for sale in sales), Decimal(0)) * _years_of(customer, year.until)
    customer.level_id = groups.level_for(spent)
    customer.store_id = sales[0].store_id if sales and dice.falls(0.5) else None
    return Member(customer, sales)


def _years_of(customer: Customer, at: datetime) -> int:
    """The years that count for the level; of those before the last one no sale is loaded, but they were like it."""
    return 1 + (at - customer.created_at).days // 365


def _put_into_segments(members: list[Member], at: datetime) -> int:
    memberships = [
        SegmentMembership(segment_id=segment_id, customer=member.customer)
        for member in members
        for segment_id in groups.segments_of(member.customer, member.bought_at, at)
    ]
    SegmentMembership.objects.bulk_create(memberships, batch_size=1_000)
    return len(memberships)


def _registered(customer: Customer) -> AuditEntry:
    facts = {"status": Customer.Status.NEW.value}
    return audit.entry("customer registered", customer, actor=SYSTEM, at=customer.created_at, after=facts)
