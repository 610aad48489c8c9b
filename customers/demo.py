"""The demo's levels, segments, customers and their first sales.

Identities: Open Loyalty's own sample data, which its documents' requests and its clients name, and the sample records
of the partner documents.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from customers.models import Customer, Level, Segment, Transaction, TransactionItem
from customers.services import register
from loyalty_site.access.actors import SYSTEM, Role
from loyalty_site.access.demo import POS_1, add_user

LEVEL_0 = UUID("000096cf-32a3-43bd-9034-4df343e5fd93")
LEVEL_1 = UUID("e82c96cf-32a3-43bd-9034-4df343e5fd94")
LEVEL_2 = UUID("000096cf-32a3-43bd-9034-4df343e5fd94")
LEVEL_3 = UUID("000096cf-32a3-43bd-9034-4df343e5fd95")
ANNIVERSARY = UUID("00000000-0000-0000-0000-000000000002")

JOHN = UUID("00000000-0000-474c-b092-b0dd880c07e1")
JANE = UUID("00000000-0000-474c-b092-b0dd880c07e2")
TOM = UUID("6d13456a-1304-5109-a117-af4de20b2487")

LEVELS: dict[UUID, dict[str, Any]] = {
    LEVEL_0: {
        "name": "level0",
        "description": "example level",
        "from_amount": 0,
        "reward_name": "test reward",
        "reward_value": Decimal("0.14"),
        "reward_code": "abc",
    },
    LEVEL_1: {"name": "level1", "from_amount": 20, "reward_value": Decimal("0.15")},
    LEVEL_2: {
        "name": "level2",
        "from_amount": 200,
        "reward_value": Decimal("0.20"),
        "special_rewards": [
            {"name": "special reward", "value": 0.22, "code": "spec", "active": True},
            {"name": "special reward 2", "value": 0.11, "code": "spec2", "active": True},
        ],
    },
    LEVEL_3: {"name": "level3", "from_amount": 999, "reward_value": 0, "reward_code": "level4"},
}

SEGMENTS = {
    0: "test",
    2: "anniversary",
    3: "purchase period",
    4: "last purchase 10 days ago",
    5: "transaction amount 10-50",
    6: "10 percent in pos",
    7: "bought skus",
    8: "bought makers",
    9: "bought labels",
}

WROCLAW = {
    "street": "Dmowskiego",
    "address1": "21",
    "postal": "50-300",
    "city": "Wrocław",
    "province": "Dolnośląskie",
    "country": "PL",
}
WARSAW = {
    "street": "Test",
    "address1": "1",
    "postal": "00-000",
    "city": "Warszawa",
    "province": "Mazowieckie",
    "country": "PL",
}
EVERYBODY = {
    "status": Customer.Status.ACTIVE,
    "gender": Customer.Gender.MALE,
    "birth_date": datetime.fromtimestamp(653_011_200, UTC),
    "created_at": datetime.fromtimestamp(1_470_646_394, UTC),
    "company_name": "test",
    "company_tax_number": "nip",
    "level_id": LEVEL_0,
    **WROCLAW,
}
CUSTOMERS: dict[UUID, dict[str, Any]] = {
    JOHN: {
        "first_name": "John",
        "last_name": "Doe",
        "email": "user@oloy.com",
        "phone": "11111",
        "card_number": "47834433524",
    },
    JANE: {
        "first_name": "Jane",
        "last_name": "Doe",
        "email": "user-temp@oloy.com",
        "phone": "111112222",
        "card_number": "0000",
        "agreement1": True,
        "level_id": LEVEL_1,
        "level_set_by_hand": True,
        **WARSAW,
    },
    UUID("11111111-0000-474c-b092-b0dd880c07e1"): {
        "first_name": "John1",
        "last_name": "Doe1",
        "email": "user-1@oloy.com",
        "phone": "+48456456000",
    },
    UUID("22222222-0000-474c-b092-b0dd880c07e1"): {
        "first_name": "Alice",
        "last_name": "Smith",
        "email": "user-2@oloy.com",
        "phone": "+48456457000",
        "store_id": POS_1,
    },
    UUID("11000000-0000-474c-b092-b0dd880c07e2"): {
        "first_name": "Jon",
        "last_name": "Returner",
        "email": "return@oloy.com",
        "phone": "+48123123787",
    },
    TOM: {
        "first_name": "Tom",
        "last_name": "Sawyer",
        "email": "tom.sawyer@example.com",
        "phone": "18767431754",
        "external_id": "000003873354",
        "number": 98_662_653,
    },
}
PASSWORDS = {"return@oloy.com": "return", "tom.sawyer@example.com": None}
SALES = {JOHN: "456", JANE: "789"}


def load(say: Callable[[str], None], at: datetime) -> None:
    """Add the demo's customers and what they belong to, unless they are there."""
    if Customer.objects.filter(pk=JANE).exists():
        say("customers are there already")
        return
    Level.objects.bulk_create(Level(pk=pk, **fields) for pk, fields in LEVELS.items())
    Segment.objects.bulk_create(
        Segment(pk=UUID(int=number), name=name, description="desc") for number, name in SEGMENTS.items()
    )
    for customer_id, fields in CUSTOMERS.items():
        _add(customer_id, EVERYBODY | fields, at)
    for customer_id, document in SALES.items():
        _sell(customer_id, document, at - timedelta(days=1))
    say(f"{len(LEVELS)} levels, {len(SEGMENTS)} segments, {len(CUSTOMERS)} customers")


def _add(customer_id: UUID, fields: dict[str, Any], at: datetime) -> None:
    level = Level.objects.get(pk=fields.pop("level_id"))
    register(pk=customer_id, level=level, **fields, actor=SYSTEM, at=at)
    password = PASSWORDS.get(fields["email"], "loyalty")
    if password:
        temporary = customer_id == JANE
        add_user(customer_id, password, username=fields["email"], role=Role.CUSTOMER, password_is_temporary=temporary)


def _sell(customer_id: UUID, document: str, at: datetime) -> None:
    """A sale of 3.00 in two lines."""
    sale = Transaction.objects.create(
        document_number=document, customer_id=customer_id, purchased_at=at, gross_value=3, created_at=at
    )
    TransactionItem.objects.bulk_create(
        TransactionItem(transaction=sale, position=n, sku=f"SKU{n}", name=f"item {n}", gross_value=n) for n in (1, 2)
    )
