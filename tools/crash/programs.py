"""The programs that are crashed: the web server and the workers of jobs, each a group of processes of its own."""

import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from loyalty_site.serving.parent import end_with_parent
from tools.crash.processes import children_of, kill_group, send
from tools.environment import ROOT

WEB_WORKERS = 3
SERVING = ("-m", "loyalty_site.serving", "--host", "127.0.0.1", "--workers", str(WEB_WORKERS))
WORKING = ("manage.py", "work")


class Program:
    """One that a supervisor starts again. It says what it says in the log."""

    def __init__(self, arguments: Sequence[str], settings: Mapping[str, str], log: Path) -> None:
        self.command, self.settings, self.log = [sys.executable, *arguments], settings, log
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def has_ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def start(self) -> None:
        """What is left of an earlier one is ended first."""
        self.kill()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=self.settings,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=partial(end_with_parent, signal.SIGKILL),
            )

    def kill(self) -> None:
        if self.process:
            kill_group(self.process.pid)
            self.process.wait()

    def terminate(self) -> None:
        """SIGTERM, as when a new release is rolled out; returns when it has ended."""
        process = self.process  # the supervisor starts another one at once
        send(signal.SIGTERM, process.pid)
        process.wait()


class WebServer(Program):
    def __init__(self, port: int, settings: Mapping[str, str], log: Path) -> None:
        super().__init__([*SERVING, "--port", str(port)], settings, log)
        self.address = f"http://127.0.0.1:{port}"

    @property
    def workers(self) -> list[int]:
        return children_of(self.process.pid) if self.process else []
