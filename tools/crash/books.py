"""What the database holds after the run, against what the clients were told."""

from collections import Counter as Tally
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tools.crash.history import History, Kind, Operation
from tools.crash.judge import in_order
from tools.crash.possible import Numbers

TRANSFERS = "SELECT reference, account_id, points FROM points_transfer WHERE reference <> ''"
ACCOUNTS = "SELECT customer_id, balance FROM points_account"
LOWEST = "SELECT min(balance_after) FROM points_transfer"
PURCHASES = """
SELECT p.customer_id, p.campaign_id, c.code FROM campaigns_purchase p JOIN campaigns_coupon c ON c.id = p.coupon_id
"""
OFFERS = "SELECT reference, customer_id, state, version FROM offers_customeroffer"
ENROLMENTS = "SELECT customer_id, promotion_id, id FROM promotions_enrolment"
KEYS = "SELECT key, status FROM access_idempotencykey"

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Books:
    """Rows as the tables hold them; ids are without hyphens, as SQLite keeps them."""

    transfers: list[Row]
    accounts: list[Row]
    lowest: int
    purchases: list[Row]
    offers: list[Row]
    enrolments: list[Row]
    keys: list[Row]


def read(rows: Callable[[str], list[Row]]) -> Books:
    tables = [
        [tuple(plain(value) for value in row) for row in rows(query)]
        for query in (TRANSFERS, ACCOUNTS, PURCHASES, OFFERS, ENROLMENTS, KEYS)
    ]
    transfers, accounts, purchases, offers, enrolments, keys = tables
    return Books(transfers, accounts, rows(LOWEST)[0][0] or 0, purchases, offers, enrolments, keys)


def plain(value: Any) -> Any:
    return value if isinstance(value, int | None) else str(value).replace("-", "")


def compare(books: Books, history: History, numbers: Numbers) -> Iterator[str]:
    """Every difference: what was acknowledged and is missing, what is there twice, what nobody was told of."""
    told = {kind: [one for one in history.done if one.kind == kind] for kind in Kind}
    moved = [(one.key, one.customer, sum(one.moves.values())) for one in told[Kind.EARN] + told[Kind.SPEND]]
    bought = [(one.customer, one.facts["campaign"], one.answer.body["coupon"]["code"]) for one in told[Kind.BUY]]
    enrolled = [
        (one.customer, one.facts["promotion"], one.answer.body["sideEffects"][0]["issualId"])
        for one in told[Kind.ENROL]
    ]
    yield from differences("movement of points", moved, books.transfers)
    yield from differences("purchase", bought, books.purchases)
    yield from differences("enrolment", enrolled, books.enrolments)
    yield from differences("offer", _offers(told[Kind.GIVE] + told[Kind.GIVE_LATER], history.operations), books.offers)
    yield from differences("key", _keys(history.operations), books.keys)
    yield from _balances(books, numbers)
    yield from _scarce(books, numbers)


def _offers(given: Sequence[Operation], operations: Sequence[Operation]) -> Iterator[Row]:
    stands = {one.key: ("NONE", 1) for one in given}
    for answer in in_order(operations):
        shown = answer.answer.body
        stands[answer.facts["offer"]] = (shown["acceptanceState"], shown["version"])
    for one in given:
        yield one.key, one.customer, *stands[one.key]


def _keys(operations: Sequence[Operation]) -> Iterator[Row]:
    for one in operations:
        if one.answer:
            yield one.key, one.answer.status


def _balances(books: Books, numbers: Numbers) -> Iterator[str]:
    customers = {plain(counter[1]): counter for counter in numbers.first if counter[0] == "balance"}
    held = dict(books.accounts)
    for customer, counter in customers.items():
        expected = numbers.at_last(counter)
        if held.get(customer, 0) != expected:
            yield f"balance of {customer} is {held.get(customer, 0)}, not {expected}"
    if min([books.lowest, *held.values()]) < 0:
        yield "a balance was below 0"


def _scarce(books: Books, numbers: Numbers) -> Iterator[str]:
    for (campaign, code), times in Tally(row[1:] for row in books.purchases).items():
        if times > 1:
            yield f"coupon {code} of {campaign} was sold {times} times"
    for counter in numbers.moves:
        if numbers.at_last(counter) < 0:
            yield f"passed its bound: {counter} is {numbers.at_last(counter)}"


def differences(what: str, expected: Iterable[Row], found: Iterable[Row]) -> Iterator[str]:
    """Both are bags: what is there twice counts twice."""
    wanted, there = Tally(tuple(map(plain, row)) for row in expected), Tally(found)
    for row, missing in (wanted - there).items():
        yield f"{what} that was acknowledged is not there{_times(missing)}: {row}"
    for row, extra in (there - wanted).items():
        yield f"{what} that nobody was told of{_times(extra)}: {row}"


def _times(count: int) -> str:
    return f" {count} times" if count > 1 else ""
