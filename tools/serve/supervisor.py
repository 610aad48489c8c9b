"""Keeping processes there: one that ends is started again, and all end in order when this one is asked to."""

import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds before a process that ended is started again
STEADY = 60.0  # one that lived so many seconds did not fail at its start
PATIENCE = 24.0  # seconds that all have to end in; then they are killed
STOPS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def next_pause(pause: float, lived: float) -> float:
    """How long to wait before the next start, after one that followed a wait of `pause` and lived so long."""
    return FIRST_PAUSE if lived >= STEADY else min(pause * 2, LONGEST_PAUSE)


@dataclass(eq=False)
class Part:
    """A process that is to be there."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = FIRST_PAUSE / 2  # doubled by the first end
    due: float | None = None  # when it is started again

    @property
    def lives(self) -> bool:
        return self.process is not None and self.process.poll() is None


class Supervisor:
    """Starts the parts and watches them. They are ended rank by rank, the first rank first."""

    def __init__(self, ranks: Sequence[Sequence[Part]]) -> None:
        self.ranks = ranks
        self.parts = [part for rank in ranks for part in rank]
        self.news: SimpleQueue[Part | None] = SimpleQueue()  # who ended; None: we are asked to

    def run(self) -> None:
        """Until a signal asks for the end."""
        for stop in STOPS:
            if signal.getsignal(stop) != signal.SIG_IGN:  # as `nohup` wants it
                signal.signal(stop, lambda *_: self.news.put(None))
        for part in self.parts:
            self._start(part)
        while self._goes_on():
            for part in self.parts:
                if part.due is not None and part.due <= monotonic():
                    self._start(part)
        self._end()

    def _goes_on(self) -> bool:
        """Wait for news, or for the next start; False once the end is asked for."""
        dues = [part.due for part in self.parts if part.due is not None]
        try:
            ended = self.news.get(timeout=max(0.0, min(dues) - monotonic()) if dues else None)
        except Empty:
            return True
        if ended is not None:
            self._note_end(ended)
        return ended is not None

    def _start(self, part: Part) -> None:
        """In a group of its own: Ctrl-C in a terminal reaches this process only, which ends all in order."""
        part.process = subprocess.Popen(part.command, stdin=subprocess.DEVNULL, process_group=0)
        part.started, part.due = monotonic(), None
        say(f"{part.name}: process {part.process.pid}")
        Thread(target=self._watch, args=[part, part.process], daemon=True).start()

    def _watch(self, part: Part, process: subprocess.Popen[bytes]) -> None:
        process.wait()
        self.news.put(part)

    def _note_end(self, part: Part) -> None:
        now = monotonic()
        part.pause = next_pause(part.pause, now - part.started)
        part.due = now + part.pause
        code = part.process.returncode if part.process else None
        say(f"{part.name} ended ({code}): it is started again in {part.pause:g} s")

    def _end(self) -> None:
        deadline = monotonic() + PATIENCE
        for rank in self.ranks:
            living = [part for part in rank if part.lives]
            for part in living:
                part.process.terminate()
            for part in living:
                _wait(part, deadline)
        say("all have ended")


def _wait(part: Part, deadline: float) -> None:
    try:
        part.process.wait(timeout=max(0.0, deadline - monotonic()))
    except subprocess.TimeoutExpired:
        say(f"{part.name} does not end: it is killed")
        part.process.kill()
        part.process.wait()


def say(what: str) -> None:
    sys.stdout.write(f"[processes] {what}\n")  # at once: others write there too
    sys.stdout.flush()
