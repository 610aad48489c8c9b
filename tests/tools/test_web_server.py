"""The watched web server as a process: how it ends, and what it survives."""

import os
import signal
import sys
from collections.abc import Callable, Iterator

import pytest

from tests.running_server import RunningServer

pytestmark = pytest.mark.servers

SETTINGS = {"SECRET_KEY": "k" * 60, "LOYALTY_DEMO": "1", "DATABASE_URL": "sqlite://:memory:"}


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Iterator[RunningServer]:
    running = RunningServer("tools.serve.web", ["--port"], SETTINGS, getattr(request, "param", None))
    running.wait_for_workers()
    yield running
    running.end()


def ctrl_c(server: RunningServer) -> None:
    """What a terminal does: the signal goes to every process at once."""
    os.killpg(server.process.pid, signal.SIGINT)


def terminate(server: RunningServer) -> None:
    server.process.terminate()


def close_the_terminal(server: RunningServer) -> None:
    os.killpg(server.process.pid, signal.SIGHUP)


@pytest.mark.parametrize("stop", [ctrl_c, terminate, close_the_terminal])
def test_it_ends_with_all_its_workers(server: RunningServer, stop: Callable[[RunningServer], None]):
    stop(server)

    said = server.last_words()
    assert said.count("Stopped worker-") == 2
    assert server.process.returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process of its parent's death")
def test_its_workers_do_not_outlive_a_server_that_is_killed(server: RunningServer):
    server.process.kill()

    server.last_words()  # ends when the last worker has closed its output


def test_it_survives_the_death_of_all_workers_time_and_again(server: RunningServer):
    for _ in range(2):
        server.kill_workers()
        server.wait_for_workers()

    assert server.status_of("/healthz") == 200


def as_nohup_does() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)


@pytest.mark.parametrize("server", [as_nohup_does], indirect=True)
def test_one_that_is_to_outlive_its_terminal_does(server: RunningServer):
    close_the_terminal(server)
    server.kill_workers()

    server.wait_for_workers()  # only a server that goes on starts new ones
