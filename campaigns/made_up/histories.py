"""What a customer of a large data set did: so many movements, of which sales bring points and rewards take them."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from campaigns.made_up.pools import OnSale
from campaigns.made_up.year import POINTS_FOR_ONE, SELLER
from customers.made_up.sales import STORES
from loyalty_site.access.actors import SYSTEM
from loyalty_site.made_up.dice import Dice
from loyalty_site.made_up.seasons import Year
from points.days import last_valid_day
from points.ledger import Note
from points.made_up.books import Book
from points.models import Transfer

Channel, Kind = Transfer.Channel, Transfer.Kind
TILLS = list(STORES)
TRIES = 3
LATER = timedelta(milliseconds=500)
ONE_HOUR, ONE_SECOND = timedelta(hours=1), timedelta(seconds=1)


@dataclass
class Histories:
    """Those of one chunk of customers: their books, and rows of sales and purchases."""

    shelves: list[OnSale]
    year: Year
    dice: Dice
    books: list[Book] = field(default_factory=list)
    sales: list[tuple[Any, ...]] = field(default_factory=list)
    purchases: list[tuple[Any, ...]] = field(default_factory=list)

    def add(self, n: int, customer_id: UUID, movements: int, until: datetime) -> None:
        """The n-th customer's, with exactly so many movements."""
        book, bought = Book(customer_id, self.dice), Counter()
        for at in sorted(set(self.year.moments(movements, self.dice, self.year.until - timedelta(days=365)))):
            book.pass_nights_until(at)
            if not has_room(book, movements, 2):
                break
            self._sell(book, f"S{n:08}-{len(book.movements)}", at)
            if has_room(book, movements, 1) and self.dice.falls(0.45):
                self._buy(book, bought, at + LATER)
        book.pass_nights_until(until)
        while len(book.movements) < movements:
            last = book.movements[-1].at if book.movements else until - ONE_HOUR
            self._sell(book, f"S{n:08}-{len(book.movements)}", max(last + LATER, until - ONE_HOUR))
        self.books.append(book)

    def _sell(self, book: Book, document: str, at: datetime) -> None:
        value = Decimal(self.dice.randint(250, 9_000)) / 100
        store = self.dice.choice(TILLS)
        self.sales.append((self.dice.uuid(), document, "sell", book.customer_id, store, at, value, Decimal(0), at))
        note = Note(channel=Channel.SALE, actor=SYSTEM, comment=f"transaction {document}")
        book.earn(int(value * POINTS_FOR_ONE), last_valid_day(at), at=at, note=note)

    def _buy(self, book: Book, bought: Counter[UUID], at: datetime) -> None:
        """The first of some campaigns that sells."""
        for _ in range(TRIES if self.shelves else 0):
            shelf = self.dice.choice(self.shelves)
            if shelf.sells(book.balance, bought[shelf.id], at):
                bought[shelf.id] += 1
                self._pay(book, shelf, bought[shelf.id], at)
                return

    def _pay(self, book: Book, shelf: OnSale, n: int, at: datetime) -> None:
        note = Note(channel=Channel.REWARD, actor=SELLER, comment=shelf.name)
        payment = book.take(shelf.cost, Kind.SPEND, at=at, note=note)
        coupon_id, used = shelf.first_coupon + shelf.sold, self.dice.falls(0.6)
        belongs = self.dice.uuid(), shelf.id, book.customer_id, coupon_id, shelf.sold, n
        self.purchases.append((*belongs, shelf.cost, payment.id, at, SELLER.key, used, at if used else None, None))
        shelf.sold += 1


def has_room(book: Book, movements: int, n: int) -> bool:
    """Whether n more fit in, beside the expiry that each bucket may still come to."""
    return len(book.movements) + len(book.held) + n <= movements
