"""How far a customer is from the next level."""

from dataclasses import dataclass
from decimal import Decimal

from customers.models import Customer, Level
from customers.sales import NO_SALES, sales_of


@dataclass(frozen=True)
class Progress:
    """Amounts are in the currency of the programme, what was returned taken off."""

    amount: Decimal
    following: Level | None  # the next level by its threshold, of those that are in use

    @property
    def missing(self) -> Decimal:
        """What is left to spend to the next level; 0 where there is none, or where enough was spent already."""
        return max(self.following.from_amount - self.amount, Decimal(0)) if self.following else Decimal(0)

    @property
    def percent(self) -> int:
        """The share of the next level's threshold that is spent, rounded down; 100 where there is none."""
        if self.following is None:
            return 100
        spent = min(max(self.amount, Decimal(0)), self.following.from_amount)
        return int(spent * 100 / self.following.from_amount)


def progress_of(customer: Customer) -> Progress:
    sales = sales_of([customer.pk]).get(customer.pk, NO_SALES)
    return Progress(sales.amount, Level.objects.after(customer.level))
