"""A year in the programme, played in memory in the order of time: sales bring points, points buy rewards."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from heapq import heappop, heappush
from itertools import count
from uuid import UUID

from campaigns.made_up.shelves import Member, Shelf
from loyalty_site.access import demo
from loyalty_site.access.actors import SYSTEM, Actor
from loyalty_site.made_up.dice import Dice
from points.days import last_valid_day
from points.ledger import Note
from points.made_up.books import Book, Movement
from points.models import Transfer

Channel, Kind = Transfer.Channel, Transfer.Kind
Act = Callable[[datetime], None]

POINTS_FOR_ONE = Decimal("2.3")  # of the currency. Rule: Open Loyalty's sample data
MARKETING = Actor("user", str(demo.MARKETING), "marketing")
SUPPORT = Actor("user", str(demo.SUPPORT), "support")
SELLER = Actor("user", str(demo.JOHN), "john@doe.com")
PARTNER = Actor("token", str(demo.PARTNER), "Partner's system")
SORRY = [
    "Sorry for the wait",
    "The machine was broken",
    "Cold coffee, with our apologies",
    "Missing points of a receipt",
]
PRIZES = ["Gamification Campaign Prize", "Wheel of fortune", "Quiz of the week"]


@dataclass
class Bought:
    """A purchase, before it is a row."""

    shelf: Shelf
    member: Member
    at: datetime
    place: int
    n: int
    payment: Movement | None
    actor: Actor
    used_at: datetime | None = None
    refunded_at: datetime | None = None
    id: UUID | None = None  # given when it is written

    @property
    def cost(self) -> int:
        return -self.payment.points if self.payment else 0


class PlayedYear:
    """What came of it: `books` and `bought`, in the order in which it happened."""

    def __init__(self, members: Sequence[Member], shelves: Sequence[Shelf], until: datetime, dice: Dice) -> None:
        self.until, self.dice, self.shelves = until, dice, shelves
        self.books = {member.id: Book(member.id, dice) for member in members}
        self.bought: list[Bought] = []
        self._acts: list[tuple[datetime, int, Act]] = []
        self._tickets = count()
        for member in members:
            self._plan(member)
        self._play()

    def _plan(self, member: Member) -> None:
        """Sales stand fast; now and then a partner, or staff, gives something beside."""
        for at, value, document in member.sales:
            self._at(at, lambda at, value=value, document=document: self._sale(member, value, document, at))
            if self.dice.falls(0.06):
                self._soon(at, lambda at: self._prize(member, at))
            if self.dice.falls(0.012):
                self._soon(at, lambda at: self._gesture(member, at))

    def _play(self) -> None:
        while self._acts:
            at, _, act = heappop(self._acts)
            act(at)
        for book in self.books.values():
            book.pass_nights_until(self.until)

    def _at(self, at: datetime, act: Act) -> None:
        if at < self.until:
            heappush(self._acts, (at, next(self._tickets), act))

    def _soon(self, at: datetime, act: Act, days: int = 4) -> None:
        """Within some days, at an hour at which people are awake."""
        self._at(at + timedelta(days=self.dice.randint(0, days), minutes=self.dice.randint(2, 40)), act)

    def _book(self, member: Member, at: datetime) -> Book:
        book = self.books[member.id]
        book.pass_nights_until(at)
        return book

    def _sale(self, member: Member, value: Decimal, document: str, at: datetime) -> None:
        note = Note(channel=Channel.SALE, actor=SYSTEM, comment=f"transaction {document}")
        points = int(value * POINTS_FOR_ONE)
        if points:
            self._book(member, at).earn(points, last_valid_day(at), at=at, note=note)
        if self.dice.falls(0.5):
            self._soon(at, lambda at: self._choose(member, at))

    def _prize(self, member: Member, at: datetime) -> None:
        prize = f"{self.dice.choice(PRIZES)} #{self.dice.randint(1, 60)}"
        note = Note(channel=Channel.PARTNER, actor=PARTNER, reference=prize, partner=demo.VALUES[demo.PARTNER])
        points = self.dice.choice([10, 20, 25, 50, 100])
        self._book(member, at).earn(points, last_valid_day(at, 120), at=at, note=note)

    def _gesture(self, member: Member, at: datetime) -> None:
        """One in four was meant for somebody else and is cancelled."""
        note = Note(channel=Channel.ADMIN, actor=SUPPORT, comment=self.dice.choice(SORRY))
        book = self._book(member, at)
        addition = book.earn(self.dice.choice([20, 30, 50]), last_valid_day(at), at=at, note=note)
        if self.dice.falls(0.25):
            note = Note(channel=Channel.ADMIN, actor=SUPPORT, comment="wrong customer")
            book.cancel(addition, at=at + timedelta(seconds=40), note=note)

    def _choose(self, member: Member, at: datetime) -> None:
        book = self._book(member, at)
        open_ones = {
            place: shelf.sample.appeal
            for place, shelf in enumerate(self.shelves)
            if shelf.sells_to(member, book.balance, at)
        }
        if open_ones:
            self._buy(self.shelves[self.dice.weighted(open_ones)], member, at)

    def _buy(self, shelf: Shelf, member: Member, at: datetime) -> None:
        place, code, n = shelf.sell(member)
        actor = SELLER if self.dice.falls(0.7) else MARKETING
        note = Note(channel=Channel.REWARD, actor=actor, comment=f"{shelf.sample.name}, coupon: {code}")
        cost, book = shelf.sample.cost, self._book(member, at)
        payment = book.take(cost, Kind.SPEND, at=at, note=note) if cost else None
        purchase = Bought(shelf, member, at, place, n, payment, actor)
        self.bought.append(purchase)
        if self.dice.falls(0.72):
            self._soon(at, lambda at: self._use(purchase, at), days=12)
        elif self.dice.falls(0.05):
            self._soon(at, lambda at: self._refund(purchase, at))

    def _use(self, purchase: Bought, at: datetime) -> None:
        purchase.used_at = at

    def _refund(self, purchase: Bought, at: datetime) -> None:
        purchase.refunded_at = at
        purchase.shelf.refunded[purchase.member.id] += 1
        if purchase.payment:
            note = Note(channel=Channel.REWARD, actor=SUPPORT, comment=f"{purchase.shelf.sample.name}, refunded")
            self._book(purchase.member, at).give_back(purchase.payment, last_valid_day(at), at=at, note=note)
