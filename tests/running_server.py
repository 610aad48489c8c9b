"""A web server as a process, for tests marked `servers`."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import requests
from requests.adapters import HTTPAdapter
from urllib3 import Retry

ROOT = Path(__file__).resolve().parents[1]


class RunningServer:
    """With two workers. What it and its workers say is read to the end, which comes when all of them have gone."""

    def __init__(
        self,
        module: str,
        port_as: Sequence[str],
        settings: Mapping[str, str],
        before_start: Callable[[], object] | None = None,
    ) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen(
            [sys.executable, "-m", module, *port_as, str(self.port)],
            cwd=ROOT,
            env=settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            preexec_fn=before_start,
        )
        self.workers: dict[str, int] = {}

    def wait_for_workers(self) -> None:
        """Until both workers serve, and which processes they are."""
        started = set()
        while started != {"1", "2"}:
            if ready := re.search(r"Started worker-(\d)", self.next_line()):
                started.add(ready[1])

    def wait_for_spawned(self) -> None:
        """Until one more worker has been begun, which does not serve yet."""
        while "Spawning worker" not in self.next_line():
            pass

    def next_line(self) -> str:
        line = self.process.stdout.readline()
        assert line, "the server ended"
        if spawned := re.search(r"Spawning worker-(\d) with PID: (\d+)", line):
            self.workers[spawned[1]] = int(spawned[2])
        return line

    def status_of(self, path: str) -> int:
        """Asked again for a moment where the connection is refused: a worker says that it has started, then listens."""
        with requests.Session() as session:
            session.mount("http://", HTTPAdapter(max_retries=Retry(connect=10, backoff_factor=0.05)))
            return session.get(f"http://127.0.0.1:{self.port}{path}", timeout=30).status_code

    def kill_workers(self) -> None:
        for worker in self.workers.values():
            os.kill(worker, signal.SIGKILL)

    def last_words(self) -> str:
        return self.process.communicate(timeout=30)[0]

    def end(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.communicate()
