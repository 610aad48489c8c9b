"""What the judge of `make crash` finds in a history, and what it does not."""

from dataclasses import replace

import pytest

from tests.tools.crash_world import (
    ANNA,
    BEN,
    CAMPAIGN,
    DONE,
    NO_POINTS,
    attempt,
    coupon,
    numbers_of,
    points,
    purchase,
    response,
    sound,
)
from tools.crash.calls import Answer
from tools.crash.faults import Fault, Happening
from tools.crash.history import Operation, Read, Reuse
from tools.crash.judge import judge

REPLAYED = replace(DONE, replayed=True)
BUSY = Answer(503, {}, again=True)
FAULT = Happening(Fault.DATABASE, begun=10, done=11, back=12)
STOP = Happening(Fault.TERMINATE, begun=10, done=11, back=12)


def found(*operations: Operation, happenings=(), **lists):
    """The kinds of findings in the sound history with these besides."""
    history = sound()
    history.operations += operations
    for name, rows in lists.items():
        getattr(history, name).extend(rows)
    return [finding.partition(":")[0] for finding in judge(history, numbers_of(history), happenings)]


def read(counter, value, begun, ended):
    return Read(counter, attempt(begun, Answer(200, {}), ended=ended), value)


def test_a_sound_history_has_none():
    assert found() == []


def test_repeats_that_are_answered_alike_are_sound():
    twice = points("x", 5, attempt(10, twin=True), attempt(10, REPLAYED, twin=True))
    after_a_break = points("y", 5, attempt(10, None), attempt(11, BUSY), attempt(12))
    assert found(twice, after_a_break, happenings=[FAULT]) == []


def test_a_write_without_a_definite_answer():
    assert found(points("x", 5, attempt(10, None), attempt(11, BUSY)), happenings=[FAULT]) == ["no definite answer"]


def test_answers_that_differ():
    other = Answer(200, {"id": "2"}, replayed=True)
    assert found(points("x", 5, attempt(10), attempt(11, other))) == ["answers differ"]


def test_a_repeat_that_was_done_anew():
    assert found(points("x", 5, attempt(10), attempt(11))) == ["done more than once"]


def test_an_answer_that_is_neither_done_nor_a_known_refusal():
    assert found(points("x", 5, attempt(10, Answer(404, {})))) == ["unexpected answer"]


def test_a_refusal_although_there_was_enough():
    assert found(points("x", -20, attempt(10, NO_POINTS))) == ["refused for nothing"]
    assert found(purchase("x", Answer(400, {"error": "No coupons left"}), 10, customer=BEN)) == ["refused for nothing"]


def test_a_refusal_that_another_write_in_flight_explains():
    spending = points("y", -15, attempt(9, ended=11))
    assert found(points("x", -20, attempt(10, NO_POINTS)), spending) == []


@pytest.mark.parametrize(
    "second",
    [
        points("x", -21, attempt(10)),
        purchase("x", coupon("A2"), 10, customer=ANNA),
        purchase("x", coupon("A2"), 10, customer=BEN),
    ],
    ids=["points", "limit per customer", "points of a buyer"],
)
def test_a_write_that_was_done_beyond_a_bound(second):
    assert found(second) == ["done beyond a bound"]


def test_more_sold_than_there_was():
    last, one_more = purchase("x", coupon("A2"), 10), purchase("y", coupon("A3"), 11)
    last.moves = one_more.moves = {("left", CAMPAIGN): -1}
    assert found(last) == []
    assert found(last, one_more) == ["done beyond a bound"]


@pytest.mark.parametrize("value", [19, 21, 50])
def test_a_read_that_no_order_allows(value):
    assert found(reads=[read(("balance", ANNA), value, 10, 11)]) == ["impossible read"]


def test_reads_that_some_order_allows():
    earning = points("x", 5, attempt(10, ended=12))
    allowed = [read(("balance", ANNA), value, 11, 11.5) for value in (20, 25)]
    assert found(earning, reads=[*allowed, read(("balance", ANNA), None, 11, 12)]) == []


@pytest.mark.parametrize("answer", [DONE, REPLAYED, None, BUSY])
def test_a_key_that_took_another_body(answer):
    happenings = [FAULT]
    assert found(reuses=[Reuse("e", (attempt(10, answer),))], happenings=happenings) == [
        "another body under a used key"
    ]


def test_a_key_that_took_no_other_body():
    assert found(reuses=[Reuse("e", (attempt(10, None), attempt(11, Answer(422, {}))))]) == []


@pytest.mark.parametrize(("state", "version"), [("NONE", 3), ("ACCEPTED", 3), ("DECLINED", 2)])
def test_an_offer_that_stands_otherwise_than_was_answered(state, version):
    assert found(response("x", "DECLINED", 10, state, version)) == [
        "offer g stands otherwise than ('DECLINED', 3) after x"
    ]


def test_an_answer_to_an_offer_that_was_lost():
    lost = response("x", "DECLINED", 10, "NONE", 1)
    lost.attempts = [attempt(10, Answer(404, {"errorCode": "PROMO_NOT_FOUND"}))]
    assert found(lost) == ["unexpected answer"]


def test_an_answer_to_an_offer_that_is_repeated_changes_nothing():
    assert found(response("x", "ACCEPTED", 10, "ACCEPTED", 2), response("y", "UNACCEPTED", 11, "NONE", 3)) == []


def test_a_500_even_during_a_fault():
    assert found(points("x", 5, attempt(10, Answer(500, "")), attempt(11)), happenings=[FAULT]) == ["a 500"]


def test_a_503_is_sound_during_a_fault_alone():
    repeated = points("x", 5, attempt(10, BUSY), attempt(11))
    assert found(repeated, happenings=[FAULT]) == []
    assert found(repeated) == ["a 503 while nothing was wrong"]


def test_a_503_that_does_not_say_when_to_come_back():
    silent = points("x", 5, attempt(10, Answer(503, {})), attempt(11))
    assert found(silent, happenings=[FAULT]) == ["a 503 without Retry-After"]


def test_sigterm_that_cuts_what_it_has_accepted():
    cut = points("x", 5, attempt(10.5, None), attempt(12, REPLAYED))
    assert found(cut, happenings=[STOP]) == ["cut by SIGTERM after it was accepted"]
    assert found(cut, happenings=[replace(STOP, fault=Fault.SERVER)]) == []


def test_sigterm_that_cuts_what_was_never_accepted():
    assert found(points("x", 5, attempt(10.5, None), attempt(12)), happenings=[STOP]) == []


def test_sigterm_that_takes_too_long():
    assert found(happenings=[Happening(Fault.TERMINATE, begun=10, done=36, back=37)]) == ["SIGTERM took 26.0 s"]


def test_a_client_that_died():
    assert found(errors=["client 1: KeyError"]) == ["client 1"]
