"""Processes that are watched: started again when they end, and ended in order."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.serve import supervisor
from tools.serve.supervisor import next_pause

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals")

ROOT = Path(__file__).resolve().parents[2]
# Says when it is up and when it is asked to end, each in one piece, since others write there too.
PART = r"""
import os, signal, sys
def say(what):
    os.write(1, f"{sys.argv[1]} {what}\n".encode())
def end(*_):
    say("is asked to end")
    sys.argv[2] == "ends" and sys.exit(0)
signal.signal(signal.SIGTERM, end)
say("is up")
while True:
    signal.pause()
"""
WATCHED = """
import sys
from tools.serve import supervisor
from tools.serve.supervisor import Part, Supervisor
supervisor.PATIENCE = float(sys.argv[1])
made = lambda name, how: Part(name, [sys.executable, "-S", "-c", sys.argv[3], name, how])
Supervisor([[made(*one) for one in rank] for rank in eval(sys.argv[2])]).run()
"""


class Watch:
    """A supervisor as a process, and what it and its parts say."""

    def __init__(self, ranks: list[list[tuple[str, str]]], patience: float = 20) -> None:
        command = [sys.executable, "-c", WATCHED, str(patience), repr(ranks), PART]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        self.said: list[str] = []

    def wait_for(self, *lines: str) -> None:
        missing = set(lines)
        while missing:
            line = self.process.stdout.readline()
            assert line, f"ended before {missing}: {self.said}"
            self.said.append(line.strip())
            missing.discard(line.strip())

    def number_of(self, name: str) -> int:
        return int([found[1] for said in self.said if (found := re.search(rf"{name}: process (\d+)", said))][-1])

    def end(self, how: signal.Signals = signal.SIGTERM) -> list[str]:
        """What was said from then on."""
        self.process.send_signal(how)
        return self.process.communicate(timeout=30)[0].splitlines()


@pytest.fixture
def watched() -> Iterator[list[Watch]]:
    running: list[Watch] = []
    yield running
    for watch in running:
        watch.process.kill()
        watch.process.communicate()


def start(watched: list[Watch], *arguments) -> Watch:
    watched.append(Watch(*arguments))
    return watched[-1]


TWO_RANKS = [[("web", "ends")], [("worker", "ends")]]


def test_a_part_that_dies_is_started_again(watched):
    watch = start(watched, TWO_RANKS)
    watch.wait_for("web is up", "worker is up")
    first = watch.number_of("worker")
    subprocess.run(["kill", "-KILL", str(first)], check=True)

    watch.wait_for("[processes] worker ended (-9): it is started again in 0.5 s", "worker is up")

    assert watch.number_of("worker") != first
    assert watch.process.poll() is None
    assert watch.end()[-1] == "[processes] all have ended"


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_all_end_in_order(watched, how):
    watch = start(watched, TWO_RANKS)
    watch.wait_for("web is up", "worker is up")

    assert watch.end(how) == ["web is asked to end", "worker is asked to end", "[processes] all have ended"]
    assert watch.process.returncode == 0


def test_what_does_not_end_is_killed(watched):
    watch = start(watched, [[("web", "stays")], [("worker", "stays")]], 0.1)
    watch.wait_for("web is up", "worker is up")

    said = watch.end()

    assert "[processes] web does not end: it is killed" in said
    assert "[processes] worker does not end: it is killed" in said
    assert (said[-1], watch.process.returncode) == ("[processes] all have ended", 0)


def test_pauses_grow_up_to_a_bound_and_are_forgotten_by_one_that_lives():
    pauses = [supervisor.FIRST_PAUSE / 2]
    for _ in range(8):
        pauses.append(next_pause(pauses[-1], lived=1))

    assert pauses[1:] == [0.5, 1, 2, 4, 8, 16, 30, 30]
    assert next_pause(30, lived=supervisor.STEADY) == 0.5


def test_all_have_ended_within_25_seconds():
    assert supervisor.PATIENCE < 25
