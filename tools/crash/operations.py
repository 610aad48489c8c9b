"""The kinds of writes: how each is asked, what it does to the books, and why it may be refused.

A write's key also is its reference, where the books keep one, so that each row can be traced to the write that made it.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random
from urllib.parse import urlencode

from tools.crash.calls import Call
from tools.crash.history import Counter, Kind, Operation
from tools.crash.world import Customer, World

NOT_ENROLLED = "8890"
DECLINED = "Cannot change state of declined offer"
HEAT = {Kind.GIVE: "hot", Kind.GIVE_LATER: "cold"}
WISHES = ("ACCEPTED", "UNACCEPTED", "ACCEPTED", "DECLINED")


@dataclass(frozen=True)
class Given:
    """An offer that a customer was given: the key of the write that gave it, and the code it got."""

    key: str
    customer: str
    code: str


def balance(customer: str) -> Counter:
    return "balance", customer


def left(campaign: str) -> Counter:
    """How many units of it are on sale."""
    return "left", campaign


def allowance(campaign: str, customer: str) -> Counter:
    """How many of it the customer may still buy."""
    return "allowance", campaign, customer


def turns(promotion: int, customer: str) -> Counter:
    """How often the customer can still be enrolled in it."""
    return "turns", str(promotion), customer


def undeclined(offer: str) -> Counter:
    """1 until the offer that this write gave is declined, which is final."""
    return "undeclined", offer


def earn(world: World, chance: Random, key: str) -> Operation:
    return earn_for(world, chance.choice(world.customers), chance.randint(10, 60), key)


def earn_for(world: World, customer: Customer, points: int, key: str) -> Operation:
    call = _points(world, customer, points, key)
    return Operation(key, Kind.EARN, call, customer.id, {balance(customer.id): points}, {})


def spend(world: World, chance: Random, key: str) -> Operation:
    customer, points = chance.choice(world.customers), chance.randint(5, 90)
    call = _points(world, customer, -points, key)
    reasons = {"TransactionInsufficientPoints": (balance(customer.id), points)}
    return Operation(key, Kind.SPEND, call, customer.id, {balance(customer.id): -points}, reasons)


def _points(world: World, customer: Customer, points: int, key: str) -> Call:
    body = {"partner": world.partner, "points": points, "reference": key}
    return Call("POST", f"/loyalty/user/{customer.id}/points", world.auth["partner"], body)


def buy(world: World, campaign: str, customer: str, cost: int, key: str) -> Operation:
    call = Call("POST", f"/api/admin/customer/{customer}/campaign/{campaign}/buy", world.auth["admin"], {})
    moves = {
        balance(customer): -cost,
        left(campaign): -1,
        allowance(campaign, customer): -1,
        ("bought", customer): 1,
    }
    reasons = {
        "No coupons left": (left(campaign), 1),
        "Limit exceeded": (left(campaign), 1),
        "Limit per customer exceeded": (allowance(campaign, customer), 1),
        "Not enough points": (balance(customer), cost),
    }
    return Operation(key, Kind.BUY, call, customer, moves, reasons, {"campaign": campaign})


def give(world: World, chance: Random, key: str, kind: Kind = Kind.GIVE) -> Operation:
    """The offer is given when this is answered, or later, by a worker."""
    customer, today = chance.choice(world.customers).id, datetime.now(UTC).date()
    days = {"startDate": today - timedelta(days=2), "endDate": today + timedelta(days=30)}
    body = {
        "userId": customer,
        "source": "crash",
        "reference": key,
        "configId": world.offer,
        "ruleParams": {name: day.isoformat() for name, day in days.items()},
    }
    call = Call("POST", f"/bulk-action/{HEAT[kind]}/create-offer", world.auth["partner"], body)
    return Operation(key, kind, call, customer, {("offers", customer): 1, ("given", key): 1}, {})


def give_later(world: World, chance: Random, key: str) -> Operation:
    return give(world, chance, key, Kind.GIVE_LATER)


def respond(world: World, chance: Random, key: str, given: Given) -> Operation:
    wish = chance.choice(WISHES)
    path = f"/client/users/{given.customer}/offer/{given.code}"
    call = Call("PUT", path, world.auth["client"], {"acceptanceState": wish})
    moves = {undeclined(given.key): -1} if wish == "DECLINED" else {}
    reasons = {DECLINED: (undeclined(given.key), 1)}
    return Operation(key, Kind.RESPOND, call, given.customer, moves, reasons, {"offer": given.key, "wish": wish})


def enrol(world: World, chance: Random, key: str) -> Operation:
    customer, (program, promotion) = chance.choice(world.customers), chance.choice(world.promotions)
    query = {"identifierName": "externalId", "identifierValue": customer.external_id, "source": "INSTORE"}
    body = {"programId": program, "promotionId": promotion}
    call = Call("POST", f"/v2/promotion/issue?{urlencode(query)}", world.auth["capillary"], body)
    counter = turns(promotion, customer.id)
    moves = {counter: -1, ("enrolments", customer.id): 1}
    return Operation(key, Kind.ENROL, call, customer.id, moves, {NOT_ENROLLED: (counter, 1)}, {"promotion": promotion})


def with_another_body(call: Call) -> Call:
    """Another request, as good as the first."""
    body = dict(call.body or {})
    if "points" in body:
        body["points"] += 1 if body["points"] > 0 else -1
    else:
        body["note"] = "another one"
    return replace(call, body=body)
