"""Many campaigns, coupons, movements and purchases, written in chunks: each chunk is a transaction whose books tie."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Max

from campaigns import stock
from campaigns.made_up.histories import Histories
from campaigns.made_up.pools import OnSale, written
from campaigns.made_up.purchases import COLUMNS
from campaigns.models import Campaign, Coupon, Purchase
from customers.made_up.sales import DOCUMENT
from customers.made_up.scale import customer_id
from customers.models import Transaction
from loyalty_site.bulk_rows import add_rows
from loyalty_site.database import execute
from loyalty_site.made_up.dice import Dice
from loyalty_site.made_up.progress import Progress
from loyalty_site.made_up.seasons import Year, midnight_before
from loyalty_site.made_up.size import Shares, Size
from points.made_up import writing

POOLS, PEOPLE, COUNTED = 50, 1_000, 200  # campaigns written, customers played, campaigns counted in one transaction
ACTIVE_YEAR = (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 20, 26)  # movements, as they are spread
LAST_DAY = timedelta(days=1)


def load(size: Size, say: Callable[[str], object], at: datetime) -> None:
    """For the customers of customers.made_up.scale."""
    shelves = _add_campaigns(size, say, at)
    _play(size, shelves, say, at)
    progress = Progress("campaigns counted", size.campaigns, say)
    for chunk in progress.of([shelves[start : start + COUNTED] for start in range(0, len(shelves), COUNTED)]):
        _recount(chunk)


def _add_campaigns(size: Size, say: Callable[[str], object], at: datetime) -> list[OnSale]:
    """Each has a coupon at least."""
    shares, shelves = Shares(size.coupons - size.campaigns, size.campaigns), []
    first_coupon = 1 + (Coupon.objects.aggregate(last=Max("pk"))["last"] or 0)
    today = midnight_before(at)
    progress = Progress("coupons", size.coupons, say)
    for start in range(0, size.campaigns, POOLS):
        sizes = [1 + shares.of(n) for n in range(start, min(start + POOLS, size.campaigns))]
        with transaction.atomic():
            shelves += written(sizes, first_coupon, start, today)
        first_coupon += sum(sizes)
        progress.add(sum(sizes))
    progress.end()
    for statement in connection.ops.sequence_reset_sql(no_style(), [Coupon]):
        execute(statement, [])
    return shelves


def _play(size: Size, shelves: list[OnSale], say: Callable[[str], object], at: datetime) -> None:
    progress = Progress("movements of points", size.transfers, say)
    for histories in _histories(size, shelves, at):
        with transaction.atomic():
            add_rows(Transaction, DOCUMENT, histories.sales)
            told = writing.write(histories.books)
            add_rows(Purchase, COLUMNS, histories.purchases)
        progress.add(told)
    progress.end()


def _histories(size: Size, shelves: list[OnSale], at: datetime) -> Iterator[Histories]:
    """The last day is left for what has to be added to make up the number."""
    shares, year = Shares(size.transfers, size.customers, ACTIVE_YEAR), Year(at - LAST_DAY)
    for start in range(0, size.customers, PEOPLE):
        histories = Histories(shelves, year, Dice(f"histories from {start}"))
        for n in range(start, min(start + PEOPLE, size.customers)):
            histories.add(n, customer_id(n), shares.of(n), at)
        yield histories


@transaction.atomic
def _recount(shelves: list[OnSale]) -> None:
    held = Campaign.objects.select_for_update(no_key=True).filter(pk__in=[shelf.id for shelf in shelves])
    for campaign in held.order_by("pk"):
        stock.recount(campaign)
