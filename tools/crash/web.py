"""The web server as the manual starts it, with several workers, in a group of processes of its own."""

import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.postgresql_server import end_with_parent
from tools.crash.processes import children_of, kill_group, send
from tools.environment import ROOT

WORKERS = 3
SERVING = [sys.executable, "-m", "loyalty_site.serving", "--host", "127.0.0.1", "--workers", str(WORKERS)]


class WebServer:
    """It says what it says in the log."""

    def __init__(self, port: int, settings: Mapping[str, str], log: Path) -> None:
        self.command, self.settings, self.log = [*SERVING, "--port", str(port)], settings, log
        self.address = f"http://127.0.0.1:{port}"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def has_ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    @property
    def workers(self) -> list[int]:
        return children_of(self.process.pid) if self.process else []

    def start(self) -> None:
        """What is left of an earlier one is ended first, as a supervisor does: its workers would go on serving."""
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
                preexec_fn=end_with_parent(),
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
