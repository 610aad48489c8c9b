"""A worker as a process: how much memory it took, and how it is killed."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).resolve().parents[2]
LOOK = 0.05  # seconds between two looks


class Worker:
    """`manage.py work` with these options, ended when the block is left."""

    def __init__(self, *options: str, **settings: str) -> None:
        command = [sys.executable, "manage.py", "work", *options]
        self.process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **settings})
        self.peak = 0  # bytes of memory at most so far

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait()

    def wait(self, until: Callable[[], bool] = lambda: False) -> None:
        """Until the process ends, or something else is so."""
        while self.process.poll() is None and not until():
            self._look()
            time.sleep(LOOK)

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def _look(self) -> None:
        status = Path(f"/proc/{self.process.pid}/status")
        if status.exists() and (found := re.search(r"VmHWM:\s+(\d+) kB", status.read_text())):
            self.peak = max(self.peak, int(found[1]) * 1024)
