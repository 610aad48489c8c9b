"""The demo's server as a process: how it ends, and what it survives."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

pytestmark = pytest.mark.servers

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = {"SECRET_KEY": "k" * 60, "LOYALTY_DEMO": "1", "DATABASE_URL": "sqlite://:memory:"}


class Server:
    """A running one. What it and its workers say is read to the end, which comes when all of them have gone."""

    def __init__(self, before_start: Callable[[], object] | None = None) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tools.demo.server", str(self.port)],
            cwd=ROOT,
            env=SETTINGS,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            preexec_fn=before_start,
        )
        self.workers: dict[str, int] = {}
        self.wait_for_workers()

    def wait_for_workers(self) -> None:
        """Until both workers serve, and which processes they are."""
        started = set()
        while started != {"1", "2"}:
            line = self.process.stdout.readline()
            assert line, "the server ended"
            if spawned := re.search(r"Spawning worker-(\d) with PID: (\d+)", line):
                self.workers[spawned[1]] = int(spawned[2])
            if ready := re.search(r"Started worker-(\d)", line):
                started.add(ready[1])

    def last_words(self) -> str:
        return self.process.communicate(timeout=30)[0]


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    running = Server(getattr(request, "param", None))
    yield running
    if running.process.poll() is None:
        os.killpg(running.process.pid, signal.SIGKILL)
    running.process.communicate()


def ctrl_c(server: Server) -> None:
    """What a terminal does: the signal goes to every process at once."""
    os.killpg(server.process.pid, signal.SIGINT)


def terminate(server: Server) -> None:
    server.process.terminate()


def close_the_terminal(server: Server) -> None:
    os.killpg(server.process.pid, signal.SIGHUP)


@pytest.mark.parametrize("stop", [ctrl_c, terminate, close_the_terminal])
def test_it_ends_with_all_its_workers(server: Server, stop: Callable[[Server], None]):
    stop(server)

    said = server.last_words()
    assert said.count("Stopped worker-") == 2
    assert server.process.returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process of its parent's death")
def test_its_workers_do_not_outlive_a_server_that_is_killed(server: Server):
    server.process.kill()

    server.last_words()  # ends when the last worker has closed its output


def test_it_survives_the_death_of_all_workers_time_and_again(server: Server):
    for _ in range(2):
        for worker in server.workers.values():
            os.kill(worker, signal.SIGKILL)
        server.wait_for_workers()

    with urlopen(f"http://127.0.0.1:{server.port}/healthz", timeout=30) as answer:
        assert answer.status == 200


def as_nohup_does() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)


@pytest.mark.parametrize("server", [as_nohup_does], indirect=True)
def test_one_that_is_to_outlive_its_terminal_does(server: Server):
    close_the_terminal(server)
    for worker in server.workers.values():
        os.kill(worker, signal.SIGKILL)

    server.wait_for_workers()  # only a server that goes on starts new ones
