"""Short ways to a customer, to points and to a campaign; a test names only what it is about."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from campaigns import services as campaign_services
from campaigns.models import Campaign
from campaigns.services import Draft
from customers.crowds import marking
from customers.models import Customer, Level
from loyalty_site.access.actors import Actor
from points import services as points_services
from points.ledger import Note
from points.models import Account, Transfer

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)  # a Monday, noon; 13:00 in Warsaw
TODAY = date(2026, 3, 2)
STAFF = Actor("user", "22200000-0000-474c-b092-b0dd880c07e2", "Maria Staff")
SHOP = {"actor": STAFF, "at": AT}


def later(days: int = 0, **units: int) -> datetime:
    return AT + timedelta(days=days, **units)


def note(**facts) -> Note:
    return Note(**({"channel": Transfer.Channel.ADMIN, "actor": STAFF} | facts))


def level(name: str = "bronze") -> Level:
    return Level.objects.filter(name=name).first() or Level.objects.create(name=name)


def customer(points: int = 0, *, valid: int = 10, **fields) -> Customer:
    """An active customer with points that can be spent for so many days more."""
    fields = {"level": level(), "status": Customer.Status.ACTIVE, "created_at": AT, "updated_at": AT} | fields
    made = Customer.objects.create(**fields)
    marking.admit(made)
    if points:
        earn(made, points, valid=valid)
    return made


def earn(who: Customer, points: int, *, valid: int = 10, at: datetime = AT) -> Transfer:
    return points_services.earn(who.pk, points, at=at, note=note(), expires_on=TODAY + timedelta(days=valid))


def spend(who: Customer, points: int, *, at: datetime = AT) -> Transfer:
    return points_services.spend(who.pk, points, at=at, note=note())


def draft(
    codes: list[str] | None = None, levels: Sequence[UUID] = (), segments: Sequence[UUID] = (), **settings
) -> Draft:
    """A limited campaign, ten for everybody and two for each, that costs 10 points and is always on."""
    usual = {
        "name": "Free coffee",
        "active": True,
        "cost_in_points": 10,
        "limit": 10,
        "limit_per_customer": 2,
        "all_time_active": True,
        "all_time_visible": True,
    }
    codes = ["A", "B", "C"] if codes is None else codes
    return Draft(settings=usual | settings, codes=codes, level_ids=levels, segment_ids=segments)


def campaign(codes: list[str] | None = None, **settings) -> Campaign:
    return campaign_services.create(draft(codes, **settings), **SHOP)


def buy(reward: Campaign, who: Customer, *, at: datetime = AT) -> str:
    """Buy it. Returns the code."""
    return campaign_services.buy(reward.pk, who.pk, actor=STAFF, at=at).coupon.code


def balance(who: Customer) -> int:
    return Account.objects.get(pk=who.pk).balance


def buckets(who: Customer) -> dict[int, int]:
    """What the customer holds, by how many days it is valid after TODAY; empty buckets are left out."""
    held = Account.objects.get(pk=who.pk).buckets.filter(points__gt=0)
    return {(bucket.expires_on - TODAY).days: bucket.points for bucket in held}
