"""A year of sales in the shops."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from customers.made_up.goods import Article, basket
from customers.models import Transaction, TransactionItem
from loyalty_site.access.models import Store
from loyalty_site.bulk_rows import add_rows
from loyalty_site.made_up.dice import Dice

STORES = {
    UUID("570e0000-0000-4000-8000-000000000001"): ("Rynek", "wro-rynek", "Wrocław", "PL"),
    UUID("570e0000-0000-4000-8000-000000000002"): ("Nowy Świat", "waw-nowy-swiat", "Warszawa", "PL"),
    UUID("570e0000-0000-4000-8000-000000000003"): ("Prenzlauer Berg", "ber-prenzlauer", "Berlin", "DE"),
    UUID("570e0000-0000-4000-8000-000000000004"): ("Online shop", "online", "Wrocław", "PL"),
}

DELIVERY, FREE_FROM = Decimal("4.90"), 40
DOCUMENT = [
    *("id", "document_number", "document_type", "customer", "store"),
    *("purchased_at", "gross_value", "delivery_value", "created_at"),
]
LINE = ["transaction", "position", "sku", "name", "quantity", "gross_value", "category", "maker"]


@dataclass(frozen=True)
class Sale:
    """What a customer bought at one go, before it has a number."""

    customer_id: UUID
    at: datetime
    store_id: UUID
    lines: list[tuple[Article, int]]

    @property
    def value(self) -> Decimal:
        return sum((article.price * quantity for article, quantity in self.lines), Decimal(0))


def add_stores() -> None:
    for store_id, (name, identifier, city, country) in STORES.items():
        fields = {"name": name, "identifier": identifier, "city": city, "country": country}
        Store.objects.get_or_create(id=store_id, defaults=fields)


def sales_to(customer_id: UUID, moments: Iterable[datetime], dice: Dice) -> list[Sale]:
    """Mostly in one and the same shop."""
    usual = dice.choice(list(STORES))
    return [
        Sale(customer_id, at, usual if dice.falls(0.8) else dice.choice(list(STORES)), basket(dice)) for at in moments
    ]


def add_sales(sales: Iterable[Sale], dice: Dice) -> int:
    """Number and write them, in the order in which they happened. Returns how many."""
    ordered = sorted(sales, key=lambda sale: (sale.at, sale.customer_id))
    documents = [_document(sale, number, dice) for number, sale in enumerate(ordered, start=1)]
    add_rows(Transaction, DOCUMENT, documents)
    lines = (
        line for sale, (document_id, *_) in zip(ordered, documents, strict=True) for line in _lines(sale, document_id)
    )
    add_rows(TransactionItem, LINE, lines)
    return len(ordered)


def _document(sale: Sale, number: int, dice: Dice) -> tuple[Any, ...]:
    shop, value = STORES[sale.store_id][1].partition("-")[0].upper(), sale.value
    delivery = DELIVERY if shop == "ONLINE" and value < FREE_FROM else Decimal(0)
    text = f"{shop}/{sale.at.year}/{number:06}"
    return dice.uuid(), text, "sell", sale.customer_id, sale.store_id, sale.at, value, delivery, sale.at


def _lines(sale: Sale, document_id: UUID) -> Iterator[tuple[Any, ...]]:
    for position, (article, quantity) in enumerate(sale.lines, start=1):
        price, what = article.price * quantity, (article.category, article.maker)
        yield document_id, position, article.sku, article.name, Decimal(quantity), price, *what
