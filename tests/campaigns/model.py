"""The books and the shop in a few plain dictionaries: what the services must come to, without a database.

Each movement answers with what is expected of the service: its result, or the class of its refusal.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from campaigns.errors import AlreadyRefunded, CustomerLimitExceeded, LimitExceeded, NoCouponsLeft
from points.errors import NotCorrectable, NotEnoughPoints, NothingLeft

VALID_DAYS = 30
Days = dict[int, int]  # points by the last day on which they are valid


@dataclass
class Movement:
    who: int
    kind: str
    days: Days
    corrected: bool = False

    @property
    def points(self) -> int:
        return sum(self.days.values())


@dataclass
class Sale:
    who: int
    reward: int
    payment: Movement | None
    refunded: bool = False


@dataclass
class Reward:
    free: list[str]
    settings: dict
    sold: set[str] = field(default_factory=set)
    sales: list[Sale] = field(default_factory=list)

    def left(self) -> float:
        allowed = float("inf") if self.settings["unlimited"] else max(0, self.settings["limit"] - len(self.sales))
        return allowed if self.settings["single_coupon"] else min(len(self.free), allowed)


class Books:
    def __init__(self) -> None:
        self.today = 0
        self.held: dict[int, Days] = defaultdict(lambda: defaultdict(int))
        self.ledger: list[Movement] = []

    def balance(self, who: int) -> int:
        return sum(self.held[who].values())

    def spendable(self, who: int) -> int:
        return sum(points for day, points in self.held[who].items() if day >= self.today)

    def expire(self, customers: Iterable[int]) -> int:
        total = 0
        for who in customers:
            due = {day: -points for day, points in self.held[who].items() if points and day < self.today}
            if due:
                total -= self._write(who, "expire", due).points
        return total

    def earn(self, who: int, points: int, valid: int) -> Movement:
        self.expire([who])
        return self._write(who, "earn", {self.today + valid: points})

    def take(self, who: int, kind: str, points: int) -> Movement | type[Exception]:
        if points > self.spendable(who):
            return NotEnoughPoints
        self.expire([who])
        taken: Days = {}
        for day, held in sorted(self.held[who].items()):
            if part := min(held, points + sum(taken.values())):
                taken[day] = -part
        return self._write(who, kind, taken)

    def cancel(self, movement: Movement) -> Movement | type[Exception]:
        if movement.kind != "earn" or movement.corrected:
            return NotCorrectable
        ((day, points),) = movement.days.items()
        later = self.ledger[self.ledger.index(movement) + 1 :]
        newer = [m for m in later if m.who == movement.who and m.kind == "earn" and not m.corrected and day in m.days]
        held = self.held[movement.who][day] if day >= self.today else 0
        left = max(0, min(points, held - sum(m.days[day] for m in newer)))
        if not left:
            return NothingLeft
        self.expire([movement.who])
        movement.corrected = True
        return self._write(movement.who, "cancel", {day: -left})

    def reverse(self, movement: Movement) -> Movement | type[Exception]:
        if movement.kind not in {"spend", "deduct"} or movement.corrected:
            return NotCorrectable
        self.expire([movement.who])
        movement.corrected = True
        back: Days = defaultdict(int)
        for day, points in movement.days.items():
            back[day if day >= self.today else self.today + VALID_DAYS] -= points
        return self._write(movement.who, "reverse", back)

    def buy(self, reward: Reward, number: int, who: int, first_shown: str) -> str | type[Exception]:
        if refusal := self._obstacle(reward, who):
            return refusal
        cost = reward.settings["cost_in_points"]
        payment = self.take(who, "spend", cost) if cost > 0 else None
        code = first_shown if reward.settings["single_coupon"] else reward.free[0]
        reward.free = [free for free in reward.free if free != code]
        reward.sold.add(code)
        reward.sales.append(Sale(who, number, payment))
        return code

    def refund(self, sale: Sale) -> type[Exception] | None:
        if sale.refunded:
            return AlreadyRefunded
        sale.refunded = True
        if sale.payment and not sale.payment.corrected:
            self.reverse(sale.payment)
        return None

    def _obstacle(self, reward: Reward, who: int) -> type[Exception] | None:
        settings = reward.settings
        no_codes = not settings["single_coupon"] and not reward.free
        if settings["unlimited"]:
            return NoCouponsLeft if no_codes else self._too_few(settings, who)
        if len(reward.sales) >= settings["limit"]:
            return LimitExceeded
        held = sum(sale.who == who and not sale.refunded for sale in reward.sales)
        if held >= settings["limit_per_customer"]:
            return CustomerLimitExceeded
        return self._too_few(settings, who) or (NoCouponsLeft if no_codes else None)

    def _too_few(self, settings: dict, who: int) -> type[Exception] | None:
        return NotEnoughPoints if settings["cost_in_points"] > self.spendable(who) else None

    def _write(self, who: int, kind: str, days: Days) -> Movement:
        for day, points in days.items():
            self.held[who][day] += points
        self.ledger.append(Movement(who, kind, dict(days)))
        return self.ledger[-1]
