"""`python -m loyalty_site.serving`: the web server, until SIGTERM or Ctrl-C; requests under way are answered first."""

import argparse
import signal

from loyalty_site.serving.server import THREADS, Server, usual_workers

KILL_AFTER = 20  # seconds; a statement may take 8, and a supervisor waits 30 or more


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # until the server takes it: Ctrl-C is no error
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=usual_workers(), help="processes; one for each core")
    parser.add_argument("--threads", type=int, default=THREADS, help="of each worker")
    asked = parser.parse_args()
    Server(**vars(asked), kill_after=KILL_AFTER).serve()


if __name__ == "__main__":
    main()
