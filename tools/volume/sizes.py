"""How long the tables become."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Volume:
    """Rows of each table. A customer has `movements` of points; `others` is the length of what is not named."""

    customers: int
    campaigns: int
    coupons: int  # in all; as many in each campaign
    movements: int  # of each customer; an even number: points are added, then half of them are spent
    purchases: int  # no more than customers
    others: int

    @property
    def pool(self) -> int:
        return self.coupons // self.campaigns

    @property
    def transfers(self) -> int:
        return self.customers * self.movements


LONG = Volume(
    customers=200_000, campaigns=2_000, coupons=200_000, movements=2, purchases=100_000, others=200_000
)  # what `make plans` asks of
LARGE = Volume(
    customers=1_000_000, campaigns=10_000, coupons=5_000_000, movements=10, purchases=1_000_000, others=1_000_000
)
