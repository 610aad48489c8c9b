"""The kinds of reads: numbers that the answers so far allow, or do not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any
from urllib.parse import urlencode

from tools.crash.calls import Call
from tools.crash.history import Counter
from tools.crash.operations import balance, left
from tools.crash.world import Customer, World


@dataclass(frozen=True)
class Question:
    """A call, the number that its answer shows, and where it stands there."""

    call: Call
    counter: Counter
    value: Callable[[Any], int]


def any_question(world: World, chance: Random) -> Question:
    customer = chance.choice(world.customers)
    kind = chance.choices(["balance", "left", "bought", "offers", "enrolments"], [5, 3, 2, 1, 1])[0]
    if kind == "left":
        return left_of(world, chance.choice(world.campaigns))
    if kind == "balance":
        return balance_of(world, customer)
    return OF_A_CUSTOMER[kind](world, customer)


def balance_of(world: World, customer: Customer) -> Question:
    call = Call("GET", f"/loyalty/user/{customer.id}/points", world.auth["partner"])
    return Question(call, balance(customer.id), lambda body: body["balance"])


def left_of(world: World, campaign: str) -> Question:
    return Question(campaign_call(world, campaign), left(campaign), lambda body: body["usageLeft"])


def campaign_call(world: World, campaign: str) -> Call:
    return Call("GET", f"/api/campaign/{campaign}", world.auth["admin"])


def bought_by(world: World, customer: Customer) -> Question:
    call = Call("GET", f"/api/admin/customer/{customer.id}/campaign/bought?perPage=1", world.auth["admin"])
    return Question(call, ("bought", customer.id), lambda body: body["total"])


def offers_of(world: World, customer: Customer) -> Question:
    call = Call("GET", f"/loyalty/user/{customer.id}/offers?perPage=1", world.auth["partner"])
    return Question(call, ("offers", customer.id), lambda body: body["total"])


def enrolments_of(world: World, customer: Customer) -> Question:
    query = {"identifierName": "externalId", "identifierValue": customer.external_id, "source": "INSTORE", "limit": 1}
    call = Call("GET", f"/v2/customers/lookup/promotionData?{urlencode(query)}", world.auth["capillary"])
    return Question(call, ("enrolments", customer.id), lambda body: body["pageDetails"]["totalEntries"])


def given_by(world: World, key: str, trace: str) -> Question:
    """An offer that the server says it has given."""
    call = Call("GET", f"/bulk-action/{trace}", world.auth["partner"])
    return Question(call, ("given", key), lambda body: int(body["reference"] == key))


OF_A_CUSTOMER: Mapping[str, Callable[[World, Customer], Question]] = {
    "bought": bought_by,
    "offers": offers_of,
    "enrolments": enrolments_of,
}
