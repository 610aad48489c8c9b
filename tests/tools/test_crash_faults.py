"""The faults of `make crash`: the same for a seed each time, and all of them in each round."""

from itertools import islice
from random import Random

from tools.crash.databases import PostgreSQL, Sqlite
from tools.crash.faults import Fault, in_rounds, round_of


def chosen(seed, database, count):
    return list(islice(in_rounds(round_of(database), Random(seed)), count))


def test_a_seed_gives_the_same_faults():
    assert chosen(7, PostgreSQL, 40) == chosen(7, PostgreSQL, 40)
    assert chosen(7, PostgreSQL, 40) != chosen(8, PostgreSQL, 40)


def test_a_round_on_postgresql_has_every_fault():
    faults = chosen(7, PostgreSQL, 2 * len(round_of(PostgreSQL)))
    assert {fault: faults.count(fault) for fault in Fault} == dict.fromkeys(Fault, 2) | {Fault.JOBS: 4}


def test_sqlite_has_no_server_to_kill():
    killed = {Fault.DATABASE, Fault.BACKEND, Fault.CONNECTIONS, Fault.BOTH}
    assert set(round_of(Sqlite)) == set(Fault) - killed
