"""After the last fault, while nobody else writes: repeats, what is left, and what the API says there is."""

from collections.abc import Callable, Iterable, Iterator
from random import Random
from typing import Any

from tools.crash import operations, reading
from tools.crash.books import Row, differences, plain
from tools.crash.calls import Call
from tools.crash.history import Kind, Operation
from tools.crash.load import Client, timed
from tools.crash.world import Customer

REPLAYS = 400
MOST_SOLD = 60  # of one campaign that never sells out
PER_PAGE = 1_000
GIVEN = {Kind.GIVE, Kind.GIVE_LATER}
MOVED = {Kind.EARN, Kind.SPEND}


def replay(client: Client, chance: Random) -> tuple[int, list[str]]:
    """Send operations that were answered once more. Returns how many, and those that were answered otherwise."""
    settled = [one for one in client.history.operations if one.answer]
    chosen = chance.sample(settled, min(REPLAYS, len(settled)))
    return len(chosen), [finding for one in chosen for finding in _replayed(client, one)]


def _replayed(client: Client, operation: Operation) -> Iterator[str]:
    again, first = timed(client.line, operation.call, operation.key).answer, operation.answer
    if again is None or (again.status, again.body, again.replayed) != (first.status, first.body, True):
        yield f"replay differs: {operation.kind} {operation.key}: {again} instead of {first}"


def buy_what_is_left(client: Client) -> int:
    """Sell every campaign out, or a good deal of it; the judge knows which refusals are right. Returns how many."""
    return sum(_sell_out(client, campaign) for campaign in client.world.campaigns)


def _sell_out(client: Client, campaign: str) -> int:
    left = client.read(reading.left_of(client.world, campaign))["usageLeft"]
    buyers, sold = list(client.world.customers), 0
    while buyers and sold < (left + 1 if left <= 1_000 else MOST_SOLD):
        buyer = buyers[sold % len(buyers)]
        if _bought(client, campaign, buyer):
            sold += 1
        else:
            buyers.remove(buyer)
    return sold


def _bought(client: Client, campaign: str, customer: Customer) -> bool:
    cost = client.around.costs[campaign]
    balance = client.read(reading.balance_of(client.world, customer))["balance"]
    if balance < cost:
        _do(client, lambda key: operations.earn_for(client.world, customer, cost, key))
    return _do(client, lambda key: operations.buy(client.world, campaign, customer.id, cost, key))


def _do(client: Client, make: Callable[[str], Operation]) -> bool:
    client.written += 1
    operation = make(f"{client.name}.{client.written}")
    client.history.operations.append(operation)
    client.finish(operation)
    return operation.is_done


def read_everything(client: Client) -> None:
    """Each number once more; now there is but one value that it can have."""
    for campaign in client.world.campaigns:
        client.read(reading.left_of(client.world, campaign))
    for customer in client.world.customers:
        client.read(reading.balance_of(client.world, customer))
        for question in reading.OF_A_CUSTOMER.values():
            client.read(question(client.world, customer))


def compare_lists(client: Client) -> Iterator[str]:
    """What the API lists of each customer, against what was acknowledged."""
    for customer in client.world.customers:
        own = [one for one in client.history.done if one.customer == customer.id]
        moved = [(one.key, sum(one.moves.values())) for one in own if one.kind in MOVED]
        bought = [(one.facts["campaign"], one.answer.body["coupon"]["code"]) for one in own if one.kind == Kind.BUY]
        given = [(one.key, one.answer.body["traceId"]) for one in own if one.kind in GIVEN]
        yield from _missing_or_more("movement of points", moved, _movements(client, customer))
        yield from _missing_or_more("purchase", bought, _purchases(client, customer))
        yield from _missing_or_more("offer", given, _offers(client, customer))


def _missing_or_more(what: str, expected: Iterable[Row], listed: Iterable[Row]) -> Iterator[str]:
    for difference in differences(what, expected, [tuple(map(plain, row)) for row in listed]):
        yield f"in the API's lists: {difference}"


def _movements(client: Client, customer: Customer) -> Iterator[Row]:
    path, caller = f"/loyalty/user/{customer.id}/transactions", client.world.auth["partner"]
    for one in _pages(client, path, caller, "transactions"):
        if one["metadata"]["reference"]:
            yield one["metadata"]["reference"], one["points"]


def _purchases(client: Client, customer: Customer) -> Iterator[Row]:
    path, caller = f"/api/admin/customer/{customer.id}/campaign/bought", client.world.auth["admin"]
    for one in _pages(client, path, caller, "campaigns"):
        yield one["campaignId"], one["coupon"]["code"]


def _offers(client: Client, customer: Customer) -> Iterator[Row]:
    path, caller = f"/loyalty/user/{customer.id}/offers", client.world.auth["partner"]
    for one in _pages(client, path, caller, "offers"):
        yield one["reference"], one["traceId"]


def _pages(client: Client, path: str, caller: tuple[str, str], rows: str) -> Iterator[Any]:
    page, answered = 1, None
    while answered is None or answered[rows]:
        call = Call("GET", f"{path}?page={page}&perPage={PER_PAGE}", caller)
        answered = client.line.ask(call).body
        yield from answered[rows]
        page += 1
