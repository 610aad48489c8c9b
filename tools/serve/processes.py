"""`python -m tools.serve.processes …`: the web server and workers beside it, watched until SIGTERM or Ctrl-C."""

import argparse
import os
import signal
import sys

from loyalty_site.serving.parent import end_with_parent
from tools.serve.supervisor import Part, Supervisor

HOST = "127.0.0.1"


def become(*, host: str, port: int, web_workers: int, job_workers: int) -> None:
    """In this very process, so that a signal to it is one to them all; and without what it has loaded until now."""
    asked = {"--host": host, "--port": port, "--workers": web_workers, "--job-workers": job_workers}
    options = [str(word) for pair in asked.items() for word in pair]
    os.execv(sys.executable, [sys.executable, "-m", "tools.serve.processes", *options])


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # until the supervisor takes it
    end_with_parent(signal.SIGTERM)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default=HOST)
    parser.add_argument("--port", required=True)
    parser.add_argument("--workers", required=True)
    parser.add_argument("--job-workers", type=int, required=True)
    asked = parser.parse_args()
    listening = ["--host", asked.host, "--port", asked.port, "--workers", asked.workers]
    web = Part("web server", [sys.executable, "-m", "tools.serve.web", *listening])
    workers = [
        Part(f"worker {number}", [sys.executable, "-m", "tools.serve.work"])
        for number in range(1, asked.job_workers + 1)
    ]
    Supervisor([[web], workers]).run()


if __name__ == "__main__":
    main()
