"""A history of clients that a sound server can have, for tests to spoil."""

from typing import Any

from tools.crash.calls import Answer, Call
from tools.crash.history import Attempt, History, Kind, Operation
from tools.crash.possible import Numbers

ANNA, BEN = "00000000-0000-4000-8000-00000000000a", "00000000-0000-4000-8000-00000000000b"
CAMPAIGN = "00000000-0000-4000-8000-0000000000c0"
CALL = Call("POST", "/", ("Authorization", "Bearer x"), {})
FIRST = {
    ("balance", ANNA): 0,
    ("balance", BEN): 0,
    ("left", CAMPAIGN): 2,
    ("allowance", CAMPAIGN, ANNA): 1,
    ("allowance", CAMPAIGN, BEN): 1,
}
DONE = Answer(200, {"id": "1"})
NO_POINTS = Answer(400, {"code": "TransactionInsufficientPoints"})


def attempt(begun: float, answer: Answer | None = DONE, *, ended: float | None = None, **facts: bool) -> Attempt:
    return Attempt(begun, begun + 0.5 if ended is None else ended, answer, **facts)


def points(key: str, amount: int, *attempts: Attempt, customer: str = ANNA) -> Operation:
    counter = ("balance", customer)
    reasons = {"TransactionInsufficientPoints": (counter, -amount)} if amount < 0 else {}
    kind = Kind.EARN if amount > 0 else Kind.SPEND
    return Operation(key, kind, CALL, customer, {counter: amount}, reasons, {}, list(attempts))


def purchase(key: str, answer: Answer, at: float, *, customer: str = ANNA, cost: int = 10) -> Operation:
    allowed = ("allowance", CAMPAIGN, customer)
    moves = {("balance", customer): -cost, ("left", CAMPAIGN): -1, allowed: -1}
    reasons = {
        "No coupons left": (("left", CAMPAIGN), 1),
        "Limit per customer exceeded": (allowed, 1),
        "Not enough points": (("balance", customer), cost),
    }
    return Operation(key, Kind.BUY, CALL, customer, moves, reasons, {"campaign": CAMPAIGN}, [attempt(at, answer)])


def coupon(code: str) -> Answer:
    return Answer(200, {"coupon": {"code": code}})


def offer(key: str, at: float) -> Operation:
    return Operation(
        key, Kind.GIVE, CALL, ANNA, {("given", key): 1}, {}, {}, [attempt(at, Answer(200, {"traceId": key}))]
    )


def response(key: str, wish: str, at: float, state: str, version: int) -> Operation:
    shown = Answer(200, {"acceptanceState": state, "version": version})
    moves: dict[Any, int] = {("undeclined", "g"): -1} if wish == "DECLINED" else {}
    return Operation(key, Kind.RESPOND, CALL, ANNA, moves, {}, {"offer": "g", "wish": wish}, [attempt(at, shown)])


def sound() -> History:
    """Anna earns 50, spends 20, buys for 10 and accepts an offer; Ben has no points and is refused."""
    return History(
        [
            points("e", 50, attempt(0)),
            points("s", -20, attempt(1)),
            purchase("b", coupon("A1"), 2),
            points("r", -5, attempt(3, NO_POINTS), customer=BEN),
            offer("g", 4),
            response("a", "ACCEPTED", 5, "ACCEPTED", 2),
        ]
    )


def numbers_of(history: History) -> Numbers:
    return Numbers(FIRST, history)
