"""A world in which a good deal has happened, by the services alone."""

import random
from contextlib import suppress

from django.db import transaction

from campaigns import services, stock
from campaigns.models import Purchase
from customers.models import Customer
from loyalty_site.errors import DomainError
from points import services as points_services
from points.models import Transfer
from tests.builders import AT, SHOP, STAFF, campaign, customer, draft, earn, later, note, spend


class World:
    """Six customers and a campaign of each kind; the dice fall alike in every run."""

    def __init__(self) -> None:
        self.dice = random.Random(7)
        self.customers: list[Customer] = [customer() for _ in range(6)]
        self.earned: list[Transfer] = [earn(who, 50) for who in self.customers]
        self.deducted: list[Transfer] = []
        self.purchases: list[Purchase] = []
        self.pool = campaign([f"P{n}" for n in range(12)], limit=8, cost_in_points=5)
        self.whole_pool = campaign([f"W{n}" for n in range(40)], unlimited=True, cost_in_points=0)
        self.shared = campaign(["S1", "S2"], single_coupon=True, limit=9, cost_in_points=5)
        self.endless = campaign(["E"], single_coupon=True, unlimited=True, cost_in_points=3)

    def days(self, first: int, last: int) -> None:
        for day in range(first, last + 1):
            for _ in range(20):
                with suppress(DomainError), transaction.atomic():
                    self.something(day)

    def something(self, day: int) -> None:
        now, who, dice = later(day), self.dice.choice(self.customers), self.dice
        by_hand = {"at": now, "note": note()}
        match dice.randint(1, 12):
            case 1 | 2:
                self.earned.append(earn(who, dice.randint(1, 60), valid=day + dice.randint(0, 9), at=now))
            case 3:
                spend(who, dice.randint(1, 30), at=now)
            case 4:
                self.deducted.append(points_services.deduct(who.pk, dice.randint(1, 9), **by_hand))
            case 5 if self.deducted:
                points_services.reverse(dice.choice(self.deducted).pk, **by_hand)
            case 6:
                points_services.cancel(dice.choice(self.earned).pk, **by_hand)
            case 7 if self.purchases:
                services.refund(dice.choice(self.purchases).pk, actor=STAFF, at=now)
            case _:
                reward = dice.choice([self.pool, self.whole_pool, self.shared, self.endless])
                self.purchases.append(services.buy(reward.pk, who.pk, actor=STAFF, at=now))

    def change_the_campaigns(self) -> None:
        services.replace(self.pool.pk, draft(["P11", "P0", "N1", "P9"], limit=11, cost_in_points=5), **SHOP)
        services.change_settings(self.shared.pk, {"limit": 7}, **SHOP)
        limits = {"unlimited": False, "limit": 40, "limit_per_customer": 9}
        services.change_settings(self.endless.pk, limits, **SHOP)
        with transaction.atomic():
            stock.void(self.whole_pool, self.whole_pool.coupons.filter(code__in=["W25", "W38"]), at=AT)


def lively_world() -> World:
    """Every kind of movement, of campaign and of change."""
    world = World()
    world.days(0, 5)
    world.change_the_campaigns()
    points_services.expire(at=later(6))
    world.days(6, 7)
    return world
