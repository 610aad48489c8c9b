"""The web server as a process, as a company runs it."""

import os
import signal
import sys
from collections.abc import Iterator

import pytest

from tests.running_server import RunningServer

pytestmark = pytest.mark.servers

SETTINGS = {
    "SECRET_KEY": "k" * 60,
    "ALLOWED_HOSTS": "127.0.0.1",
    "LOYALTY_HTTPS_REDIRECT": "0",
    "DATABASE_URL": "sqlite://:memory:",
}


def start(**settings: str) -> RunningServer:
    return RunningServer("loyalty_site.serving", ["--workers", "2", "--port"], SETTINGS | settings)


@pytest.fixture
def server() -> Iterator[RunningServer]:
    running = start()
    running.wait_for_workers()
    yield running
    running.end()


def test_it_survives_the_death_of_all_workers_time_and_again(server: RunningServer):
    for _ in range(3):
        server.kill_workers()
        server.wait_for_workers()

    assert server.status_of("/healthz") == 200


def test_a_worker_that_has_just_begun_is_told_to_stop_too(server: RunningServer):
    os.kill(server.workers["1"], signal.SIGKILL)
    server.wait_for_spawned()

    server.process.terminate()

    said = server.last_words()
    assert "refused to gracefully stop" not in said
    assert server.process.returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process of its parent's death")
def test_its_workers_do_not_outlive_a_server_that_is_killed(server: RunningServer):
    server.process.kill()

    server.last_words()  # ends when the last worker has closed its output


def test_a_setting_that_is_refused_stops_the_start():
    server = start(ALLOWED_HOSTS="")

    said = server.last_words()
    assert "ALLOWED_HOSTS must name the hosts" in said
    assert "Spawning worker" not in said
    assert server.process.returncode == 1
